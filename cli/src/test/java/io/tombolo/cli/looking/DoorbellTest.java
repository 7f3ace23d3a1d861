package io.tombolo.cli.looking;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.cli.evidence.Door;
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
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;

class DoorbellTest {
    private static final Instant NOW = Instant.now();
    private static final TrustDomain WEST = new TrustDomain("west.demo.tombolo");
    private static final SpiffeId GATEWAY = new SpiffeId(WEST, "tombolo-system", "gateway");
    private static final String NAME = "probe.g.west.demo.tombolo";

    private final CertificateAuthority west = authority();
    private final BundleSet bundles = BundleSet.of(List.of(new TrustBundle(WEST, 1, List.of(west.root()))));

    private static CertificateAuthority authority() {
        return CertificateAuthority.create(WEST, P256Key.generate(), NOW, Duration.ofDays(30));
    }

    private static Doorbell doorbell(boolean sameMachine, BundleSet bundles) {
        return new Doorbell(sameMachine, bundles, () -> NOW, TimeLeft.of(Duration.ofMinutes(1)));
    }

    private static Svid gatewayOf(CertificateAuthority authority) {
        P256Key key = P256Key.generate();
        var request = new SvidRequest(key.publicKey(), GATEWAY, Optional.empty(), NOW, Duration.ofHours(24));
        return Svid.of(authority.issue(request), key.privateKey());
    }

    /** Talks with the one who comes. */
    private interface Talk {
        void with(Socket caller) throws IOException;
    }

    private static Door ring(Doorbell doorbell, ServerSocket server, Talk talk) {
        Thread.ofVirtual().start(() -> {
            try (var caller = server.accept()) {
                talk.with(caller);
            } catch (IOException ended) {
                // So does the test.
            }
        });
        return doorbell.ring("g", "127.0.0.1:" + server.getLocalPort(), NAME);
    }

    /** With mutual TLS, as gateways have it. */
    private static Door.Answer ofTls(CertifiedKey key, BundleSet bundles) throws IOException, GeneralSecurityException {
        SSLContext tls = SSLContext.getInstance("TLSv1.3");
        tls.init(new KeyManager[] {new FixedKeyManager(key)}, null, null);
        try (var server = tls.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ((SSLServerSocket) server).setNeedClientAuth(true);
            return ring(
                            doorbell(true, bundles),
                            server,
                            caller -> caller.getInputStream().read())
                    .answer();
        }
    }

    @Test
    void whoSignsWithTheKeyOfACertificateOfTheBundleIsProven() throws IOException, GeneralSecurityException {
        assertThat(ofTls(CertifiedKey.of(gatewayOf(west)), bundles)).isEqualTo(new Door.Proven(GATEWAY.toString()));
    }

    @Test
    void aCertificateOfAnotherAuthorityIsForged() throws IOException, GeneralSecurityException {
        assertThat(ofTls(CertifiedKey.of(gatewayOf(authority())), bundles))
                .isInstanceOfSatisfying(Door.Shown.class, shown -> {
                    assertThat(shown.spiffeId()).isEqualTo(GATEWAY.toString());
                    assertThat(shown.refuted()).isTrue();
                });
    }

    @Test
    void whereNoBundleIsHeldNothingIsProvenOrForged() throws IOException, GeneralSecurityException {
        assertThat(ofTls(CertifiedKey.of(gatewayOf(west)), BundleSet.empty()))
                .isInstanceOfSatisfying(
                        Door.Shown.class, shown -> assertThat(shown.refuted()).isFalse());
    }

    @Test
    void aCertificateIsNoProofWithoutItsKey() throws IOException, GeneralSecurityException {
        var stolen =
                new CertifiedKey(gatewayOf(west).chain(), P256Key.generate().privateKey());
        assertThat(ofTls(stolen, bundles)).isInstanceOf(Door.Shown.class);
    }

    @Test
    void aPortThatNobodyListensOnIsClosed() throws IOException {
        // Given
        int free;
        try (var gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = gone.getLocalPort();
        }
        // When
        Door here = doorbell(true, bundles).ring("g", "127.0.0.1:" + free, NAME);
        Door anywhere = doorbell(false, bundles).ring("g", "127.0.0.1:" + free, NAME);
        // Then
        assertThat(here.answer()).isInstanceOf(Door.Closed.class);
        assertThat(here.telling()).isTrue();
        assertThat(anywhere.telling()).isFalse();
    }

    @Test
    void whoSpeaksNoTlsShowsNobody() throws IOException {
        try (var plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(ring(
                                    doorbell(true, bundles),
                                    plain,
                                    caller -> caller.getOutputStream()
                                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes()))
                            .answer())
                    .isInstanceOfSatisfying(
                            Door.Shown.class,
                            shown -> assertThat(shown.spiffeId()).isEmpty());
        }
    }

    @Test
    void whoNeverAnswersIsLeftAtTheDeadline() throws IOException {
        // Given
        var hasty = new Doorbell(true, bundles, () -> NOW, TimeLeft.of(Duration.ofMinutes(1)), Duration.ofMillis(100));
        // Then
        try (var mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(ring(hasty, mute, caller -> caller.getInputStream().readAllBytes())
                            .answer())
                    .isEqualTo(new Door.Closed("did not answer within 100 ms"));
        }
    }

    @Test
    void whenTheTimeForAllIsOverNobodyIsAsked() {
        // Given
        var over = new TimeLeft(Duration.ofSeconds(5), 0, new AtomicLong(6_000_000_000L)::get);
        // Then
        assertThat(new Doorbell(true, bundles, () -> NOW, over)
                        .ring("g", "127.0.0.1:1", NAME)
                        .answer())
                .isEqualTo(new Door.Unasked("was not asked: the 5 s for the whole look are over"));
    }

    @Test
    void anAddressThatIsNoneCannotBeUsed() {
        assertThat(doorbell(true, bundles).ring("g", "nowhere", NAME).answer()).isInstanceOf(Door.Closed.class);
    }
}
