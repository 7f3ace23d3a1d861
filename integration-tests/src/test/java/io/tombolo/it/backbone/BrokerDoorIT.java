package io.tombolo.it.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.it.actors.Backbone;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Those who come to the broker's door without what it asks for. */
@Execution(ExecutionMode.CONCURRENT)
class BrokerDoorIT {
    private static final int ANSWER_LIMIT_MILLIS = 5_000;

    @SuppressWarnings("NullAway.Init")
    private static Backbone backbone;

    @BeforeAll
    static void start() {
        backbone = Backbone.start();
    }

    @AfterAll
    static void stop() {
        backbone.close();
    }

    @Test
    void aSecondProcessOnTheSameStateIsRefusedAndTheFirstGoesOn() throws IOException {
        try (var second = backbone.startBeside()) {
            assertThat(second.awaitEnd()).isEqualTo(1);
            assertThat(second.lines()).anyMatch(line -> line.contains("TB-1010 STATE_IN_USE"));
        }
        try (var socket = new Socket()) {
            socket.connect(address());
        }
    }

    @Test
    void aClientWithoutACertificateIsRefused() throws Exception {
        try (SSLSocket stranger = connect("TLSv1.3")) {
            assertThatThrownBy(() -> {
                        stranger.startHandshake();
                        // TLS 1.3: the client believes itself done before the server has looked at its certificate.
                        if (stranger.getInputStream().read() < 0) {
                            throw new IOException("closed without a word");
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void anOlderTlsIsRefused() throws Exception {
        try (SSLSocket old = connect("TLSv1.2")) {
            assertThatThrownBy(old::startHandshake).isInstanceOf(IOException.class);
        }
    }

    private static SSLSocket connect(String protocol) throws GeneralSecurityException, IOException {
        var roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        roots.setCertificateEntry(
                "ca", backbone.access().authority().orElseThrow().root());
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(roots);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        var socket = (SSLSocket) context.getSocketFactory().createSocket();
        socket.setEnabledProtocols(new String[] {protocol});
        socket.setSoTimeout(ANSWER_LIMIT_MILLIS);
        socket.connect(address());
        return socket;
    }

    private static InetSocketAddress address() {
        String[] parts = backbone.bootstrap().split(":");
        return new InetSocketAddress(parts[0], Integer.parseInt(parts[1]));
    }
}
