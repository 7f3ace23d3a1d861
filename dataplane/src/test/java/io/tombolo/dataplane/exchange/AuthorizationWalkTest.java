package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tombolo.dataplane.accesslog.AccessLogSettings;
import io.tombolo.model.authorization.Among;
import io.tombolo.model.authorization.AuthorizationPolicy;
import io.tombolo.model.authorization.AuthorizationPolicy.Action;
import io.tombolo.model.authorization.AuthorizationPolicy.Mode;
import io.tombolo.model.authorization.AuthorizationRule;
import io.tombolo.model.authorization.CallerMatch;
import io.tombolo.model.authorization.HeaderMatch;
import io.tombolo.model.authorization.IdPattern;
import io.tombolo.model.authorization.PathPattern;
import io.tombolo.model.authorization.RequestMatch;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.ServiceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls that meet policies in the destination's sidecar. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class AuthorizationWalkTest {
    private static final String REFUSALS = "tombolo_authorization_refusals_total{mode=\"%s\"}";
    private static final String HOST = "Host: checkout.shop\r\n";

    private static final List<String> WAYS_TO_ADMIN = List.of(
            "/admin",
            "/admin/",
            "/admin/x",
            "/%61dmin",
            "/public/../admin",
            "/public/%2e%2e/admin",
            "/public%2f..%2fadmin",
            "//admin",
            "/public/..;/admin",
            "/public\\..\\admin",
            "/public/%5c../admin",
            "/admin%00",
            "/public%c0%af..%c0%afadmin");

    private final Mesh mesh = new Mesh();
    private final TestSidecar frontend = mesh.sidecar(mesh.east, "frontend", 0, 0);

    @TempDir
    private Path home;

    @AfterEach
    void end() {
        mesh.close();
    }

    // ---- what is allowed

    private static AuthorizationPolicy policy(String name, Action action, Mode mode, AuthorizationRule... rules) {
        return new AuthorizationPolicy(
                new ServiceName("shop", name), Optional.of("checkout"), action, mode, List.of(rules));
    }

    private static AuthorizationRule to(RequestMatch to) {
        return new AuthorizationRule(List.of(), List.of(to), List.of());
    }

    private static RequestMatch paths(String... paths) {
        return new RequestMatch(
                Among.any(),
                Among.any(),
                Among.of(List.of(paths).stream().map(PathPattern::parse).toList(), List.of()));
    }

    private AuthorizationRule from(String account) {
        return new AuthorizationRule(
                List.of(new CallerMatch(
                        Among.of(
                                List.of(IdPattern.parse(
                                        mesh.east.workloadId(account).toString())),
                                List.of()),
                        Among.any(),
                        Among.any(),
                        Among.any())),
                List.of(),
                List.of());
    }

    private static AuthorizationRule fromCluster(ClusterId cluster) {
        return new AuthorizationRule(
                List.of(new CallerMatch(Among.any(), Among.any(), Among.any(), Among.of(List.of(cluster), List.of()))),
                List.of(),
                List.of());
    }

    private static final AuthorizationRule ANYTHING = new AuthorizationRule(List.of(), List.of(), List.of());

    private TestSidecar serve(RawApp app, AuthorizationPolicy... policies) {
        TestSidecar server = mesh.inEast(1, app.port());
        now(policies);
        return server;
    }

    private void now(AuthorizationPolicy... policies) {
        mesh.policies.clear();
        mesh.policies.addAll(List.of(policies));
        mesh.push();
    }

    private String ask(TestSidecar caller, String method, String path) throws IOException {
        return RawClient.once(
                caller.proxyPort(),
                method + " http://checkout.shop" + path + " HTTP/1.1\r\nHost: x\r\n" + caller.authorization()
                        + "Connection: close\r\n\r\n");
    }

    @Test
    void whoIsAllowedGetsInAndWhoIsNotHearsThatAndNothingElse() throws IOException {
        // Given
        RawApp app = RawApp.answering(RawApp.ok("answer"));
        TestSidecar server = serve(app, policy("secret-name", Action.ALLOW, Mode.ENFORCE, from("frontend")));
        TestSidecar batch = mesh.sidecar(mesh.east, "batch", 7, 0);
        mesh.push();
        // When
        String allowed = ask(frontend, "GET", "/");
        String refused = ask(batch, "GET", "/");
        // Then
        assertThat(allowed).startsWith("HTTP/1.1 200 ").endsWith("answer");
        assertThat(refused)
                .startsWith("HTTP/1.1 403 ")
                .endsWith("TB-2029 NOT_AUTHORIZED service shop/checkout:80: the caller may not do this. "
                        + "Ask the service's owner.\n")
                .doesNotContain("secret-name");
        assertThat(app.heads).hasSize(1);
        assertThat(server.counted(REFUSALS.formatted("enforce"))).isPositive();
        assertThat(server.counted("tombolo_faults_total{code=\"TB-2029\"}")).isPositive();
    }

    @Test
    void theCallersClusterIsTheOneThatItsTrustDomainIsBoundTo() throws IOException {
        // Given
        RawApp app = RawApp.answering(RawApp.ok("answer"));
        TestSidecar server = mesh.inWest(1, app.port());
        mesh.westGateways.put(Mesh.instance(90), BlindGateway.to(server).address());
        now(policy("deny", Action.DENY, Mode.ENFORCE, fromCluster(mesh.west.id())));
        assertThat(ask(frontend, "GET", "/")).startsWith("HTTP/1.1 200 ");
        // When
        now(policy("deny", Action.DENY, Mode.ENFORCE, fromCluster(mesh.east.id())));
        // Then
        assertThat(ask(frontend, "GET", "/")).startsWith("HTTP/1.1 403 ");
    }

    @Test
    void noWayOfWritingAPathGetsAroundAPolicy() throws IOException {
        // Given
        RawApp app = RawApp.answering(RawApp.ok("answer"));
        AuthorizationPolicy deny = policy("deny", Action.DENY, Mode.ENFORCE, to(paths("/admin/*")));
        AuthorizationPolicy allow = policy("allow", Action.ALLOW, Mode.ENFORCE, to(paths("/public/*")));
        serve(app);
        for (AuthorizationPolicy policy : List.of(deny, allow)) {
            now(policy);
            for (String path : WAYS_TO_ADMIN) {
                // When, then
                assertThat(ask(frontend, "GET", path)).as(path).startsWith("HTTP/1.1 403 ");
            }
        }
        assertThat(app.heads).isEmpty();
    }

    @Test
    void methodsAndHeadersDecideForEachRequestOfAConnection() throws IOException {
        // Given
        RawApp app = RawApp.answering(RawApp.ok("answer"));
        var reads = new RequestMatch(Among.any(), Among.of(List.of("GET"), List.of()), Among.any());
        var rule =
                new AuthorizationRule(List.of(), List.of(reads), List.of(new HeaderMatch.Present("x-override", false)));
        serve(app, policy("allow", Action.ALLOW, Mode.ENFORCE, rule));
        // When, then
        try (var client = new RawClient(frontend.bind(Mesh.http()))) {
            client.send("GET / HTTP/1.1\r\n" + HOST + "\r\n");
            assertThat(client.answer()).startsWith("HTTP/1.1 200 ");
            client.send("DELETE / HTTP/1.1\r\n" + HOST + "\r\n");
            assertThat(client.answer()).startsWith("HTTP/1.1 403 ");
            client.send("GET / HTTP/1.1\r\n" + HOST + "X-Override: DELETE\r\n\r\n");
            assertThat(client.answer()).startsWith("HTTP/1.1 403 ");
            client.send("GET / HTTP/1.1\r\n" + HOST + "\r\n");
            assertThat(client.answer()).startsWith("HTTP/1.1 200 ");
        }
        assertThat(app.heads).hasSize(2);
    }

    // ---- who has an identity, but no sidecar

    @Test
    void anIntruderWithAValidIdentityIsNobodyElseWhateverItsHeadersSay() throws Exception {
        // Given
        RawApp app = RawApp.answering(RawApp.ok("answer"));
        TestSidecar server = serve(app, policy("allow", Action.ALLOW, Mode.ENFORCE, from("frontend")));
        String id = mesh.east.workloadId("frontend").toString();
        String forged = "GET / HTTP/1.1\r\n" + HOST + "tombolo-caller: " + id + "\r\nTombolo-Caller: " + id
                + "\r\nx-forwarded-client-cert: URI=" + id + "\r\nConnection: close\r\n\r\n";
        // When
        String asItself = Intruder.says(mesh.east.workload("batch"), server, Mesh.http(), "http/1.1", forged);
        String asFrontend = Intruder.says(mesh.east.workload("frontend"), server, Mesh.http(), "http/1.1", forged);
        // Then
        assertThat(asItself).startsWith("HTTP/1.1 403 ").contains("tombolo-outcome: v=1;b=policy;c=TB-2029;r=0");
        assertThat(asFrontend).startsWith("HTTP/1.1 200 ");
        assertThat(app.heads).hasSize(1);
    }

    @Test
    void aHeaderThatTheSidecarTakesOutIsNotThereForPoliciesEither() throws Exception {
        // Given
        RawApp app = RawApp.answering(RawApp.ok("answer"));
        var signed = new AuthorizationRule(List.of(), List.of(), List.of(new HeaderMatch.Present("x-signed", true)));
        TestSidecar server = serve(app, policy("allow", Action.ALLOW, Mode.ENFORCE, signed));
        String request = "GET / HTTP/1.1\r\n" + HOST + "X-Signed: 1\r\nConnection: close%s\r\n\r\n";
        // When
        String taken = Intruder.says(
                mesh.east.workload("batch"), server, Mesh.http(), "http/1.1", request.formatted(", x-signed"));
        String kept =
                Intruder.says(mesh.east.workload("batch"), server, Mesh.http(), "http/1.1", request.formatted(""));
        // Then
        assertThat(taken).startsWith("HTTP/1.1 403 ");
        assertThat(kept).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void anAbsoluteTargetDoesNotHideAPath() throws Exception {
        // Given
        RawApp app = RawApp.answering(RawApp.ok("answer"));
        TestSidecar server = serve(app, policy("deny", Action.DENY, Mode.ENFORCE, to(paths("/admin/*"))));
        // When
        String answer = Intruder.says(
                mesh.east.workload("batch"),
                server,
                Mesh.http(),
                "http/1.1",
                "GET http://checkout.shop/admin HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");
        // Then
        assertThat(answer).startsWith("HTTP/1.1 4");
        assertThat(app.heads).isEmpty();
    }

    // ---- TCP

    @Test
    void aTcpConnectionThatPoliciesRefuseReachesNoApplication() throws IOException {
        // Given
        RawApp app = RawApp.start((in, out, socket) -> in.transferTo(out));
        var delete = new RequestMatch(Among.any(), Among.of(List.of("DELETE"), List.of()), Among.any());
        TestSidecar server = serve(app, policy("deny", Action.DENY, Mode.ENFORCE, to(delete)));
        // When
        try (var client = new RawClient(frontend.bind(Mesh.tcp()))) {
            client.send("anything");
            // Then
            assertThat(isEnded(client)).isTrue();
        }
        assertThat(app.connections).hasValue(0);
        assertThat(server.counted(REFUSALS.formatted("enforce"))).isPositive();
    }

    @Test
    void aTcpConnectionEndsWhenItIsNotAllowedAnyMoreAndAnotherOneGoesOn() throws IOException {
        // Given
        mesh.accessLog = new AccessLogSettings(home.resolve("access.json").toString(), false, 64, 100);
        RawApp app = RawApp.start((in, out, socket) -> in.transferTo(out));
        TestSidecar server = serve(app, policy("allow", Action.ALLOW, Mode.ENFORCE, from("frontend"), from("batch")));
        TestSidecar batch = mesh.sidecar(mesh.east, "batch", 7, 0);
        mesh.push();
        try (var stays = new RawClient(frontend.bind(Mesh.tcp()));
                var goes = new RawClient(batch.bind(Mesh.tcp()))) {
            assertThat(echo(stays)).isEqualTo("ping");
            assertThat(echo(goes)).isEqualTo("ping");
            // When
            now(policy("allow", Action.ALLOW, Mode.ENFORCE, from("frontend")));
            // Then
            assertThat(isEnded(goes)).isTrue();
            assertThat(echo(stays)).isEqualTo("ping");
        }
        assertThat(server.counted("tombolo_authorization_closed_total")).isEqualTo(1);
        mesh.close();
        assertThat(Files.readString(home.resolve("access.json"))).contains("\"blame\":\"POLICY\",\"code\":\"TB-2029\"");
    }

    @Test
    void aTunnelMadeByUpgradeEndsWhenItIsNotAllowedAnyMoreAndOthersAreForgotten() throws IOException {
        // Given
        RawApp app = RawApp.start((in, out, socket) -> {
            String head = RawApp.head(in).toLowerCase(Locale.ROOT);
            if (head.contains("upgrade: echo")) {
                out.write(
                        "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\n".getBytes());
                in.transferTo(out);
            } else {
                out.write(RawApp.ok("no").getBytes());
            }
        });
        TestSidecar server = serve(app);
        String asked = "GET / HTTP/1.1\r\n" + HOST + "Connection: Upgrade\r\nUpgrade: %s\r\n\r\n";
        try (var declined = new RawClient(frontend.bind(Mesh.http()));
                var tunnel = new RawClient(frontend.bind(Mesh.http()))) {
            declined.send(asked.formatted("else"));
            assertThat(declined.answer()).endsWith("no");
            tunnel.send(asked.formatted("echo"));
            RawApp.head(tunnel.in);
            assertThat(echo(tunnel)).isEqualTo("ping");
            assertThat(server.counted("tombolo_authorization_watched")).isEqualTo(1);
            // When
            now(policy("deny", Action.DENY, Mode.ENFORCE, ANYTHING));
            // Then
            assertThat(isEnded(tunnel)).isTrue();
        }
    }

    @Test
    void anAnswerOfUnknownLengthEndsWhenItIsNotAllowedAnyMoreAndOneOfAnotherCallerGoesOn() throws Exception {
        // Given: events, for as long as anybody listens
        var more = new LinkedBlockingQueue<String>();
        RawApp app = RawApp.start((in, out, socket) -> {
            RawApp.head(in);
            out.write(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n"
                            .getBytes());
            out.flush();
            out.write(taken(more).getBytes());
        });
        TestSidecar server = serve(app);
        TestSidecar batch = mesh.sidecar(mesh.east, "batch", 7, 0);
        mesh.push();
        String asked = "GET /events HTTP/1.1\r\n" + HOST + "\r\n";
        try (var stays = new RawClient(frontend.bind(Mesh.http()));
                var goes = new RawClient(batch.bind(Mesh.http()))) {
            for (RawClient client : List.of(stays, goes)) {
                client.send(asked);
                assertThat(RawApp.head(client.in)).contains("event-stream");
                assertThat(new String(client.in.readNBytes(10))).isEqualTo("5\r\nfirst\r\n");
            }
            assertThat(server.counted("tombolo_authorization_watched")).isEqualTo(2);
            // When
            now(policy("allow", Action.ALLOW, Mode.ENFORCE, from("frontend")));
            // Then
            assertThat(isEnded(goes)).isTrue();
            more.add("4\r\nlast\r\n0\r\n\r\n");
            more.add("4\r\nlast\r\n0\r\n\r\n");
            assertThat(new String(stays.in.readNBytes(14))).isEqualTo("4\r\nlast\r\n0\r\n\r\n");
        }
        assertThat(server.counted("tombolo_authorization_closed_total")).isEqualTo(1);
        await().until(() -> server.counted("tombolo_authorization_watched") == 0);
    }

    private static String taken(LinkedBlockingQueue<String> queue) {
        try {
            return queue.take();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static String echo(RawClient client) throws IOException {
        client.send("ping");
        return new String(client.in.readNBytes(4));
    }

    private static boolean isEnded(RawClient client) {
        try {
            return client.in.read() < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    // ---- audit

    @Test
    void anAuditedPolicyLetsThroughAndCounts() throws IOException {
        // Given
        TestSidecar server =
                serve(RawApp.answering(RawApp.ok("answer")), policy("try", Action.DENY, Mode.AUDIT, ANYTHING));
        // When
        String answer = ask(frontend, "GET", "/");
        // Then
        assertThat(answer).startsWith("HTTP/1.1 200 ");
        assertThat(server.counted(REFUSALS.formatted("audit"))).isEqualTo(1);
        assertThat(server.counted(REFUSALS.formatted("enforce"))).isZero();
    }
}
