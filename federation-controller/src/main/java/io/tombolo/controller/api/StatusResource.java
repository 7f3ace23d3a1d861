package io.tombolo.controller.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tombolo.catalog.freshness.Blindness;
import io.tombolo.controller.enrol.LiveProxy;
import io.tombolo.controller.enrol.ProxyTable;
import io.tombolo.controller.identity.ClusterSettings;
import io.tombolo.controller.identity.CurrentMembership;
import io.tombolo.controller.identity.Membership;
import io.tombolo.controller.join.Federation;
import io.tombolo.controller.publish.WriterState;
import io.tombolo.controller.push.Sessions;
import io.tombolo.controller.subscribe.BackboneContact;
import io.tombolo.controller.subscribe.CatalogFeed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How this cluster is. */
@Singleton
@RunOnVirtualThread
@Path("/api/v1/status")
public final class StatusResource {
    private final ClusterSettings settings;
    private final CurrentMembership membership;
    private final Federation federation;
    private final FederatedLog log;
    private final ProxyTable proxies;
    private final Sessions sessions;
    private final Surroundings surroundings;

    @Inject
    public StatusResource(
            ClusterSettings settings,
            CurrentMembership membership,
            Federation federation,
            FederatedLog log,
            ProxyTable proxies,
            Sessions sessions,
            Surroundings surroundings) {
        this.settings = settings;
        this.membership = membership;
        this.federation = federation;
        this.log = log;
        this.proxies = proxies;
        this.sessions = sessions;
        this.surroundings = surroundings;
    }

    /** The way to Kafka; {@code pending} records wait for it. */
    public record Backbone(String state, long lastContactAgeMs, int pending) {}

    /** Proxies that follow the feed, and how many of them have its newest state. */
    public record Proxies(int total, int current) {}

    /**
     * The whole.
     * @param now     by this controller's clock
     * @param lastJob the last founding, joining or leaving since it started
     */
    public record Status(
            String cluster,
            String region,
            String zone,
            @Nullable String federation,
            @Nullable String federationId,
            @Nullable Long epoch,
            @Nullable String trustDomain,
            boolean authority,
            String state,
            @Nullable Backbone backbone,
            @Nullable Long membersVersion,
            boolean cutOff,
            Proxies proxies,
            List<String> warnings,
            String now,
            FederationResource.@Nullable Shown lastJob) {}

    @GET
    public Status get() {
        Optional<Membership> own = membership.active();
        Optional<CatalogFeed> feed = log.feed();
        return new Status(
                settings.cluster().value(),
                settings.locality().region(),
                settings.locality().zone(),
                own.map(m -> m.federation().value()).orElse(null),
                own.map(m -> m.federationId().hex()).orElse(null),
                own.map(Membership::epoch).orElse(null),
                own.map(m -> m.trustDomain().name()).orElse(null),
                own.map(Membership::authority).orElse(false),
                federation.state(),
                feed.map(this::backbone).orElse(null),
                feed.map(f -> f.current().members().version()).orElse(null),
                feed.map(f -> f.current().cutOff()).orElse(false),
                proxyCounts(),
                warnings(feed),
                Instant.now().toString(),
                federation.jobs().last().map(FederationResource.Shown::of).orElse(null));
    }

    private static Optional<String> blindness(Blindness now) {
        String age = "no member said for " + now.newsAge().toMinutes() + " min whether the members changed";
        String max = "controller.freshness.max-blind = " + now.maxBlind().toMinutes() + " min";
        return switch (now.state()) {
            case SEEING -> Optional.empty();
            case WARNED -> Optional.of(age + "; after " + max + " only local services are reached");
            case BLIND ->
                Optional.of(age + ", longer than " + max + ": only local services are reached; bring Kafka back");
        };
    }

    private Backbone backbone(CatalogFeed feed) {
        BackboneContact contact = feed.contact();
        int pending = log.writer().map(w -> w.state().pending()).orElse(0);
        return new Backbone(contact.state().name(), contact.lastContactAgeMs(), pending);
    }

    private Proxies proxyCounts() {
        List<LiveProxy> connected =
                proxies.all().stream().filter(LiveProxy::connected).toList();
        int current = (int) connected.stream()
                .filter(proxy -> sessions.progress(proxy.registration().instance())
                        .map(Sessions.Progress::current)
                        .orElse(false))
                .count();
        return new Proxies(connected.size(), current);
    }

    private List<String> warnings(Optional<CatalogFeed> feed) {
        var warnings = new ArrayList<String>();
        feed.filter(f -> f.current().cutOff())
                .ifPresent(_ -> warnings.add("this cluster is cut off from the backbone: leases are frozen"));
        feed.map(f -> f.current().blindness())
                .flatMap(StatusResource::blindness)
                .ifPresent(warnings::add);
        feed.ifPresent(f -> warnings.addAll(f.notices()));
        feed.filter(f -> !f.current().members().forks().isEmpty())
                .ifPresent(_ -> warnings.add("the members log was forked: see `tombolo clusters`"));
        log.writer()
                .map(w -> w.state().phase())
                .filter(p -> p == WriterState.Phase.CLONED || p == WriterState.Phase.FENCED)
                .ifPresent(phase -> warnings.add("this controller publishes nothing: " + phase));
        warnings.addAll(surroundings.warnings());
        return warnings;
    }
}
