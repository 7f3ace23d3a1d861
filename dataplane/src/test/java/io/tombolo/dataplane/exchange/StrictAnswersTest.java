package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.dataplane.fixture.PlainHttp;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.HostPort;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The table of answers that two parsers could understand differently, from an application and from a member of the mesh. The
 * client asks for something else right behind each, and somebody else does after it: both must get their own answer.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class StrictAnswersTest {
    private static final String TABLE = "/strict/answers.txt";
    private static final String HOST = " HTTP/1.1\r\nHost: checkout.shop\r\n";

    private final Mesh mesh = new Mesh(1);
    private final List<AutoCloseable> opened = new ArrayList<>();
    private volatile String said = "";
    private volatile boolean closes;

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        mesh.close();
    }

    @Test
    void whatAnApplicationSaysIsReadInOneWay() throws IOException {
        mesh.inEast(1, app().port());
        run("app");
    }

    @Test
    void whatAMemberOfTheMeshSaysIsReadInOneWay() throws IOException {
        BareTls peer = BareTls.server(mesh, mesh.east, "checkout", Mesh.instance(1), app().port());
        opened.add(peer);
        mesh.eastInstances.put(Mesh.instance(1), peer.address());
        run("peer");
    }

    @Test
    void whatAWorkloadWithoutSidecarSaysIsReadInOneWayByItsGateway() throws IOException {
        mesh.westEndpoints.put(Mesh.instance(1), new HostPort("127.0.0.1", app().port()));
        terminating();
        run("bare");
    }

    @Test
    void whatAnApplicationSaysBehindAGatewayThatTerminatesIsReadInOneWay() throws IOException {
        mesh.inWest(1, app().port());
        terminating();
        run("behind", StrictRow.some(TABLE, 5));
    }

    private void terminating() {
        mesh.westMode = ExportMode.TERMINATE;
        mesh.gateway(90);
    }

    @Test
    void theTableIsAsLargeAsItIsSaidToBe() throws IOException {
        assertThat(StrictRow.read(TABLE))
                .hasSizeGreaterThanOrEqualTo(40)
                .extracting(StrictRow::name)
                .doesNotHaveDuplicates();
    }

    private RawApp app() throws IOException {
        RawApp app = RawApp.start(this::serve);
        opened.add(app);
        return app;
    }

    private void serve(InputStream in, OutputStream out, Socket socket) throws IOException {
        for (String head = RawApp.head(in); !head.isEmpty(); head = RawApp.head(in)) {
            boolean row = head.startsWith("GET /row ") || head.startsWith("HEAD /row ");
            String answer = row ? said : RawApp.ok(head.substring(0, head.indexOf(" HTTP/")));
            out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            if (row && closes) {
                return;
            }
        }
    }

    private void run(String door) throws IOException {
        run(door, StrictRow.read(TABLE));
    }

    private void run(String door, List<StrictRow> rows) throws IOException {
        TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);
        mesh.push();
        int port = caller.bind(Mesh.http());
        List<String> failures = new ArrayList<>();
        for (StrictRow row : rows) {
            row.at(door).ifPresent(expected -> {
                try {
                    row(port, row, expected);
                    canary(port);
                } catch (IOException | AssertionError wrong) {
                    failures.add(row.name() + ": " + wrong.getMessage());
                }
            });
        }
        assertThat(failures).isEmpty();
    }

    private void row(int port, StrictRow row, StrictRow.Expected expected) throws IOException {
        said = row.bytes();
        closes = row.has().contains("closes");
        String method = row.has().contains("HEAD") ? "HEAD" : "GET";
        try (var client = new RawClient(port)) {
            client.send(method + " /row" + HOST + "\r\nGET /behind" + HOST + "\r\n");
            if (expected.end().equals("cut")) {
                String text = client.rest();
                assertThat(text)
                        .startsWith("HTTP/1.1 " + expected.answers().getFirst() + " ")
                        .doesNotContain("/behind");
                assertThat(PlainHttp.answers(text, List.of(method), false).rest())
                        .isNotEmpty();
                return;
            }
            List<PlainHttp.Message> answers = client.answers(2, List.of(method));
            PlainHttp.Message answer = answers.getFirst();
            assertThat(answer.status()).isEqualTo(expected.answers().getFirst());
            if (expected.code().isPresent()) {
                assertThat(answer.body()).contains(expected.code().get());
            } else {
                assertThat(answer.body()).isEqualTo(String.join(", ", expected.got()));
            }
            assertThat(answer.fields()).extracting(PlainHttp.Field::name).noneMatch(row.lacks()::contains);
            assertThat(answer.trailers()).extracting(PlainHttp.Field::name).noneMatch(row.lacks()::contains);
            assertThat(answers.getLast().body()).isEqualTo("GET /behind");
        }
    }

    private static void canary(int port) throws IOException {
        String answer = RawClient.once(port, "GET /canary" + HOST + "Connection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\nGET /canary");
    }
}
