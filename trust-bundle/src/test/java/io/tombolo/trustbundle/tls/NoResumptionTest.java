package io.tombolo.trustbundle.tls;

import static io.tombolo.trustbundle.x509.TestMesh.NOW;
import static io.tombolo.trustbundle.x509.TestMesh.bundle;
import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.trustbundle.bundle.BundleSet;
import io.tombolo.trustbundle.verify.SpiffeTrustManager;
import io.tombolo.trustbundle.x509.TestMesh;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;

/** A resumed session skips verification, so counting verifications shows whether one was resumed. */
class NoResumptionTest {
    private final TestMesh mesh = new TestMesh();
    private final BundleSet both = BundleSet.of(List.of(bundle(mesh.west), bundle(mesh.east)));
    private final AtomicInteger verified = new AtomicInteger();
    private final SpiffeTrustManager trust = new SpiffeTrustManager(
            () -> {
                verified.incrementAndGet();
                return both;
            },
            InstantSource.fixed(NOW));
    private final SvidKeyManager serverKeys = keys(mesh.westApi());
    private final SvidKeyManager clientKeys = keys(mesh.eastWeb());

    @Test
    void everyHandshakeOfOurContextsVerifiesBothSides() throws Exception {
        // Given
        SSLContext server = JdkTls.server(serverKeys, trust).context();
        SSLContext client = JdkTls.client(clientKeys, trust).context();
        // When
        for (int i = 0; i < 3; i++) {
            shakeHands(server, client);
        }
        // Then
        assertThat(verified).hasValue(6);
    }

    @Test
    void handshakesOfAPlainContextWouldBeResumed() throws Exception {
        // Given
        SSLContext server = plain(serverKeys);
        SSLContext client = plain(clientKeys);
        // When
        for (int i = 0; i < 3; i++) {
            shakeHands(server, client);
        }
        // Then
        assertThat(verified).as("else the test above proves nothing").hasValue(2);
    }

    @Test
    void aTicketOfOneConnectionIsWorthNothingOnTheNext() throws Exception {
        // Given a client that keeps tickets
        SSLContext server = JdkTls.server(serverKeys, trust).context();
        SSLContext client = plain(clientKeys);
        // When
        shakeHands(server, client);
        shakeHands(server, client);
        // Then
        assertThat(verified).hasValue(4);
    }

    private static void shakeHands(SSLContext serverContext, SSLContext clientContext) throws Exception {
        SSLEngine server = serverContext.createSSLEngine();
        server.setUseClientMode(false);
        server.setNeedClientAuth(true);
        SSLEngine client = clientContext.createSSLEngine("west.example", 15_012);
        client.setUseClientMode(true);
        new EnginePair(client, server).shakeHands().exchange();
    }

    private SSLContext plain(SvidKeyManager keys) throws Exception {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(new KeyManager[] {keys}, new TrustManager[] {trust}, null);
        return context;
    }

    private static SvidKeyManager keys(io.tombolo.trustbundle.svid.Svid svid) {
        return new SvidKeyManager(() -> svid);
    }
}
