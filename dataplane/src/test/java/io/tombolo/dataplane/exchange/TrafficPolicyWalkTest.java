package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.traffic.Balance;
import io.tombolo.model.traffic.EjectionPolicy;
import io.tombolo.model.traffic.FaultInjection;
import io.tombolo.model.traffic.HashKey;
import io.tombolo.model.traffic.RateLimit;
import io.tombolo.model.traffic.RetryBudget;
import io.tombolo.model.traffic.TrafficLimits;
import io.tombolo.model.traffic.TrafficPolicy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that meet a traffic policy, at who calls and at who serves. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class TrafficPolicyWalkTest {
    private static final int MOST_ASKED = 20_000;
    private static final int NOBODY_LISTENS = 1;
    private static final String FAILING = "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n";

    /** With one loop, and so with one view of who fails and whose turn it is. */
    private final Mesh mesh = new Mesh(1);

    private final TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);

    @AfterEach
    void end() {
        mesh.close();
    }

    @Test
    void aKeyStaysWithItsInstanceBehindAGatewayAndOthersTakeItOverWhenThatIsGone() throws IOException {
        // Given: three instances in west, known to two gateways
        var servers = new ArrayList<TestSidecar>();
        mesh.gateway(90);
        mesh.gateway(91);
        for (int number = 1; number <= 3; number++) {
            servers.add(mesh.inWest(number, app("" + number).port()));
        }
        policy(new Balance.Hash(new HashKey.Header("X-User")));
        Map<String, String> home = new HashMap<>();
        // When
        for (int round = 0; round < 3; round++) {
            for (int user = 0; user < 30; user++) {
                String by = body(get("X-User: u" + user + "\r\n"));
                // Then
                assertThat(by).isEqualTo(home.computeIfAbsent("u" + user, first -> by));
            }
        }
        assertThat(Set.copyOf(home.values())).hasSize(3);
        // and when one is gone, before anybody was told
        servers.get(1).die();
        for (int user = 0; user < 30; user++) {
            String by = body(get("X-User: u" + user + "\r\n"));
            String before = home.getOrDefault("u" + user, "");
            assertThat(by).isEqualTo(before.equals("2") ? by : before).isNotEqualTo("2");
        }
    }

    @Test
    void aCookieIsAKeyAsWellAndWhoHasNoneGoesToAnybody() throws IOException {
        // Given
        for (int number = 1; number <= 4; number++) {
            mesh.inEast(number, app("" + number).port());
        }
        policy(new Balance.Hash(new HashKey.Cookie("session")));
        var with = new HashSet<String>();
        var without = new HashSet<String>();
        // When
        for (int i = 0; i < 40; i++) {
            with.add(body(get("Cookie: a=1; session=s7; b=2\r\n")));
            without.add(body(get("Cookie: a=" + i + "\r\n")));
        }
        // Then
        assertThat(with).hasSize(1);
        assertThat(without).hasSizeGreaterThan(1);
    }

    @Test
    void whoCallsAServiceWithClientAffinityStaysWithItsInstanceUntilAPolicySaysHowCallsAreSpread() throws IOException {
        // Given
        for (int number = 1; number <= 4; number++) {
            mesh.inEast(number, app("" + number).port());
        }
        var with = new HashSet<String>();
        // When
        mesh.affinity = "ClientIP";
        mesh.push();
        for (int i = 0; i < 40; i++) {
            with.add(body(get("")));
        }
        // Then
        assertThat(with).hasSize(1);
        // and with a policy that is about something else
        limits(OptionalInt.of(9), OptionalInt.empty(), OptionalInt.empty());
        for (int i = 0; i < 40; i++) {
            with.add(body(get("")));
        }
        assertThat(with).hasSize(1);
        // and
        mesh.traffic.clear();
        policy(new Balance.RoundRobin());
        for (int i = 0; i < 40; i++) {
            with.add(body(get("")));
        }
        assertThat(with).hasSize(4);
    }

    @Test
    void roundRobinGivesEachInstanceAsManyOnEachLoop() throws IOException {
        // Given
        Map<String, Integer> counts = new HashMap<>();
        for (int number = 1; number <= 3; number++) {
            mesh.inEast(number, app("" + number).port());
        }
        policy(new Balance.RoundRobin());
        // When
        try (var client = new RawClient(caller.proxyPort())) {
            for (int i = 0; i < 30; i++) {
                client.send(request(""));
                counts.merge(body(client.answer()), 1, Integer::sum);
            }
        }
        // Then
        assertThat(counts).containsOnly(Map.entry("1", 10), Map.entry("2", 10), Map.entry("3", 10));
    }

    @Test
    void requestsBeyondTheLimitAreRefusedAndThenNotAnyMore() throws Exception {
        // Given
        var open = new CountDownLatch(1);
        mesh.inEast(1, waiting(open).port());
        limits(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(2));
        try (var first = new RawClient(caller.proxyPort());
                var second = new RawClient(caller.proxyPort())) {
            first.send(request(""));
            second.send(request(""));
            awaitInWork(2);
            // When
            String third = get("");
            open.countDown();
            // Then
            assertThat(third).startsWith("HTTP/1.1 503 ").contains("TB-2032 OVER_LIMIT", "limits.requests");
            assertThat(first.answer()).endsWith("done");
            assertThat(second.answer()).endsWith("done");
        }
        assertThat(get("")).endsWith("done");
        assertThat(caller.counted("tombolo_traffic_policy_total{result=\"over_requests\"}"))
                .isEqualTo(1);
    }

    @Test
    void withOneConnectionAllowedRequestsWaitForItInsteadOfOpeningOthers() throws Exception {
        // Given
        TestSidecar server = mesh.inEast(1, slow().port());
        limits(OptionalInt.of(1), OptionalInt.of(4), OptionalInt.empty());
        var clients = new ArrayList<RawClient>();
        for (int i = 0; i < 4; i++) {
            clients.add(new RawClient(caller.proxyPort()));
            clients.get(i).send(request(""));
        }
        // When
        for (RawClient client : clients) {
            assertThat(client.answer()).endsWith("done");
            client.close();
        }
        // Then
        assertThat(caller.summed("tombolo_mesh_connections_opened_total", "direction=\"outbound\""))
                .isEqualTo(1);
        assertThat(server.counted("tombolo_connections_accepted_total")).isEqualTo(1);
    }

    @Test
    void whoMayNotWaitForAConnectionIsToldAtOnce() throws Exception {
        // Given
        var open = new CountDownLatch(1);
        mesh.inEast(1, waiting(open).port());
        limits(OptionalInt.of(1), OptionalInt.of(1), OptionalInt.empty());
        try (var first = new RawClient(caller.proxyPort());
                var second = new RawClient(caller.proxyPort());
                var third = new RawClient(caller.proxyPort())) {
            first.send(request(""));
            awaitInWork(1);
            // When
            second.send(request(""));
            third.send(request(""));
            String refused = answered(second, third);
            open.countDown();
            // Then
            assertThat(refused).startsWith("HTTP/1.1 503 ").contains("TB-2032", "limits.pending");
            assertThat(first.answer()).endsWith("done");
        }
    }

    /** Of two, the one that is answered first. */
    private static String answered(RawClient one, RawClient other) throws IOException {
        while (one.in.available() == 0 && other.in.available() == 0) {
            Thread.onSpinWait();
        }
        return one.in.available() > 0 ? one.answer() : other.answer();
    }

    @Test
    void withoutABudgetForRetriesAFailureIsPassedOn() throws IOException {
        // Given: instances whose applications do not listen, so that another one is asked otherwise
        mesh.inEast(1, NOBODY_LISTENS);
        mesh.inEast(2, NOBODY_LISTENS);
        mesh.traffic.add(new TrafficPolicy(
                Mesh.CHECKOUT,
                Mesh.CHECKOUT,
                Instant.EPOCH,
                Balance.DEFAULT,
                Duration.ZERO,
                TrafficLimits.NONE,
                Optional.of(new RetryBudget(0, Duration.ofSeconds(10), 0)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
        mesh.push();
        // When
        String answer = get("");
        // Then
        assertThat(answer).startsWith("HTTP/1.1 503 ").contains("TB-2016");
        assertThat(caller.summed("tombolo_retries_total")).isZero();
        assertThat(caller.counted("tombolo_traffic_policy_total{result=\"over_retries\"}"))
                .isEqualTo(1);
        mesh.traffic.clear();
        mesh.push();
        assertThat(get("")).startsWith("HTTP/1.1 503 ");
        assertThat(caller.summed("tombolo_retries_total")).isPositive();
    }

    @Test
    void anInstanceTakesRequestsAsFastAsItsRateLimitSaysAndNobodyAsksAnotherInstead() throws IOException {
        // Given
        RawApp app = app("1");
        mesh.inEast(1, app.port());
        mesh.inEast(2, app.port());
        mesh.traffic.add(new TrafficPolicy(
                Mesh.CHECKOUT,
                Mesh.CHECKOUT,
                Instant.EPOCH,
                new Balance.RoundRobin(),
                Duration.ZERO,
                TrafficLimits.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new RateLimit(1, Duration.ofHours(1), 2, RateLimit.Scope.CALLER)),
                Optional.empty()));
        mesh.push();
        // When
        var answers = new ArrayList<String>();
        try (var client = new RawClient(caller.proxyPort())) {
            for (int i = 0; i < 6; i++) {
                client.send(request(""));
                answers.add(client.answer());
            }
        }
        // Then: two instances, two each
        assertThat(answers.subList(0, 4)).allMatch(answer -> answer.startsWith("HTTP/1.1 200 "));
        assertThat(answers.subList(4, 6))
                .allMatch(answer -> answer.startsWith("HTTP/1.1 429 ") && answer.contains("TB-2033"));
        assertThat(caller.summed("tombolo_retries_total")).isZero();
        assertThat(caller.summed("tombolo_ejections_total")).isZero();
    }

    @Test
    void faultsAreInjectedUntilTheyEndAndNeverReachTheApplication() throws IOException {
        // Given
        RawApp app = app("1");
        mesh.inEast(1, app.port());
        faults(Instant.now().plusSeconds(600));
        // When
        long begun = System.nanoTime();
        String answer = get("");
        long took = System.nanoTime() - begun;
        // Then
        assertThat(answer).startsWith("HTTP/1.1 418 ").contains("TB-2034 FAULT_INJECTED");
        assertThat(TimeUnit.NANOSECONDS.toMillis(took)).isGreaterThanOrEqualTo(100);
        assertThat(app.heads).isEmpty();
        // and when they are over
        faults(Instant.now().minusMillis(1));
        assertThat(get("")).startsWith("HTTP/1.1 200 ");
    }

    private void faults(Instant until) {
        mesh.traffic.clear();
        mesh.traffic.add(new TrafficPolicy(
                Mesh.CHECKOUT,
                Mesh.CHECKOUT,
                Instant.EPOCH,
                Balance.DEFAULT,
                Duration.ZERO,
                TrafficLimits.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new FaultInjection(
                        Optional.of(new FaultInjection.Delay(FaultInjection.ALL, Duration.ofMillis(100))),
                        Optional.of(new FaultInjection.Abort(FaultInjection.ALL, 418)),
                        until))));
        mesh.push();
    }

    /** One of five remote instances fails: only it is ejected. A gateway dies: no instance is. */
    @Test
    void theFailingInstanceIsEjectedAndNeitherItsSiblingsNorTheGateway() throws IOException {
        // Given
        TestGateway dying = mesh.gateway(90);
        mesh.gateway(91);
        for (int number = 1; number <= 5; number++) {
            RawApp app = number == 3 ? RawApp.answering(FAILING) : app("" + number);
            mesh.inWest(number, app.port());
        }
        mesh.traffic.add(ejecting(3));
        mesh.push();
        // When
        for (int i = 0; i < 200 && caller.summed("tombolo_ejections_total") == 0; i++) {
            get("");
        }
        // Then: the slowest of four is asked only when both choices fall on it, one time in sixteen
        var by = new HashSet<String>();
        for (int i = 0; i < 60 || by.size() < 4 && i < MOST_ASKED; i++) {
            String answer = get("");
            assertThat(answer).startsWith("HTTP/1.1 200 ");
            by.add(body(answer));
        }
        assertThat(by).containsExactlyInAnyOrder("1", "2", "4", "5");
        // and now a gateway dies
        dying.close();
        for (int i = 0; i < 60; i++) {
            assertThat(get("")).startsWith("HTTP/1.1 200 ");
        }
        assertThat(caller.summed("tombolo_ejections_total")).isEqualTo(1);
        Awaitility.await().until(() -> caller.counted("tombolo_ejected_instances") == 1);
    }

    private static TrafficPolicy ejecting(int after) {
        return new TrafficPolicy(
                Mesh.CHECKOUT,
                Mesh.CHECKOUT,
                Instant.EPOCH,
                Balance.DEFAULT,
                Duration.ZERO,
                TrafficLimits.NONE,
                Optional.empty(),
                Optional.of(new EjectionPolicy(after, Duration.ofHours(1), Duration.ofHours(1), 0.5)),
                Optional.empty(),
                Optional.empty());
    }

    private static RawApp app(String says) throws IOException {
        return RawApp.answering(RawApp.ok(says));
    }

    /** Answers nobody before {@code open}. */
    private static RawApp waiting(CountDownLatch open) throws IOException {
        return RawApp.start((in, out, socket) -> {
            while (!RawApp.head(in).isEmpty()) {
                await(open);
                out.write(RawApp.ok("done").getBytes());
            }
        });
    }

    private static void await(CountDownLatch open) {
        try {
            open.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes a while for each request, so that others come meanwhile. */
    private static RawApp slow() throws IOException {
        var busy = new CountDownLatch(1);
        return RawApp.start((in, out, socket) -> {
            while (!RawApp.head(in).isEmpty()) {
                try {
                    var _ = busy.await(50, TimeUnit.MILLISECONDS);
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
                out.write(RawApp.ok("done").getBytes());
            }
        });
    }

    private void awaitInWork(int requests) {
        while (mesh.inWork() < requests) {
            Thread.onSpinWait();
        }
    }

    private void policy(Balance balance) {
        mesh.traffic.add(policy(balance, TrafficLimits.NONE));
        mesh.push();
    }

    private void limits(OptionalInt connections, OptionalInt pending, OptionalInt requests) {
        mesh.traffic.add(
                policy(Balance.DEFAULT, new TrafficLimits(connections, pending, requests, OptionalInt.empty())));
        mesh.push();
    }

    private static TrafficPolicy policy(Balance balance, TrafficLimits limits) {
        return new TrafficPolicy(
                Mesh.CHECKOUT,
                Mesh.CHECKOUT,
                Instant.EPOCH,
                balance,
                Duration.ZERO,
                limits,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private String get(String headers) throws IOException {
        try (var client = new RawClient(caller.proxyPort())) {
            client.send(request(headers));
            return client.answer();
        }
    }

    private String request(String headers) {
        return "GET http://checkout.shop.svc.clusterset.local/ HTTP/1.1\r\nHost: checkout.shop.svc.clusterset.local\r\n"
                + caller.authorization() + headers + "\r\n";
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
}
