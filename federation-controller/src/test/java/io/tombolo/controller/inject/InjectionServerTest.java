package io.tombolo.controller.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.controller.trust.ClusterCa;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.tls.CertifiedKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listener, asked as an API server asks: it knows it by the cluster's CA, and checks the name. */
@SuppressWarnings("NullAway.Init") // made before each test
class InjectionServerTest {
    private static final int AT_ONCE = 4;

    private StateDirectory state;
    private ClusterCa ca;
    private InjectionServer server;
    private HttpClient apiServer;

    @TempDir
    private Path home;

    @BeforeEach
    void start() throws Exception {
        state = StateDirectory.take(home);
        ca = new ClusterCa(state, new TrustDomain("east.demo.tombolo"), Instant.now());
        P256Key key = P256Key.generate();
        server = new InjectionServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                AT_ONCE,
                () -> new CertifiedKey(
                        ca.serverChain(key.publicKey(), List.of("127.0.0.1"), Instant.now(), Duration.ofHours(1)),
                        key.privateKey()),
                PodReviewTest.SHOP,
                PodReviewTest.SIDECAR);
        apiServer = HttpClient.newBuilder().sslContext(knowing(ca)).build();
    }

    private static SSLContext knowing(ClusterCa ca) throws Exception {
        KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
        roots.load(null);
        roots.setCertificateEntry("ca", ca.bundle().roots().getFirst());
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(roots);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @AfterEach
    void end() {
        apiServer.close();
        server.close();
        state.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + path));
    }

    private HttpResponse<String> asked(String body) throws Exception {
        return apiServer.send(
                request("/inject")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aReviewIsAnswered() throws Exception {
        HttpResponse<String> answer = asked(PodReviewTest.review(""));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body()).contains("\"allowed\":true", "JSONPatch");
    }

    @Test
    void whatIsNoReviewIsRefusedAndHurtsNobody() throws Exception {
        for (String body : List.of("", "{", "[".repeat(100_000), "{}", "x".repeat(4 * 1_024 * 1_024))) {
            assertThat(refused(body))
                    .as(body.substring(0, Math.min(20, body.length())))
                    .isTrue();
        }
        assertThat(apiServer
                        .send(request("/inject").build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(405);
        assertThat(apiServer
                        .send(request("/").build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(404);
        assertThat(asked(PodReviewTest.review("")).statusCode()).isEqualTo(200);
    }

    /** Who sends more than is read may lose the connection before the answer. */
    private boolean refused(String body) throws Exception {
        try {
            return asked(body).statusCode() == 400;
        } catch (IOException cut) {
            return true;
        }
    }

    @Test
    void whoAsksTooMuchAtATimeIsAskedToComeAgain() throws Exception {
        // Given reviews that do not end
        var slow = new ArrayList<SSLSocket>();
        for (int i = 0; i < AT_ONCE; i++) {
            var socket = (SSLSocket) knowing(ca).getSocketFactory().createSocket("127.0.0.1", server.port());
            slow.add(socket);
            socket.getOutputStream()
                    .write("POST /inject HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{"
                            .getBytes(StandardCharsets.US_ASCII));
        }
        // When one more comes
        Awaitility.await("503")
                .atMost(Duration.ofSeconds(5))
                .until(() -> asked(PodReviewTest.review("")).statusCode() == 503);
        // When one of them gives up
        slow.removeFirst().close();
        // Then
        Awaitility.await("an answer")
                .atMost(Duration.ofSeconds(5))
                .until(() -> asked(PodReviewTest.review("")).statusCode() == 200);
        for (SSLSocket socket : slow) {
            socket.close();
        }
    }

    @Test
    void whoDoesNotKnowTheCaGetsNothing() throws Exception {
        try (HttpClient stranger = HttpClient.newHttpClient()) {
            assertThatThrownBy(() -> stranger.send(request("/inject").build(), HttpResponse.BodyHandlers.discarding()))
                    .isInstanceOf(IOException.class);
        }
    }
}
