package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tombolo.dataplane.fixture.PlainHttp;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.httproute.HttpRoute;
import io.tombolo.model.httproute.RouteRule;
import io.tombolo.model.name.ServiceName;
import io.tombolo.testing.GrpcApp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One table of exchanges, and every way that one can take: whatever is between client and application, both see the same. Envoy
 * with the same routes is one of the ways.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SameEverywhereTest {
    private static final List<String> TABLES = List.of("/same/messages.txt", "/same/routes.txt", "/same/calls.txt");

    /** Where a gateway reads nothing of HTTP, a third of the rows will do in every build. */
    private static final int BYTES_ONLY = 3;

    private final Mesh mesh = new Mesh(1);
    private final List<String> failures = new ArrayList<>();
    private final TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);
    private final SameApp app = new SameApp();
    private final SameApp canary = new SameApp();
    private final GrpcApp talk = new GrpcApp("talk");
    private List<RouteRule> now = List.of();

    @TempDir
    private Path home;

    /** With applications. */
    SameEverywhereTest() throws IOException {
        mesh.grpcAppPort = talk.port();
        mesh.canary(9, canary.port());
    }

    @AfterEach
    void end() {
        mesh.close();
        app.close();
        canary.close();
        talk.close();
    }

    /** Where a way begins, and which application is called with gRPC at its end. */
    private record Place(int http, int grpc, GrpcApp talk) {}

    private Place walk() {
        mesh.push();
        return new Place(caller.bind(Mesh.http()), caller.bind(Mesh.grpc()), talk);
    }

    /** The table itself: it says what is so without any proxy. */
    @Test
    void withoutAProxy() throws Exception {
        for (SameRow row : rows()) {
            if (row.rules().isEmpty() && !row.isHttp2() && !row.own()) {
                Map<String, String> wanted = new TreeMap<>(row.expects());
                wanted.values().removeIf("-"::equals); // nobody takes anything out
                check(row, wanted, observe(row, new Place(app.port(), talk.port(), talk)), "direct");
            }
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void betweenSidecarsOfOneCluster() throws Exception {
        mesh.inEast(1, app.port());
        runs("sidecars", 1);
    }

    @Test
    void throughAGatewayThatPassesThrough() throws Exception {
        mesh.inWest(1, app.port());
        mesh.gateway(90);
        runs("passthrough", BYTES_ONLY);
    }

    @Test
    void throughAGatewayThatHandsOver() throws Exception {
        mesh.westMode = ExportMode.TERMINATE;
        mesh.inWest(1, app.port());
        mesh.gateway(90);
        runs("handed over", BYTES_ONLY);
    }

    @Test
    void throughAGatewayInFrontOfAWorkloadWithoutSidecar() throws Exception {
        mesh.westMode = ExportMode.TERMINATE;
        mesh.westEndpoints.put(Mesh.instance(1), new HostPort("127.0.0.1", app.port()));
        mesh.gateway(90);
        runs("terminated", 1);
    }

    /** All that both ends see is compared, not only what the table names. */
    @Test
    void throughEnvoyWithTheSameRoutes() throws Exception {
        Optional<Path> program = EnvoyProcess.find();
        assumeThat(program).as(EnvoyProcess.MISSING).isPresent();
        mesh.inEast(1, app.port());
        Place walk = walk();
        List<SameRow> rows = rows();
        List<List<RouteRule>> routes =
                rows.stream().map(SameRow::rules).distinct().toList();
        try (var other = new GrpcApp("talk")) {
            String config = EnvoyConfig.of(
                    routes, Map.of("checkout", app.port(), "canary", canary.port(), EnvoyConfig.CALLS, other.port()));
            try (var envoy = EnvoyProcess.start(program.get(), home, config)) {
                for (SameRow row : rows) {
                    int port = envoy.port("" + routes.indexOf(row.rules()));
                    compare(row, walk, new Place(port, envoy.port(EnvoyConfig.CALLS), other));
                }
            }
        }
        assertThat(failures).isEmpty();
    }

    private static List<SameRow> rows() throws IOException {
        var rows = new ArrayList<SameRow>();
        for (String table : TABLES) {
            rows.addAll(SameRow.read(table));
        }
        assertThat(rows).extracting(SameRow::name).doesNotHaveDuplicates();
        assertThat(rows).hasSizeGreaterThanOrEqualTo(60);
        return rows;
    }

    /** @param each every so many-th row, all with -Pdeep */
    private void runs(String way, int each) throws Exception {
        Place walk = walk();
        List<SameRow> rows = rows();
        int step = Boolean.getBoolean("tombolo.deep") ? 1 : each;
        for (int number = 0; number < rows.size(); number += step) {
            SameRow row = rows.get(number);
            routes(row);
            check(row, row.expects(), observe(row, walk), way);
        }
        assertThat(failures).isEmpty();
    }

    /** Routes are the caller's affair alone. */
    private void routes(SameRow row) {
        if (row.rules().equals(now)) {
            return;
        }
        now = row.rules();
        mesh.routes.clear();
        if (!row.rules().isEmpty()) {
            mesh.routes.add(new HttpRoute(
                    HttpRoute.Kind.HTTP,
                    new ServiceName("shop", "route"),
                    Instant.EPOCH,
                    List.of(new HttpRoute.Parent(Mesh.CHECKOUT, OptionalInt.empty())),
                    row.rules()));
        }
        caller.configure(mesh.configuration(mesh.east));
    }

    private void check(SameRow row, Map<String, String> wanted, Observed seen, String way) {
        seen.against(wanted).forEach(wrong -> failures.add(way + ": " + row.name() + ": " + wrong));
    }

    private void compare(SameRow row, Place walk, Place envoy) throws Exception {
        routes(row);
        Observed ours = observe(row, walk);
        Observed theirs = observe(row, envoy);
        Set<String> differences = new TreeSet<>(ours.differences(theirs));
        if (row.own()) { // the words of an answer of a proxy's own are its own
            differences.removeIf(name -> name.startsWith("got."));
        }
        differences.stream()
                .filter(name -> !row.envoy().contains(name))
                .forEach(name -> failures.add("envoy: " + row.name() + ": " + name + " is "
                        + Observed.shown(theirs.value(name).orElse("-")) + ", ours "
                        + Observed.shown(ours.value(name).orElse("-"))));
        row.envoy().stream()
                .filter(name -> !differences.contains(name))
                .forEach(name ->
                        failures.add("envoy: " + row.name() + ": " + name + " is the same, though said not to be"));
    }

    private Observed observe(SameRow row, Place at) throws Exception {
        app.says(row.answers());
        canary.says(List.of());
        var seen = new Observed();
        int before = at.talk().calls.get();
        try {
            SameClient.run(row, row.isCall() ? at.grpc() : at.http(), seen);
        } catch (IOException broken) {
            seen.add("client", String.valueOf(broken.getMessage()));
        }
        if (row.isMirrored()) {
            canary.awaitOne();
        }
        if (row.isCall()) {
            seen.add("calls", "" + (at.talk().calls.get() - before));
        }
        if (row.expects().containsKey("cancelled")) {
            at.talk().cancelled.get(5, TimeUnit.SECONDS);
            seen.add("cancelled", "yes");
        }
        tell(seen, "app", app.got());
        tell(seen, "canary", canary.got());
        return seen;
    }

    private static void tell(Observed seen, String who, List<PlainHttp.Message> got) {
        for (int i = 0; i < got.size(); i++) {
            PlainHttp.Message message = got.get(i);
            seen.message(who + (i == 0 ? "" : i + 1), message.method() + " " + message.target(), message);
        }
    }
}
