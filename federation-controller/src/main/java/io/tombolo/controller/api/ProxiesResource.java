package io.tombolo.controller.api;

import io.tombolo.controller.enrol.LiveProxy;
import io.tombolo.controller.enrol.ProxyTable;
import io.tombolo.controller.enrol.Registration;
import io.tombolo.controller.enrol.Registrations;
import io.tombolo.controller.enrol.SvidLife;
import io.tombolo.controller.identity.CurrentMembership;
import io.tombolo.controller.identity.Membership;
import io.tombolo.controller.push.Sessions;
import io.tombolo.controller.tokens.ProxyRole;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The proxies of this cluster and how far each is. */
@Singleton
@Path("/api/v1/proxies")
public final class ProxiesResource {
    private final Registrations registrations;
    private final ProxyTable proxies;
    private final Sessions sessions;
    private final CurrentMembership membership;
    private final SvidLife life;

    @Inject
    public ProxiesResource(
            Registrations registrations,
            ProxyTable proxies,
            Sessions sessions,
            CurrentMembership membership,
            SvidLife life) {
        this.registrations = registrations;
        this.proxies = proxies;
        this.sessions = sessions;
        this.membership = membership;
        this.life = life;
    }

    /**
     * One proxy.
     * @param version newest that was sent to it
     * @param applied newest that it confirmed
     * @param current whether that is the newest there is
     * @param left    whether it is not connected because it said that it ends; else nobody knows what became of it
     * @param ageMs   since it registered or renewed
     * @param error   of the last update that it could not apply
     * @param software its version; empty = not known
     * @param svidLeftMs how long what it proves who it is with holds yet; negative = it is over
     * @param svidLifeMs of a new one; it is renewed at half
     */
    public record Shown(
            String instance,
            String role,
            String spiffeId,
            List<String> addresses,
            String state,
            long version,
            long applied,
            boolean current,
            boolean connected,
            boolean left,
            long ageMs,
            String error,
            String software,
            long svidLeftMs,
            long svidLifeMs) {}

    @GET
    public List<Shown> list() {
        return registrations.all().stream()
                .sorted(Comparator.comparing(Registration::instance))
                .map(this::shown)
                .toList();
    }

    private static String role(ProxyRole role) {
        return switch (role) {
            case ProxyRole.Gateway _ -> "gateway";
            case ProxyRole.Names _ -> "dns";
            case ProxyRole.Workload _ -> "workload";
        };
    }

    private Shown shown(Registration registration) {
        Instant now = Instant.now();
        Optional<LiveProxy> live = proxies.find(registration.instance());
        Sessions.Progress progress =
                sessions.progress(registration.instance()).orElse(new Sessions.Progress(0, 0, false, ""));
        return new Shown(
                registration.instance().value(),
                role(registration.role()),
                membership
                        .get()
                        .map(Membership::trustDomain)
                        .map(td -> registration.role().idIn(td).toString())
                        .orElse(""),
                live.map(l -> l.addresses().stream().map(Object::toString).toList())
                        .orElse(List.of()),
                live.map(l -> l.state().name()).orElse("GONE"),
                progress.sent(),
                progress.applied(),
                progress.current(),
                live.map(LiveProxy::connected).orElse(false),
                proxies.hasLeft(registration.instance()),
                Duration.between(registration.seenAt(), now).toMillis(),
                progress.error(),
                live.map(LiveProxy::softwareVersion).orElse(""),
                life.left(registration, now).toMillis(),
                life.duration().toMillis());
    }
}
