package io.tombolo.cli.looking;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.cli.evidence.Arrival;
import io.tombolo.cli.evidence.Controller;
import io.tombolo.cli.evidence.Door;
import io.tombolo.cli.evidence.Member;
import io.tombolo.cli.evidence.ServiceSeen;
import io.tombolo.cli.forward.TimeLeft;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.bundle.BundleSet;
import io.tombolo.trustbundle.bundle.TrustBundle;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.svid.Svid;
import io.tombolo.trustbundle.tls.CertifiedKey;
import io.tombolo.trustbundle.tls.FixedKeyManager;
import io.tombolo.trustbundle.x509.CertificateAuthority;
import io.tombolo.trustbundle.x509.SvidRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final Instant NOW = Instant.now();
    private static final TrustDomain WEST = new TrustDomain("west.demo.tombolo");
    private static final Controller OWN =
            new Controller("east", "demo", "east.demo.tombolo", "JOINED", null, false, List.of(), NOW.toString(), null);

    private final CertificateAuthority west =
            CertificateAuthority.create(WEST, P256Key.generate(), NOW, Duration.ofDays(30));

    /** Ends every service itself. */
    private ServerSocket gateway() throws GeneralSecurityException, IOException {
        P256Key key = P256Key.generate();
        var id = new SpiffeId(WEST, "tombolo-system", "gateway");
        var request = new SvidRequest(key.publicKey(), id, Optional.empty(), NOW, Duration.ofHours(1));
        SSLContext tls = SSLContext.getInstance("TLSv1.3");
        tls.init(
                new KeyManager[] {new FixedKeyManager(CertifiedKey.of(Svid.of(west.issue(request), key.privateKey())))},
                null,
                null);
        ServerSocket server = tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> serve(server));
        return server;
    }

    private static void serve(ServerSocket server) {
        while (!server.isClosed()) {
            try (var caller = server.accept()) {
                var _ = caller.getInputStream().read();
            } catch (IOException ended) {
                // The next one, or the end of the test.
            }
        }
    }

    @Test
    void everyPortIsTriedUpToTheLimitAndWhatIsLeftOutIsCounted() throws GeneralSecurityException, IOException {
        // Given
        var services = List.of(new ServiceSeen(
                "shop",
                "checkout",
                false,
                List.of(new ServiceSeen.Source("west", 2, false, List.of(80, 81, 82, 83), List.of())),
                List.of()));
        var bundles = BundleSet.of(List.of(new TrustBundle(WEST, 1, List.of(west.root()))));
        var doorbell = new Doorbell(true, bundles, () -> NOW, TimeLeft.of(Duration.ofMinutes(1)));
        try (ServerSocket gateway = gateway()) {
            var there = new Member.Gateway(
                    "g",
                    List.of("127.0.0.1:" + gateway.getLocalPort()),
                    false,
                    List.of(new Member.Path("own", "UP", 1, 1)),
                    List.of());
            var member = new Member(
                    "west",
                    "ADMITTED",
                    WEST.name(),
                    false,
                    "FRESH",
                    1,
                    0,
                    List.of(there),
                    1,
                    "READY",
                    Map.of(),
                    List.of());
            // When
            List<Arrival> arrivals =
                    new Arrivals(OWN, services, doorbell, 3).at(member).toList();
            // Then
            assertThat(arrivals)
                    .extracting(Arrival::service)
                    .containsExactly(
                            "checkout.shop:80",
                            "checkout.shop:81",
                            "checkout.shop:82",
                            "ports of services: 1 more ports");
            assertThat(arrivals.subList(0, 3)).allMatch(Arrival::asExpected);
            assertThat(arrivals.getLast().answer()).isEqualTo(new Door.Unasked("were not tried: at most 3 are"));
        }
    }
}
