package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.fault.Fault;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Traffic that would come back. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class LoopWalkTest {
    private final Mesh mesh = new Mesh();
    private final TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);

    @AfterEach
    void end() {
        mesh.close();
    }

    private String get() throws IOException {
        return RawClient.once(
                caller.proxyPort(),
                "GET http://checkout.shop/ HTTP/1.1\r\nHost: x\r\n" + caller.authorization()
                        + "Connection: close\r\n\r\n");
    }

    @Test
    void anApplicationThatIsTheSidecarsOwnPortGetsNothing() throws IOException {
        // Given
        TestSidecar server = mesh.inEast(1, TestSidecar.OWN_PROXY);
        mesh.push();
        // When
        String answer = get();
        // Then
        assertThat(answer).startsWith("HTTP/1.1 508 ").contains("TB-2025", "is this proxy's own listener");
        assertThat(server.metrics.fault(Fault.RELAY_LOOP).value()).isPositive();
        assertThat(server.summed("tombolo_requests_total", "direction=\"outbound\""))
                .isZero();
    }

    @Test
    void aTcpConnectionToTheSidecarsOwnPortIsClosedAndCounted() throws IOException {
        // Given
        TestSidecar server = mesh.inEast(1, TestSidecar.OWN_PROXY);
        mesh.push();
        // When
        try (RawClient client = new RawClient(caller.bind(Mesh.tcp()))) {
            // Then
            assertThat(client.rest()).isEmpty();
        }
        assertThat(server.metrics.fault(Fault.RELAY_LOOP).value()).isPositive();
    }

    @Test
    void aGatewayAtTheCallersOwnPortIsNotDialled() throws IOException {
        // Given
        mesh.inWest(1, 1);
        mesh.westGateways.put(Mesh.instance(90), caller.address());
        mesh.push();
        // When
        String answer = get();
        // Then
        assertThat(answer).startsWith("HTTP/1.1 508 ").contains("TB-2025");
        assertThat(caller.metrics.fault(Fault.RELAY_LOOP).value()).isPositive();
    }

    @Test
    void anApplicationMayCallItsOwnServiceAndGetItself() throws IOException {
        // Given
        TestSidecar server = mesh.inEast(1, RawApp.answering(RawApp.ok("me")).port());
        mesh.push();
        // When
        String answer = RawClient.once(
                server.proxyPort(),
                "GET http://checkout.shop/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + server.authorization()
                        + "\r\n");
        // Then
        assertThat(answer).endsWith("me");
    }

    @Test
    void aRequestThatApplicationsSendOnInACircleEndsWhenItWentThroughTooMany() throws IOException {
        // Given: an application that passes every request on, with all its fields, to its own service
        var requests = new AtomicInteger();
        TestSidecar[] server = new TestSidecar[1];
        RawApp app = RawApp.start((in, out, socket) -> {
            String head = RawApp.head(in);
            requests.incrementAndGet();
            String onward = head.replaceFirst("^GET /", "GET http://checkout.shop/")
                    .replaceFirst("\r\n", "\r\n" + server[0].authorization() + "Connection: close\r\n");
            out.write(RawClient.once(server[0].proxyPort(), onward).getBytes());
        });
        server[0] = mesh.inEast(1, app.port());
        mesh.push();
        // When
        String answer = get();
        // Then: 5 are allowed
        assertThat(answer).startsWith("HTTP/1.1 508 ").contains("TB-2025", "went through 5 applications already");
        assertThat(requests).hasValue(5);
        assertThat(server[0].metrics.fault(Fault.RELAY_LOOP).value()).isEqualTo(1);
    }

    @Test
    void aCallerThatMakesUpWhatItWentThroughIsHeldToIt() throws IOException {
        // Given
        mesh.inEast(1, RawApp.answering(RawApp.ok("x")).port());
        mesh.push();
        // When
        String said = "GET http://checkout.shop/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTombolo-Hops: %s\r\n"
                + caller.authorization() + "\r\n";
        // Then
        assertThat(RawClient.once(caller.proxyPort(), said.formatted("4"))).startsWith("HTTP/1.1 200 ");
        assertThat(RawClient.once(caller.proxyPort(), said.formatted("5"))).startsWith("HTTP/1.1 508 ");
        assertThat(RawClient.once(caller.proxyPort(), said.formatted("-7, nonsense")))
                .startsWith("HTTP/1.1 200 ");
    }
}
