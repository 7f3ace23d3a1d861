package io.tombolo.controller.join;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.controller.trust.ClusterCa;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.name.FederationId;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.key.KeyPin;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.tls.CertifiedKey;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over real TLS on the loopback address. */
class EnrolmentClientTest {
    private static final FederationId FEDERATION = FederationId.of(new byte[32]);

    @TempDir
    static Path directory;

    private StateDirectory state;
    private ClusterCa ca;
    private EnrolmentServer server;

    @BeforeAll
    static void jdkTlsOnly() {
        System.setProperty("io.netty.handler.ssl.noOpenSsl", "true");
    }

    @BeforeEach
    void serve() {
        state = StateDirectory.take(directory);
        ca = new ClusterCa(state, new TrustDomain("east.demo.tombolo"), Instant.now());
        P256Key key = P256Key.generate();
        var chain = ca.serverChain(key.publicKey(), List.of("127.0.0.1"), Instant.now(), Duration.ofHours(1));
        server = new EnrolmentServer(
                new InetSocketAddress("127.0.0.1", 0),
                () -> new CertifiedKey(chain, key.privateKey()),
                Optional::empty);
    }

    @AfterEach
    void stop() {
        server.close();
        state.close();
    }

    @Test
    void aServerWithAnotherKeyThanTheTokenPinsIsNotTalkedTo() {
        KeyPin other = KeyPin.of(P256Key.generate().publicKey());
        try (var client = new EnrolmentClient(new HostPort("127.0.0.1", server.port()), other)) {
            assertThatThrownBy(() -> client.hello(FEDERATION)).hasMessageStartingWith("TB-4007 WRONG_ENROLMENT_CA");
        }
    }

    @Test
    void aClusterThatIsNoAuthoritySaysSoByItsOwnCode() {
        try (var client = new EnrolmentClient(new HostPort("127.0.0.1", server.port()), ca.pin())) {
            assertThatThrownBy(() -> client.hello(FEDERATION)).hasMessageStartingWith("TB-4010 NOT_AN_AUTHORITY");
        }
    }

    @Test
    void nobodyThereIsUnreachable() {
        int port = server.port();
        server.close();
        try (var client = new EnrolmentClient(new HostPort("127.0.0.1", port), ca.pin())) {
            assertThatThrownBy(() -> client.hello(FEDERATION)).hasMessageStartingWith("TB-4012 ENROLMENT_UNREACHABLE");
        }
    }
}
