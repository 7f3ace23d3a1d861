package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.dataplane.relay.RetryRule;
import io.tombolo.model.traffic.RetryBudget;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class RetryWalkTest {
    private static final int NOBODY_LISTENS = 1;

    private final Mesh mesh = new Mesh();
    private final TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);

    @AfterEach
    void end() {
        mesh.close();
    }

    private String send(String method, String body) throws IOException {
        return RawClient.once(
                caller.proxyPort(),
                method + " http://checkout.shop/ HTTP/1.1\r\nHost: x\r\n" + caller.authorization()
                        + "Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** Reads a request's head and 4 bytes of body, and breaks the connection. */
    private static RawApp breaking() throws IOException {
        return RawApp.start((in, out, socket) -> {
            RawApp.head(in);
            socket.setSoLinger(true, 0);
        });
    }

    static Stream<Arguments> rules() {
        Optional<Boolean> unsaid = Optional.empty();
        return Stream.of(
                Arguments.of("GET", 1, false, true, unsaid, true),
                Arguments.of("POST", 1, false, true, unsaid, false),
                Arguments.of("PATCH", 1, false, true, unsaid, false),
                Arguments.of("CUSTOM", 1, false, true, unsaid, false),
                Arguments.of("PUT", 1, false, true, unsaid, true),
                Arguments.of("POST", 1, false, false, unsaid, true),
                Arguments.of("POST", 1, false, true, Optional.of(false), true),
                Arguments.of("GET", 1, false, true, Optional.of(true), false),
                Arguments.of("GET", 1, true, true, unsaid, false),
                Arguments.of("GET", 1, true, false, Optional.of(false), false),
                Arguments.of("GET", 2, false, true, unsaid, true),
                Arguments.of("GET", 3, false, false, unsaid, false));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void onlyWhatCannotBeDoneTwiceIsSentTwice(
            String method,
            int attempts,
            boolean answerBegun,
            boolean established,
            Optional<Boolean> processed,
            boolean allowed) {
        assertThat(RetryRule.DEFAULT.allows(method, attempts, answerBegun, established, processed))
                .isEqualTo(allowed);
    }

    @Test
    void aPostGoesToAnotherInstanceWhenTheApplicationWasNotReached() throws IOException {
        // Given
        mesh.inEast(1, NOBODY_LISTENS);
        mesh.inEast(2, NOBODY_LISTENS);
        RawApp app = RawApp.start((in, out, socket) -> {
            RawApp.head(in);
            out.write(RawApp.ok(new String(in.readNBytes(4))).getBytes());
        });
        mesh.inEast(3, app.port());
        mesh.push();
        // When, then
        for (int i = 0; i < 10; i++) {
            assertThat(send("POST", "body")).endsWith("body");
        }
    }

    @Test
    void whatAnInstanceRefusesCostsNoNewConnectionToIt() throws IOException {
        // Given: an instance that refuses whatever it is asked, and one that answers
        TestSidecar refusing = mesh.inEast(1, NOBODY_LISTENS);
        BlindGateway between = BlindGateway.to(refusing);
        mesh.eastInstances.put(refusing.instance(), between.address());
        mesh.inEast(2, RawApp.answering(RawApp.ok("other")).port());
        mesh.push();
        // When
        for (int i = 0; i < 60; i++) {
            assertThat(send("GET", "")).endsWith("other");
        }
        // Then: each of the two loops asked it until it was ejected, on one connection
        assertThat(caller.summed("tombolo_retries_total")).isGreaterThanOrEqualTo(5);
        assertThat(between.connections()).isLessThanOrEqualTo(2);
    }

    @Test
    void withoutABudgetNothingIsAskedTwice() throws IOException {
        // Given: one of two instances cannot reach its application
        mesh.retryBudget = new RetryBudget(0, Duration.ofSeconds(10), 0);
        TestSidecar strict = mesh.sidecar(mesh.east, "strict", 7, 0);
        mesh.inEast(1, NOBODY_LISTENS);
        mesh.inEast(2, RawApp.answering(RawApp.ok("other")).port());
        mesh.push();
        int port = strict.bind(Mesh.http());
        // When
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(RawClient.once(port, "GET / HTTP/1.1\r\nHost: checkout.shop\r\nConnection: close\r\n\r\n"));
        }
        // Then
        long failed =
                answers.stream().filter(answer -> !answer.endsWith("other")).count();
        assertThat(failed).isPositive();
        assertThat(strict.summed("tombolo_retries_total")).isZero();
        assertThat(strict.counted("tombolo_traffic_policy_total{result=\"over_retries\"}"))
                .isEqualTo(failed);
    }

    @Test
    void aPostThatBrokeOffIsNotRepeated() throws IOException {
        // Given
        RawApp first = breaking();
        RawApp second = breaking();
        mesh.inEast(1, first.port());
        mesh.inEast(2, second.port());
        mesh.push();
        // When
        String answer = send("POST", "body");
        // Then
        assertThat(answer).startsWith("HTTP/1.1 502 ");
        assertThat(first.connections.get() + second.connections.get()).isEqualTo(1);
    }

    @Test
    void aDeadInstanceFailsNoRequest() throws IOException {
        // Given
        TestSidecar dying = mesh.inEast(1, RawApp.answering(RawApp.ok("1")).port());
        mesh.inEast(2, RawApp.answering(RawApp.ok("2")).port());
        mesh.push();
        for (int i = 0; i < 10; i++) {
            assertThat(send("GET", "")).startsWith("HTTP/1.1 200 ");
        }
        // When
        dying.die();
        // Then
        for (int i = 0; i < 20; i++) {
            assertThat(send("GET", "")).endsWith("2");
        }
    }

    @Test
    void aDeadGatewayMovesTrafficWithoutAFailureAndWithoutAnEjection() throws IOException {
        // Given: east has the service as well, but its application is down
        mesh.inEast(9, NOBODY_LISTENS);
        TestSidecar server = mesh.inWest(1, RawApp.answering(RawApp.ok("west")).port());
        BlindGateway first = BlindGateway.to(server);
        BlindGateway second = BlindGateway.to(server);
        mesh.westGateways.put(Mesh.instance(90), first.address());
        mesh.westGateways.put(Mesh.instance(91), second.address());
        mesh.push();
        for (int i = 0; i < 10; i++) {
            assertThat(send("GET", "")).endsWith("west");
        }
        // When
        first.close();
        // Then
        for (int i = 0; i < 20; i++) {
            assertThat(send("GET", "")).endsWith("west");
        }
        // When
        second.close();
        long retriesBefore = caller.summed("tombolo_retries_total");
        String answer = send("GET", "");
        // Then
        assertThat(answer).startsWith("HTTP/1.1 50");
        assertThat(caller.summed("tombolo_retries_total") - retriesBefore).isLessThan(RetryRule.DEFAULT.maxAttempts());
    }

    @Test
    void aRequestWhoseConnectionBreaksIsSentAgainToTheOnlyInstanceThereIs() throws Exception {
        // Given
        var reached = new CompletableFuture<Void>();
        RawApp app = RawApp.start((in, out, socket) -> {
            RawApp.head(in);
            if (!reached.complete(null)) {
                out.write(RawApp.ok("again").getBytes());
            }
            in.transferTo(OutputStream.nullOutputStream());
        });
        TestSidecar server = mesh.inWest(1, app.port());
        mesh.westGateways.put(Mesh.instance(90), BlindGateway.to(server).address());
        mesh.push();
        // When
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> get());
        reached.get();
        server.cut();
        // Then
        assertThat(answer.get()).endsWith("again");
    }

    private String get() {
        try {
            return send("GET", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aGatewayThatCutsHandshakesDoesNotSpeakAgainstTheInstanceBehindIt() throws IOException {
        // Given
        TestSidecar server = mesh.inWest(1, RawApp.answering(RawApp.ok("west")).port());
        BlindGateway dying = BlindGateway.to(server);
        mesh.westGateways.put(Mesh.instance(90), dying.address());
        mesh.westGateways.put(Mesh.instance(91), BlindGateway.to(server).address());
        mesh.push();
        // When
        dying.cuts = true;
        // Then
        for (int i = 0; i < 20; i++) {
            assertThat(send("POST", "")).endsWith("west");
        }
    }

    @Test
    void whoeverDidNotAnswerAMomentAgoIsAskedAgainWhenNobodyElseIsLeft() throws IOException {
        // Given
        TestSidecar server = mesh.inEast(1, RawApp.answering(RawApp.ok("back")).port());
        BlindGateway between = BlindGateway.to(server);
        mesh.eastInstances.put(server.instance(), between.address());
        between.cuts = true;
        mesh.push();
        for (int i = 0; i < 4; i++) { // each loop has its own evidence
            assertThat(send("GET", "")).startsWith("HTTP/1.1 502 ");
        }
        // When
        between.cuts = false;
        // Then
        for (int i = 0; i < 4; i++) {
            assertThat(send("GET", "")).endsWith("back");
        }
    }

    @Test
    void aHandshakeThatTookTooLongIsTriedOnceMoreWithTheOnlyInstanceThereIs() throws IOException {
        // Given
        TestSidecar server = mesh.inWest(1, RawApp.answering(RawApp.ok("west")).port());
        BlindGateway busy = BlindGateway.to(server);
        mesh.westGateways.put(Mesh.instance(90), busy.address());
        mesh.push();
        // When
        busy.deaf.set(1);
        // Then
        assertThat(send("POST", "")).endsWith("west");
        assertThat(caller.summed("tombolo_retries_total")).isEqualTo(1);
    }

    @Test
    void aKeptConnectionByAGatewayThatGoesAwayIsNotUsedAgain() throws IOException {
        // Given
        TestSidecar server = mesh.inWest(1, RawApp.answering(RawApp.ok("west")).port());
        BlindGateway leaving = BlindGateway.to(server);
        BlindGateway staying = BlindGateway.to(server);
        mesh.westGateways.put(Mesh.instance(90), leaving.address());
        mesh.push();
        for (int i = 0; i < 4; i++) {
            assertThat(send("GET", "")).endsWith("west");
        }
        int before = leaving.connections();
        // When
        mesh.draining.add(Mesh.instance(90));
        mesh.westGateways.put(Mesh.instance(91), staying.address());
        mesh.push();
        // Then
        for (int i = 0; i < 4; i++) {
            assertThat(send("GET", "")).endsWith("west");
        }
        assertThat(staying.connections()).isPositive();
        leaving.awaitQuiet();
        assertThat(leaving.connections()).isEqualTo(before);
    }

    @Test
    void aClusterWhoseOnlyGatewayDiedLosesItsTrafficToAnotherOneAtOnce() throws IOException {
        // Given
        TestSidecar local = mesh.inEast(1, RawApp.answering(RawApp.ok("east")).port());
        TestSidecar server = mesh.inWest(2, RawApp.answering(RawApp.ok("west")).port());
        BlindGateway gateway = BlindGateway.to(server);
        mesh.westGateways.put(Mesh.instance(90), gateway.address());
        mesh.push();
        assertThat(send("GET", "")).endsWith("east");
        // When
        local.die();
        // Then
        for (int i = 0; i < 20; i++) {
            assertThat(send("GET", "")).endsWith("west");
        }
    }

    @Test
    void anInstanceThatOnlyFailsIsEjectedAndOneIsAlwaysLeft() throws IOException {
        // Given
        RawApp bad = RawApp.answering("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n");
        mesh.inEast(1, bad.port());
        mesh.inEast(2, RawApp.answering(RawApp.ok("good")).port());
        mesh.push();
        // When
        for (int i = 0; i < 100; i++) {
            send("GET", "");
        }
        int failuresSeen = bad.heads.size();
        // Then
        assertThat(caller.summed("tombolo_ejections_total"))
                .isBetween(1L, 2L); // each of two loops has its own evidence
        for (int i = 0; i < 20; i++) {
            assertThat(send("GET", "")).endsWith("good");
        }
        assertThat(bad.heads).hasSize(failuresSeen);
    }

    @Test
    void anOverloadedInstanceRefusesAndIsNotBlamed() throws IOException {
        // Given: 8 requests at once are allowed
        var hold = new CompletableFuture<Void>();
        RawApp app = RawApp.start((in, out, socket) -> {
            RawApp.head(in);
            hold.join();
            out.write(RawApp.ok("done").getBytes());
        });
        TestSidecar server = mesh.inEast(1, app.port());
        mesh.push();
        var clients = new ArrayList<RawClient>();
        for (int i = 0; i < 8; i++) {
            var client = new RawClient(caller.proxyPort());
            client.send("GET http://checkout.shop/ HTTP/1.1\r\nHost: x\r\n" + caller.authorization() + "\r\n");
            clients.add(client);
        }
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (server.inbound.inWork() < 8) {
            assertThat(System.nanoTime() - deadline).as("not all arrived").isNegative();
            Thread.onSpinWait();
        }
        // When
        String answer = send("GET", "");
        // Then
        assertThat(answer).startsWith("HTTP/1.1 503 ").contains("TB-");
        hold.complete(null);
        for (RawClient client : clients) {
            assertThat(client.answer()).endsWith("done");
            client.close();
        }
        assertThat(caller.summed("tombolo_ejections_total")).isZero();
    }
}
