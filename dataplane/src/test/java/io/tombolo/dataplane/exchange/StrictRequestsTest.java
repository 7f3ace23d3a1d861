package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.dataplane.fixture.PlainHttp;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.name.Alpn;
import io.tombolo.testing.EscapedBytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The table of requests that two parsers could understand differently, at every door that one can come in by. After each row
 * somebody else's request must be answered as itself, over the connections that the row's left behind.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class StrictRequestsTest {
    private static final String TABLE = "/strict/requests.txt";
    private static final String HOST = "Host: checkout.shop\r\n";

    private final Mesh mesh = new Mesh(1);
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<RawClient> closing = new ArrayList<>();
    private final List<String> mayBeCut = new ArrayList<>();
    private final List<String> wanted = new ArrayList<>();
    private int canaries;
    private long malformed;

    /** Somebody else's connection, where a fresh one for every row would cost too many handshakes. */
    private @Nullable RawClient standing;

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        mesh.close();
    }

    /** The application's own client in a tunnel; behind the sidecar stands somebody who takes everything. */
    @Test
    void theOutboundSideStandsAlone() throws IOException {
        ReadingApp app = app();
        TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);
        BareTls server = opened(BareTls.server(mesh, mesh.east, "checkout", Mesh.instance(1), app.port()));
        mesh.eastInstances.put(Mesh.instance(1), server.address());
        mesh.push();
        String tunnel = "CONNECT checkout.shop:80 HTTP/1.1\r\nHost: x\r\n" + caller.authorization() + "\r\n";
        run(new Door("alone", caller.proxyPort(), tunnel, ""), app, caller::counted);
    }

    /** The application's own client at a local port that stands for the service: all of the walk. */
    @Test
    void theWholeWalkIsStrict() throws IOException {
        ReadingApp app = app();
        TestSidecar caller = caller(app);
        run(new Door("whole", caller.bind(Mesh.http()), "", ""), app, caller::counted);
    }

    /** The application's own client at the proxy port. */
    @Test
    void theProxyPortIsStrict() throws IOException {
        ReadingApp app = app();
        TestSidecar caller = caller(app);
        run(new Door("proxy", caller.proxyPort(), "", caller.authorization()), app, caller::counted);
    }

    /** A member of the mesh without a sidecar, at another one's inbound side. */
    @Test
    void theInboundSideStandsAlone() throws IOException {
        ReadingApp app = app();
        TestSidecar server = mesh.inEast(1, app.port());
        BareTls caller = opened(BareTls.caller(mesh, mesh.east, "frontend", server));
        mesh.push();
        standing = opened(new RawClient(caller.port()));
        run(new Door("mesh", caller.port(), "", ""), app, server::counted);
    }

    /** The same member at a gateway that ends its TLS and speaks HTTP with a workload that has no sidecar. */
    @Test
    void aGatewayInFrontOfAWorkloadWithoutSidecarIsStrict() throws IOException {
        ReadingApp app = app();
        mesh.westEndpoints.put(Mesh.instance(1), new HostPort("127.0.0.1", app.port()));
        TestGateway gateway = terminating();
        run(new Door("gateway", standing(gateway), "", ""), app, gateway::counted);
    }

    /** The same member at a gateway that hands it over to the workload's sidecar, which alone reads what it says. */
    @Test
    void whoIsHandedOverIsReadAsStrictly() throws IOException {
        ReadingApp app = app();
        TestSidecar server = mesh.inWest(1, app.port());
        run(StrictRow.some(TABLE, 5), new Door("handed", standing(terminating()), "", ""), app, server::counted);
    }

    private TestGateway terminating() {
        mesh.westMode = ExportMode.TERMINATE;
        TestGateway gateway = mesh.gateway(90);
        mesh.push();
        return gateway;
    }

    private int standing(TestGateway gateway) throws IOException {
        BareTls caller = opened(BareTls.throughGateway(mesh, mesh.east, "frontend", gateway, Alpn.HTTP_1_1));
        standing = opened(new RawClient(caller.port()));
        return caller.port();
    }

    @Test
    void theTableIsAsLargeAsItIsSaidToBe() throws IOException {
        assertThat(StrictRow.read(TABLE))
                .hasSizeGreaterThanOrEqualTo(100)
                .extracting(StrictRow::name)
                .doesNotHaveDuplicates();
    }

    /** @param first sent before each row and each canary, and answered with 200 */
    private record Door(String name, int port, String first, String credential) {
        String request(String target, String end) {
            String whole = credential.isEmpty() ? target : "http://checkout.shop" + target;
            return "GET " + whole + " HTTP/1.1\r\n" + HOST + credential + end + "\r\n";
        }
    }

    private ReadingApp app() throws IOException {
        return opened(ReadingApp.start());
    }

    private <T extends AutoCloseable> T opened(T closeable) {
        opened.add(closeable);
        return closeable;
    }

    private TestSidecar caller(ReadingApp app) {
        mesh.inEast(1, app.port());
        TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);
        mesh.push();
        return caller;
    }

    private void run(Door door, ReadingApp app, ToLongFunction<String> guard) throws IOException {
        run(StrictRow.read(TABLE), door, app, guard);
    }

    private void run(List<StrictRow> rows, Door door, ReadingApp app, ToLongFunction<String> guard) throws IOException {
        List<String> failures = new ArrayList<>();
        for (StrictRow row : rows) {
            row.at(door.name()).ifPresent(expected -> {
                try {
                    row(door, row, expected, app);
                    canary(door);
                } catch (IOException | AssertionError wrong) {
                    failures.add(row.name() + ": " + wrong.getMessage());
                }
            });
        }
        for (RawClient client : closing) {
            assertThat(client.rest()).as("behind a last answer").isEmpty();
        }
        assertThat(failures).isEmpty();
        assertThat(app.wrong).isEmpty();
        assertThat(mayBeCut).containsAll(app.cut);
        assertThat(app.got.stream().map(ReadingApp::summary)).containsExactlyElementsOf(wanted);
        assertThat(guard.applyAsLong("tombolo_faults_total{code=\"TB-2006\"}"))
                .as("malformed requests are counted, each once")
                .isEqualTo(malformed);
    }

    private RawClient connect(Door door) throws IOException {
        RawClient client = opened(new RawClient(door.port()));
        if (!door.first().isEmpty()) {
            client.send(door.first());
            assertThat(client.answer()).startsWith("HTTP/1.1 200 ");
        }
        return client;
    }

    private void row(Door door, StrictRow row, StrictRow.Expected expected, ReadingApp app) throws IOException {
        wanted.addAll(expected.got());
        malformed += expected.code().filter("TB-2006"::equals).isPresent() ? 1 : 0;
        RawClient client = connect(door);
        String bytes = row.bytes().replace("@credential@", door.credential());
        client.send(bytes);
        if (expected.part()) {
            mayBeCut.addAll(bytes.lines().toList());
        }
        if (expected.end().equals("cut") && standing != null) {
            client.close(); // inside TLS no direction ends alone
            return;
        }
        if (expected.end().equals("cut")) {
            client.socket.shutdownOutput();
            assertThat(client.rest()).isEmpty();
            return;
        }
        List<PlainHttp.Message> answers = client.answers(expected.answers().size(), methods(bytes));
        assertThat(answers).extracting(PlainHttp.Message::status).isEqualTo(expected.answers());
        assertThat(String.join(
                        "\n", answers.stream().map(PlainHttp.Message::body).toList()))
                .matches(text -> expected.code().map(text::contains).orElse(!text.contains("TB-")), "code");
        check(door, row, expected, app);
        if (expected.end().equals("closed") && standing != null) {
            closing.add(client); // inside TLS the end comes half a second later: all of them are looked at together
        } else if (expected.end().equals("closed")) {
            assertThat(client.rest()).as("behind the last answer").isEmpty();
            client.close();
        } else {
            again(door, client);
        }
    }

    private static List<String> methods(String bytes) {
        PlainHttp.Reading reading = PlainHttp.requests(bytes);
        return reading.whole().stream().map(PlainHttp.Message::method).toList();
    }

    private void check(Door door, StrictRow row, StrictRow.Expected expected, ReadingApp app) {
        if (door.name().equals("alone")
                || expected.got().isEmpty()
                || row.has().isEmpty() && row.lacks().isEmpty()) {
            return;
        }
        PlainHttp.Message got = app.got.getLast();
        for (String line : row.has()) {
            String[] pair = EscapedBytes.read(line)
                    .replace("@caller@", mesh.east.workloadId("frontend").toString())
                    .split(": ", 2);
            assertThat(got.field(pair[0])).as(pair[0]).hasValue(pair[1]);
        }
        assertThat(got.fields()).extracting(PlainHttp.Field::name).noneMatch(row.lacks()::contains);
        assertThat(got.trailers()).extracting(PlainHttp.Field::name).noneMatch(row.lacks()::contains);
    }

    /** What stays open is still in step. */
    private void again(Door door, RawClient client) throws IOException {
        wanted.add("GET /again 0");
        client.send(door.request("/again", ""));
        assertThat(client.answers(1, List.of()).getFirst().body()).isEqualTo("GET /again 0");
        client.close();
    }

    private void canary(Door door) throws IOException {
        String target = "/canary/" + ++canaries;
        if (standing != null) {
            wanted.add("GET " + target + " 0");
            standing.send(door.request(target, ""));
            assertThat(standing.answers(1, List.of()).getFirst().body()).isEqualTo("GET " + target + " 0");
            return;
        }
        try (RawClient client = connect(door)) {
            wanted.add("GET " + target + " 0");
            client.send(door.request(target, "Connection: close\r\n"));
            assertThat(client.rest()).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\nGET " + target + " 0");
        }
    }
}
