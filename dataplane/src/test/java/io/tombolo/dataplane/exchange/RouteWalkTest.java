package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.httproute.Backend;
import io.tombolo.model.httproute.HeaderChange;
import io.tombolo.model.httproute.HttpRoute;
import io.tombolo.model.httproute.Mirror;
import io.tombolo.model.httproute.NameValue;
import io.tombolo.model.httproute.PathChange;
import io.tombolo.model.httproute.PathMatch;
import io.tombolo.model.httproute.Redirect;
import io.tombolo.model.httproute.RouteLimits;
import io.tombolo.model.httproute.RouteMatch;
import io.tombolo.model.httproute.RouteRetry;
import io.tombolo.model.httproute.RouteRule;
import io.tombolo.model.httproute.RouteTarget;
import io.tombolo.model.httproute.ValueMatch;
import io.tombolo.model.name.Callee;
import io.tombolo.model.name.Hostname;
import io.tombolo.model.name.ServiceName;
import io.tombolo.wire.expression.LinearExpression;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that meet routes on their way out. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class RouteWalkTest {
    private static final String URL = "http://checkout.shop.svc.clusterset.local";
    private static final RouteTarget TO_CANARY = to(Backend.of(Mesh.canaryPort(), 1));
    private static final RouteTarget TO_ITSELF = to(Backend.of(Mesh.http(), 1));

    private final Mesh mesh = new Mesh();
    private final TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);
    private RawApp checkout;
    private RawApp canary;

    @BeforeEach
    void twoServices() throws IOException {
        checkout = RawApp.answering(RawApp.ok("stable"));
        canary = RawApp.answering(RawApp.ok("canary"));
        mesh.inEast(1, checkout.port());
        mesh.canary(2, canary.port());
    }

    @AfterEach
    void end() {
        mesh.close();
    }

    @Test
    void aHeaderLeadsToTheOtherServiceUnderItsOwnNameAndTheRestStays() throws IOException {
        // Given
        push(
                rule(matching(NameValue.header("x-user", "tester")), HeaderChange.NONE, HeaderChange.NONE, TO_CANARY),
                rule(RouteMatch.ANY, HeaderChange.NONE, HeaderChange.NONE, TO_ITSELF));
        // When
        String tester = get("/cart?item=1", "X-User: tester\r\n");
        String other = get("/cart", "X-User: somebody\r\n");
        // Then
        assertThat(tester).endsWith("canary");
        assertThat(head(canary))
                .startsWith("get /cart?item=1 http/1.1\r\n")
                .contains("host: canary.shop.svc.clusterset.local\r\n")
                .contains("x-forwarded-host: checkout.shop.svc.clusterset.local\r\n");
        assertThat(other).endsWith("stable");
        assertThat(head(checkout))
                .contains("host: checkout.shop.svc.clusterset.local\r\n")
                .doesNotContain("x-forwarded-host");
        assertThat(caller.counted("tombolo_route_results_total{result=\"forwarded\"}"))
                .isEqualTo(2);
    }

    @Test
    void aCallForOneInstanceIsNotRouted() throws IOException {
        // Given
        push(rule(RouteMatch.ANY, HeaderChange.NONE, HeaderChange.NONE, TO_CANARY));
        int one = caller.bind(new Callee.One(Mesh.CHECKOUT, mesh.east.id(), Mesh.instance(1)).at(Mesh.HTTP_PORT));
        // When, then
        assertThat(get("/", "")).endsWith("canary");
        assertThat(RawClient.once(one, "GET / HTTP/1.1\r\nHost: it\r\nConnection: close\r\n\r\n"))
                .endsWith("stable");
    }

    @Test
    void anExpressionDecidesAndOnlyTheBackendThatWasDrawnChangesHeaders() throws IOException {
        // Given
        var versions = new RouteMatch(
                new PathMatch.Like(LinearExpression.of("/v[2-9](/.*)?")),
                Optional.empty(),
                List.of(ValueMatch.Like.header("x-user", LinearExpression.of("test.*"))),
                List.of(ValueMatch.Like.query("q", LinearExpression.of("a|b"))));
        var toCanary = new HeaderChange(List.of(NameValue.changed("x-to", "canary")), List.of(), List.of());
        var fromCanary = new HeaderChange(List.of(NameValue.changed("x-from", "canary")), List.of(), List.of("x-rule"));
        var ofRule = new HeaderChange(List.of(NameValue.changed("x-rule", "r")), List.of(), List.of());
        push(
                rule(
                        versions,
                        ofRule,
                        ofRule,
                        to(new Backend(Optional.of(Mesh.canaryPort()), 1, toCanary, fromCanary))),
                rule(RouteMatch.ANY, HeaderChange.NONE, HeaderChange.NONE, TO_ITSELF));
        // When
        String chosen = get("/v2/cart?q=b", "X-User: tester\r\n");
        List<String> others = List.of(
                get("/v1/cart?q=b", "X-User: tester\r\n"),
                get("/v2/cart?q=c", "X-User: tester\r\n"),
                get("/v2/cart?q=b", "X-User: a tester\r\n"),
                get("/v2/cart?q=b", ""));
        // Then
        assertThat(chosen.toLowerCase(Locale.ROOT)).contains("x-from: canary\r\n", "x-rule: r\r\n");
        assertThat(head(canary)).contains("x-to: canary\r\n", "x-rule: r\r\n");
        assertThat(others).allMatch(said -> said.endsWith("stable") && !said.contains("x-from"));
        assertThat(checkout.heads)
                .noneMatch(head -> head.toLowerCase(Locale.ROOT).contains("x-to"));
    }

    @Test
    void aRouteWritesAnotherHostWhereTheDestinationsOwnerLetsIt() throws IOException {
        // Given
        push(rule(
                RouteMatch.ANY,
                HeaderChange.NONE,
                HeaderChange.NONE,
                new RouteTarget.Forward(
                        List.of(Backend.of(Mesh.http(), 1)),
                        Optional.empty(),
                        Optional.of(new Hostname("shop.example.com")),
                        List.of())));
        // When nobody granted it, then
        assertThat(get("/", "")).startsWith("HTTP/1.1 421").contains("TB-2014");
        assertThat(checkout.heads).isEmpty();
        // And when the owner did
        mesh.hostnames = Set.of(new Hostname("shop.example.com"));
        mesh.push();
        assertThat(get("/", "")).endsWith("stable");
        assertThat(head(checkout))
                .contains("host: shop.example.com\r\n")
                .contains("x-forwarded-host: checkout.shop.svc.clusterset.local\r\n");
    }

    @Test
    void weightsDivideRequestsOfOneConnection() throws IOException {
        // Given
        push(rule(
                RouteMatch.ANY,
                HeaderChange.NONE,
                HeaderChange.NONE,
                to(Backend.of(Mesh.http(), 3), Backend.of(Mesh.canaryPort(), 1))));
        // When
        int toCanary = 0;
        try (var client = new RawClient(caller.proxyPort())) {
            for (int i = 0; i < 400; i++) {
                client.send(request("GET", "/", ""));
                toCanary += client.answer().endsWith("canary") ? 1 : 0;
            }
        }
        // Then: 100 expected; six standard deviations are 52
        assertThat(toCanary).isBetween(48, 152);
        assertThat(caller.summed("tombolo_mesh_connections_opened_total", "direction=\"outbound\""))
                .isEqualTo(2);
    }

    @Test
    void headersAndPathAreChangedOnBothWays() throws IOException {
        // Given
        var request = new HeaderChange(
                List.of(NameValue.changed("X-Env", "test")),
                List.of(NameValue.changed("x-tag", "b")),
                List.of("X-Old"));
        var answer = new HeaderChange(List.of(NameValue.changed("x-from", "route")), List.of(), List.of());
        push(rule(
                prefix("/api"),
                request,
                answer,
                new RouteTarget.Forward(
                        List.of(Backend.of(Mesh.http(), 1)), Optional.of(new PathChange.Prefix("/v2")))));
        // When
        String said = get("/api/cart?a=%2F", "X-Env: prod\r\nX-Old: 1\r\nX-Tag: a\r\n");
        // Then
        assertThat(head(checkout))
                .startsWith("get /v2/cart?a=%2f http/1.1\r\n")
                .contains("x-env: test\r\n", "x-tag: a\r\n", "x-tag: b\r\n")
                .doesNotContain("x-old", "prod");
        assertThat(said.toLowerCase(Locale.ROOT)).contains("\r\nx-from: route\r\n");
    }

    @Test
    void aRedirectIsAnsweredHereAndTheConnectionGoesOn() throws IOException {
        // Given
        var redirect = new Redirect(
                Optional.of("https"),
                Optional.empty(),
                Optional.of(new PathChange.Prefix("/new")),
                OptionalInt.empty(),
                308);
        push(
                rule(prefix("/old"), HeaderChange.NONE, HeaderChange.NONE, new RouteTarget.Elsewhere(redirect)),
                rule(RouteMatch.ANY, HeaderChange.NONE, HeaderChange.NONE, TO_ITSELF));
        try (var client = new RawClient(caller.proxyPort())) {
            // When
            client.send(request("GET", "/old/a?b=1", ""));
            // Then
            assertThat(client.answer().toLowerCase(Locale.ROOT))
                    .startsWith("http/1.1 308 ")
                    .contains("location: https://checkout.shop.svc.clusterset.local/new/a?b=1\r\n");
            client.send(request("GET", "/", ""));
            assertThat(client.answer()).endsWith("stable");
        }
        assertThat(checkout.heads).hasSize(1);
    }

    @Test
    void whatNoRuleIsForIsRefusedWithItsCode() throws IOException {
        // Given
        push(rule(prefix("/api"), HeaderChange.NONE, HeaderChange.NONE, TO_ITSELF));
        // When
        String answer = get("/apis", "");
        // Then
        assertThat(answer).startsWith("HTTP/1.1 404 ").contains("TB-2027 NO_ROUTE");
        assertThat(checkout.heads).isEmpty();
    }

    @Test
    void theShareOfABackendThatIsNotThereIsRefusedAndNotGivenToOthers() throws IOException {
        // Given
        push(rule(RouteMatch.ANY, HeaderChange.NONE, HeaderChange.NONE, to(new Backend(Optional.empty(), 1))));
        // When
        String answer = get("/", "");
        // Then
        assertThat(answer).startsWith("HTTP/1.1 500 ").contains("TB-2028 NO_BACKEND", "ResolvedRefs");
        assertThat(checkout.heads).isEmpty();
    }

    @Test
    void aRulesTimeoutCountsUnlessTheCallerSaysItsOwn() throws IOException {
        // Given
        var silent = RawApp.start((in, out, socket) -> {
            while (!RawApp.head(in).isEmpty()) {
                // says nothing
            }
        });
        mesh.eastInstances.clear();
        mesh.inEast(3, silent.port());
        push(new RouteRule(
                List.of(RouteMatch.ANY),
                HeaderChange.NONE,
                HeaderChange.NONE,
                TO_ITSELF,
                new RouteLimits(Optional.of(Duration.ofMillis(300)), Optional.empty(), Optional.empty())));
        // When, then
        assertThat(waited(get("/", ""))).isBetween(1, 300);
        assertThat(waited(get("/", "Tombolo-Timeout: 100ms\r\n"))).isBetween(1, 100);
    }

    @Test
    void anAttemptThatIsTooSlowIsMadeElsewhere() throws IOException {
        // Given: of two instances one says nothing, and the other has answered before, so that it is not slow for being
        // new
        var silent = RawApp.start((in, out, socket) -> {
            while (!RawApp.head(in).isEmpty()) {
                // says nothing
            }
        });
        mesh.push();
        for (int i = 0; i < 8; i++) {
            assertThat(get("/", "")).startsWith("HTTP/1.1 200 ");
        }
        mesh.inEast(3, silent.port());
        push(limited(new RouteLimits(
                Optional.of(Duration.ofSeconds(9)), Optional.of(Duration.ofMillis(500)), Optional.empty())));
        // When, then
        for (int i = 0; i < 12; i++) {
            assertThat(get("/", "")).startsWith("HTTP/1.1 200 ");
        }
        assertThat(silent.connections.get()).as("it was asked as well").isPositive();
        // and what may not be sent twice is not
        mesh.eastInstances.clear();
        mesh.inEast(4, silent.port());
        mesh.push();
        assertThat(RawClient.once(
                        caller.proxyPort(), request("POST", "/", "Content-Length: 0\r\nConnection: close\r\n")))
                .startsWith("HTTP/1.1 504 ")
                .contains("within 500 ms");
    }

    @Test
    void statusesThatARouteNamesAreTriedAgainAndOthersAreNot() throws IOException {
        // Given: an application that fails every request but the third
        var asked = new AtomicInteger();
        var failing = RawApp.start((in, out, socket) -> {
            for (String head = RawApp.head(in); !head.isEmpty(); head = RawApp.head(in)) {
                String status = asked.incrementAndGet() == 3 ? "200 OK" : "503 No";
                String answer = "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n";
                out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            }
        });
        mesh.eastInstances.clear();
        mesh.inEast(3, failing.port());
        var retry = new RouteRetry(2, Set.of(503), Duration.ofMillis(5));
        push(limited(new RouteLimits(Optional.empty(), Optional.empty(), Optional.of(retry))));
        // When, then: the third attempt is the last one
        assertThat(get("/", "")).startsWith("HTTP/1.1 200 ");
        assertThat(asked).hasValue(3);
        assertThat(get("/", "")).startsWith("HTTP/1.1 503 ");
        assertThat(asked).hasValue(6);
        assertThat(RawClient.once(
                        caller.proxyPort(), request("POST", "/", "Content-Length: 0\r\nConnection: close\r\n")))
                .startsWith("HTTP/1.1 503 ");
        assertThat(asked).as("a POST is sent once").hasValue(7);
    }

    private static RouteRule limited(RouteLimits limits) {
        return new RouteRule(List.of(RouteMatch.ANY), HeaderChange.NONE, HeaderChange.NONE, TO_ITSELF, limits);
    }

    /** How long who gave up says that it waited; the destination waits a little less than the caller. */
    private static int waited(String answer) {
        assertThat(answer).startsWith("HTTP/1.1 504 ");
        Matcher said = Pattern.compile("within ([0-9]+) ms").matcher(answer);
        assertThat(said.find()).as(answer).isTrue();
        return Integer.parseInt(said.group(1));
    }

    private void push(RouteRule... rules) {
        mesh.routes.add(new HttpRoute(
                HttpRoute.Kind.HTTP,
                new ServiceName("shop", "route"),
                Instant.EPOCH,
                List.of(new HttpRoute.Parent(Mesh.CHECKOUT, OptionalInt.empty())),
                List.of(rules)));
        mesh.push();
    }

    private static RouteRule rule(RouteMatch match, HeaderChange request, HeaderChange answer, RouteTarget target) {
        return new RouteRule(List.of(match), request, answer, target, RouteLimits.NONE);
    }

    private static RouteMatch matching(NameValue header) {
        return new RouteMatch(PathMatch.ANY, Optional.empty(), List.of(header), List.of());
    }

    private static RouteMatch prefix(String path) {
        return new RouteMatch(new PathMatch.Prefix(path), Optional.empty(), List.of(), List.of());
    }

    /** Everything, and a copy of it to the canary. */
    private void pushMirrored() {
        push(rule(
                RouteMatch.ANY,
                HeaderChange.NONE,
                HeaderChange.NONE,
                new RouteTarget.Forward(
                        List.of(Backend.of(Mesh.http(), 1)),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(new Mirror(Mesh.canaryPort(), 1, 1)))));
    }

    private static RouteTarget to(Backend... backends) {
        return new RouteTarget.Forward(List.of(backends), Optional.empty());
    }

    private String request(String method, String path, String fields) {
        return method + " " + URL + path + " HTTP/1.1\r\nHost: ignored\r\n" + caller.authorization() + fields + "\r\n";
    }

    private String get(String path, String fields) throws IOException {
        return RawClient.once(caller.proxyPort(), request("GET", path, fields + "Connection: close\r\n"));
    }

    private static String head(RawApp app) {
        return app.heads.getFirst().toLowerCase(Locale.ROOT);
    }

    @Test
    void aMirrorGetsEachRequestWithItsBodyAndNothingOfItComesBack() throws IOException {
        // Given: the mirror fails, and takes its time
        RawApp stable = echoing("stable ");
        RawApp mirror = echoing("mirror ");
        mesh.eastInstances.clear();
        mesh.canaries.clear();
        mesh.inEast(3, stable.port());
        mesh.canary(4, mirror.port());
        pushMirrored();
        // When
        try (var client = new RawClient(caller.proxyPort())) {
            client.send(request("POST", "/pay", "Content-Length: 5\r\n") + "money");
            // Then
            assertThat(client.answer()).endsWith("stable money");
            client.send(request("GET", "/", ""));
            assertThat(client.answer()).endsWith("stable ");
        }
        while (mirror.heads.size() < 2) {
            Thread.onSpinWait();
        }
        assertThat(mirror.heads.getFirst().toLowerCase(Locale.ROOT))
                .startsWith("post /pay http/1.1\r\n")
                .contains("host: canary.shop.svc.clusterset.local\r\n")
                .endsWith("money");
    }

    @Test
    void aMirrorThatIsNotThereOrDoesNotReadHoldsUpNobody() throws IOException {
        // Given
        RawApp stable = echoing("");
        RawApp deaf = RawApp.start((in, out, socket) -> stable.awaitQuiet());
        mesh.eastInstances.clear();
        mesh.canaries.clear();
        mesh.inEast(3, stable.port());
        mesh.canary(4, deaf.port());
        pushMirrored();
        String body = "x".repeat(8 * 1_024 * 1_024);
        // When
        try (var client = new RawClient(caller.proxyPort())) {
            client.send(request("POST", "/", "Content-Length: " + body.length() + "\r\n") + body);
            // Then
            assertThat(client.answer()).endsWith(body);
        }
        assertThat(caller.counted("tombolo_copied_requests_total{result=\"given_up\"}"))
                .isEqualTo(1);
    }

    @Test
    void aMirrorThatIsGoneFailsNobody() throws IOException {
        // Given: a mirror that nobody here may call
        mesh.canaries.clear();
        pushMirrored();
        // When, then
        assertThat(get("/", "")).endsWith("stable");
        assertThat(caller.counted("tombolo_copied_requests_total{result=\"not_there\"}"))
                .isEqualTo(1);
    }

    /** Answers with what it is told and the body; remembers heads with bodies. */
    private static RawApp echoing(String says) throws IOException {
        RawApp[] self = new RawApp[1];
        self[0] = RawApp.start((in, out, socket) -> {
            for (String head = RawApp.head(in); !head.isEmpty(); head = RawApp.head(in)) {
                int length = head.lines()
                        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                        .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                        .findFirst()
                        .orElse(0);
                String body = new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
                self[0].heads.add(head + body);
                out.write(RawApp.ok(says + body).getBytes(StandardCharsets.ISO_8859_1));
            }
        });
        return self[0];
    }
}
