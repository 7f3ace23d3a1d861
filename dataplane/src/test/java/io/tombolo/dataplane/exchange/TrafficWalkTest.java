package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tombolo.model.catalog.Consumer;
import io.tombolo.model.catalog.HostPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What both sidecars count of one call: with both ends in the labels, none of them unknown. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class TrafficWalkTest {
    private static final String[] FROM_FRONTEND = {
        "source_cluster=\"east\"", "source_namespace=\"shop\"", "source_workload=\"frontend\""
    };
    private static final Pattern LABEL = Pattern.compile("[a-z_]+=\"([^\"]*)\"");
    private static final Pattern FAMILY = Pattern.compile("(?m)^# TYPE (\\S+) ");

    private final Mesh mesh = new Mesh();
    private TestSidecar caller;

    @BeforeEach
    void start() {
        caller = mesh.sidecar(mesh.east, "frontend", 0, 0);
    }

    @AfterEach
    void everyLabelSaysSomethingAndEveryNameIsDocumented() throws IOException {
        String text = caller.metrics.text();
        Matcher labels = LABEL.matcher(text);
        while (labels.find()) {
            assertThat(labels.group(1)).isNotEmpty().isNotEqualToIgnoringCase("unknown");
        }
        String documents = Files.readString(Path.of("../docs/metrics.md"));
        assertThat(FAMILY.matcher(text).results().map(family -> family.group(1)))
                .allSatisfy(name -> assertThat(documents).contains("`" + name));
        mesh.close();
    }

    private String get() {
        try {
            return RawClient.once(
                    caller.proxyPort(),
                    "POST http://checkout.shop/ HTTP/1.1\r\nHost: x\r\n" + caller.authorization()
                            + "Connection: close\r\nContent-Length: 4\r\n\r\nbody");
        } catch (IOException broke) {
            throw new UncheckedIOException(broke);
        }
    }

    private static RawApp app(String answer) throws IOException {
        return RawApp.start((in, out, socket) -> {
            RawApp.head(in);
            in.readNBytes(4);
            out.write(answer.getBytes());
        });
    }

    private static long requests(TestSidecar at, String direction, String... more) {
        return at.summed("tombolo_requests_total", with(more, "direction=\"" + direction + "\""));
    }

    private static String[] with(String[] more, String direction) {
        return Stream.of(List.of(FROM_FRONTEND), List.of(direction), List.of(more))
                .flatMap(List::stream)
                .toArray(String[]::new);
    }

    private static final String[] TO_WEST = {
        "destination_cluster=\"west\"",
        "destination_workload=\"checkout\"",
        "destination_namespace=\"shop\"",
        "destination_service=\"checkout\"",
        "destination_port=\"80\""
    };

    private static String[] toWest(String... more) {
        return Stream.concat(List.of(TO_WEST).stream(), List.of(more).stream()).toArray(String[]::new);
    }

    @Test
    void aCallIsCountedOnBothSidesUnderTheSameLabels() throws IOException {
        // Given
        TestSidecar server = mesh.inWest(1, app(RawApp.ok("answer")).port());
        mesh.westGateways.put(Mesh.instance(90), BlindGateway.to(server).address());
        mesh.push();
        // When
        assertThat(get()).endsWith("answer");
        // Then
        String[] fine = toWest("response_code=\"200\"", "blame=\"none\"", "fault=\"none\"");
        assertThat(requests(caller, "outbound", fine)).isEqualTo(1);
        assertThat(requests(server, "inbound", fine)).isEqualTo(1);
        for (TestSidecar side : List.of(caller, server)) {
            assertThat(side.summed("tombolo_request_bytes_total", fine)).isEqualTo(4);
            assertThat(side.summed("tombolo_answer_bytes_total", fine)).isEqualTo(6);
            assertThat(side.summed("tombolo_request_duration_seconds_count", fine))
                    .isEqualTo(1);
            assertThat(side.summed("tombolo_mesh_connections_opened_total", TO_WEST))
                    .isEqualTo(1);
            assertThat(side.summed("tombolo_mesh_connections_open", TO_WEST)).isEqualTo(1);
        }
    }

    @Test
    void anApplicationsFailureIsItsOwnOnBothSides() throws IOException {
        // Given
        TestSidecar server = mesh.inWest(
                1, app("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n").port());
        mesh.westGateways.put(Mesh.instance(90), BlindGateway.to(server).address());
        mesh.push();
        // When
        get();
        // Then
        String[] failed = toWest("response_code=\"500\"", "blame=\"APP\"", "fault=\"none\"");
        assertThat(requests(caller, "outbound", failed)).isEqualTo(1);
        assertThat(requests(server, "inbound", failed)).isEqualTo(1);
    }

    @Test
    void aConnectionThatCannotBeMadeNamesWhoWasToBeReached() throws IOException {
        // Given
        TestSidecar server = mesh.inWest(1, 0);
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            mesh.westGateways.put(Mesh.instance(90), new HostPort("127.0.0.1", closed.getLocalPort()));
        }
        mesh.push();
        // When
        assertThat(get()).startsWith("HTTP/1.1 50");
        // Then
        assertThat(requests(caller, "outbound", toWest("blame=\"NETWORK\""))).isEqualTo(1);
        assertThat(caller.summed("tombolo_connect_failures_total", toWest("blame=\"NETWORK\"")))
                .isPositive();
        assertThat(requests(server, "inbound")).isZero();
    }

    @Test
    void anAttemptThatIsMadeAgainIsCountedWhereTheFirstWent() throws IOException {
        // Given
        TestSidecar dead = mesh.inEast(1, 0);
        TestSidecar server = mesh.inWest(2, app(RawApp.ok("west")).port());
        mesh.westGateways.put(Mesh.instance(90), BlindGateway.to(server).address());
        mesh.push();
        // When
        dead.die();
        assertThat(get()).endsWith("west");
        // Then
        assertThat(requests(caller, "outbound", toWest("response_code=\"200\"")))
                .isEqualTo(1);
        assertThat(caller.summed(
                        "tombolo_retries_total", with(new String[] {"destination_cluster=\"east\""}, "outbound")))
                .isPositive();
    }

    @Test
    void whomTheDestinationRefusesIsNamedThere() throws IOException {
        // Given
        TestSidecar server = mesh.inWest(1, 0);
        mesh.westGateways.put(Mesh.instance(90), BlindGateway.to(server).address());
        mesh.consumers = List.of(new Consumer(Optional.of(mesh.west.id()), Optional.empty(), Optional.empty()));
        mesh.push();
        // When
        assertThat(get()).startsWith("HTTP/1.1 403 ");
        // Then
        for (String direction : List.of("outbound", "inbound")) {
            TestSidecar at = direction.equals("outbound") ? caller : server;
            assertThat(requests(at, direction, toWest("response_code=\"403\"", "blame=\"POLICY\"")))
                    .isEqualTo(1);
        }
    }

    @Test
    void whatWasNeverPickedHasAServiceButNoCluster() {
        // Given
        mesh.push();
        // When
        assertThat(get()).startsWith("HTTP/1.1 503 ");
        // Then
        assertThat(requests(
                        caller,
                        "outbound",
                        "destination_cluster=\"none\"",
                        "destination_service=\"checkout\"",
                        "fault=\"TB-2009\"",
                        "blame=\"POLICY\""))
                .isEqualTo(1);
    }

    @Test
    void hostsThatAreNoServiceMakeOneRow() throws IOException {
        // Given
        mesh.push();
        // When
        for (int i = 0; i < 5; i++) {
            RawClient.once(
                    caller.proxyPort(),
                    "GET http://made-up-" + i + ".shop/ HTTP/1.1\r\nHost: x\r\n" + caller.authorization()
                            + "Connection: close\r\n\r\n");
        }
        // Then
        assertThat(requests(caller, "outbound", "destination_service=\"none\"")).isEqualTo(5);
        assertThat(caller.metrics.text().lines().filter(line -> line.startsWith("tombolo_requests_total")))
                .hasSize(1);
    }

    @Test
    void aTcpConnectionIsCountedWhileItIsOpenAndWhenItEnded() throws IOException {
        // Given
        TestSidecar server = mesh.inEast(
                1, RawApp.start((in, out, socket) -> in.transferTo(out)).port());
        mesh.push();
        try (var client = new RawClient(caller.bind(Mesh.tcp()))) {
            client.send("echo");
            assertThat(new String(client.in.readNBytes(4))).isEqualTo("echo");
            for (TestSidecar side : List.of(caller, server)) {
                assertThat(side.summed("tombolo_tcp_open", FROM_FRONTEND)).isEqualTo(1);
            }
            // When
            client.socket.shutdownOutput();
            assertThat(client.rest()).isEmpty();
        }
        // Then
        for (TestSidecar side : List.of(caller, server)) {
            await().untilAsserted(() ->
                    assertThat(side.summed("tombolo_tcp_open", FROM_FRONTEND)).isZero());
            String[] ended = {"destination_port=\"5432\"", "blame=\"none\""};
            assertThat(side.summed("tombolo_tcp_ended_total", ended)).isEqualTo(1);
            assertThat(side.summed("tombolo_tcp_request_bytes_total", ended)).isEqualTo(4);
            assertThat(side.summed("tombolo_tcp_answer_bytes_total", ended)).isEqualTo(4);
        }
    }

    @Test
    void whatALongTcpConnectionMovesIsCountedWhileItLastsAndOnlyOnce() throws IOException {
        // Given
        TestSidecar server = mesh.inEast(
                1, RawApp.start((in, out, socket) -> in.transferTo(out)).port());
        mesh.push();
        try (var client = new RawClient(caller.bind(Mesh.tcp()))) {
            client.send("a while");
            assertThat(new String(client.in.readNBytes(7))).isEqualTo("a while");
            // Then
            for (TestSidecar side : List.of(caller, server)) {
                await().untilAsserted(() -> assertThat(side.summed("tombolo_tcp_request_bytes_total"))
                        .isEqualTo(7));
                assertThat(side.summed("tombolo_tcp_answer_bytes_total")).isEqualTo(7);
                assertThat(side.summed("tombolo_tcp_ended_total")).isZero();
            }
            // When
            client.send("more");
            client.socket.shutdownOutput();
            assertThat(client.rest()).isEqualTo("more");
        }
        // Then
        for (TestSidecar side : List.of(caller, server)) {
            await().untilAsserted(() ->
                    assertThat(side.summed("tombolo_tcp_ended_total")).isEqualTo(1));
            assertThat(side.summed("tombolo_tcp_request_bytes_total")).isEqualTo(11);
            assertThat(side.summed("tombolo_tcp_answer_bytes_total")).isEqualTo(11);
        }
    }

    @Test
    void whatATunnelMovesIsCountedWhileItLastsAndOnlyOnce() throws IOException {
        // Given
        TestSidecar server = mesh.inEast(
                1,
                RawApp.start((in, out, socket) -> {
                            RawApp.head(in);
                            out.write("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\n"
                                    .getBytes());
                            in.transferTo(out);
                        })
                        .port());
        mesh.push();
        String[] switched = {"code=\"101\""};
        try (var client = new RawClient(caller.bind(Mesh.http()))) {
            client.send("GET / HTTP/1.1\r\nHost: checkout.shop\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n");
            assertThat(RawApp.head(client.in)).startsWith("HTTP/1.1 101 ");
            client.send("a while");
            assertThat(new String(client.in.readNBytes(7))).isEqualTo("a while");
            // Then
            for (TestSidecar side : List.of(caller, server)) {
                await().untilAsserted(() -> assertThat(side.summed("tombolo_request_bytes_total", switched))
                        .isEqualTo(7));
                assertThat(side.summed("tombolo_answer_bytes_total", switched)).isEqualTo(7);
                assertThat(side.summed("tombolo_requests_total", switched)).isZero();
            }
            // When
            client.send("more");
            assertThat(new String(client.in.readNBytes(4))).isEqualTo("more");
        }
        // Then
        for (TestSidecar side : List.of(caller, server)) {
            await().untilAsserted(() ->
                    assertThat(side.summed("tombolo_requests_total", switched)).isEqualTo(1));
            assertThat(side.summed("tombolo_request_bytes_total", switched)).isEqualTo(11);
            assertThat(side.summed("tombolo_answer_bytes_total", switched)).isEqualTo(11);
        }
    }
}
