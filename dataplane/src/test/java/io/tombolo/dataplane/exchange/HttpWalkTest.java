package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class HttpWalkTest {
    private final Mesh mesh = new Mesh();
    private final TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);

    @AfterEach
    void end() {
        mesh.close();
    }

    private String get(String path) throws IOException {
        return RawClient.once(
                caller.proxyPort(),
                "GET http://checkout.shop.svc.clusterset.local" + path + " HTTP/1.1\r\nHost: ignored\r\n"
                        + caller.authorization() + "Connection: close\r\n\r\n");
    }

    @Test
    void aRequestReachesTheApplicationOfALocalInstanceAndSaysWhoCalls() throws IOException {
        // Given
        RawApp app = RawApp.answering(RawApp.ok("hello"));
        mesh.inEast(1, app.port());
        mesh.push();
        // When
        String answer = get("/cart?item=1");
        // Then
        assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\nhello");
        assertThat(app.heads.getFirst().toLowerCase(java.util.Locale.ROOT))
                .startsWith("get /cart?item=1 http/1.1\r\n")
                .contains("host: checkout.shop.svc.clusterset.local\r\n")
                .contains("tombolo-caller: " + mesh.east.workloadId("frontend") + "\r\n")
                .doesNotContain("proxy-authorization", "connection: close");
    }

    @Test
    void anotherClustersInstanceIsReachedThroughItsGateway() throws IOException {
        // Given
        RawApp app = RawApp.answering(RawApp.ok("from west"));
        TestSidecar server = mesh.inWest(1, app.port());
        mesh.westGateways.put(Mesh.instance(90), BlindGateway.to(server).address());
        mesh.push();
        // When
        String answer = get("/");
        // Then
        assertThat(answer).endsWith("from west");
        assertThat(caller.counted("tombolo_answers_total{cluster=\"west\"}")).isEqualTo(1);
    }
}
