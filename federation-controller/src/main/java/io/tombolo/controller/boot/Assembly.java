package io.tombolo.controller.boot;

import io.tombolo.controller.identity.Membership;
import io.tombolo.controller.identity.MembershipFile;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.controller.tokens.AccessTokens;
import io.tombolo.controller.tokens.JoinTokens;
import io.tombolo.controller.tokens.ProxyTokens;
import io.tombolo.controller.trust.ClusterCa;
import io.tombolo.model.name.TrustDomain;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Builds the rooms in their order, and what Quarkus must know before it starts. */
final class Assembly {
    private Assembly() {}

    static Rooms build(Settings settings) {
        Instant now = Instant.now();
        StateDirectory state = StateDirectory.take(settings.stateDir());
        TrustDomain trustDomain = new MembershipFile(state)
                .read()
                .map(Membership::trustDomain)
                .orElseGet(settings.cluster()::provisional);
        var ca = new ClusterCa(state, trustDomain, now);
        return new Rooms(settings, state, ca, new AccessTokens(state), new JoinTokens(state), new ProxyTokens(state));
    }

    /** Tells Quarkus where the API listens and with which certificate. */
    static Settings.Listen configureApi(Rooms rooms) {
        Settings settings = rooms.settings();
        Settings.Listen listen = FreePort.choose(settings.api(), settings.autoPorts());
        Set<String> hosts = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", settings.advertisedHost()));
        hosts.add(listen.host().equals("0.0.0.0") ? "127.0.0.1" : listen.host());
        var certificate = new ApiCertificate(rooms.state(), rooms.ca(), List.copyOf(hosts));
        certificate.renew(Instant.now());
        System.setProperty("quarkus.http.host", listen.host());
        System.setProperty("quarkus.http.ssl-port", Integer.toString(listen.port()));
        System.setProperty(
                "quarkus.http.ssl.certificate.files",
                certificate.certificateFile().toString());
        System.setProperty(
                "quarkus.http.ssl.certificate.key-files", certificate.keyFile().toString());
        return listen;
    }
}
