package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.dataplane.feed.Interests;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** First calls of services of which only the name is known. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class InterestWalkTest {
    private final Mesh mesh = new Mesh();
    private final Interests interests = new Interests(Interests.Limits.DEFAULT, Set.of());
    private TestSidecar caller;

    @BeforeEach
    void onlyTheName() throws IOException {
        mesh.inEast(1, RawApp.answering(RawApp.ok("here")).port());
        mesh.interests = Optional.of(interests);
        caller = mesh.sidecar(mesh.east, "frontend", 0, 0);
        mesh.heldBack = true;
        mesh.push();
    }

    @AfterEach
    void end() {
        mesh.close();
    }

    @Test
    void aFirstRequestWaitsForTheEndpointsAndKeepsWhatItSaid() throws Exception {
        try (var client = new RawClient(caller.proxyPort())) {
            // Given
            client.send(request("Tombolo-Timeout: 9s\r\n"));
            awaitInterest();
            // When
            mesh.heldBack = false;
            mesh.push();
            // Then
            assertThat(client.answer()).endsWith("here");
        }
    }

    @Test
    void aTunnelAndATcpConnectionWaitAsWell() throws Exception {
        int bound = caller.bind(Mesh.http());
        try (var tunnel = new RawClient(caller.proxyPort());
                var local = new RawClient(bound)) {
            // Given
            tunnel.send("CONNECT checkout.shop:80 HTTP/1.1\r\nHost: checkout.shop:80\r\n" + caller.authorization()
                    + "\r\n");
            local.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            awaitInterest();
            // When
            mesh.heldBack = false;
            mesh.push();
            // Then
            assertThat(RawApp.head(tunnel.in)).startsWith("HTTP/1.1 200 ");
            tunnel.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(tunnel.answer()).endsWith("here");
            assertThat(local.answer()).endsWith("here");
        }
    }

    @Test
    void whenTheControllerSaysNothingTheCallerHearsSoAfterAMoment() throws IOException {
        // When
        long begun = System.nanoTime();
        String answer = get();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        // Then
        assertThat(answer).startsWith("HTTP/1.1 503 ").contains("TB-2008 NO_CONFIG");
        assertThat(millis).isGreaterThanOrEqualTo(290);
    }

    @Test
    void whatHasNoNameEitherIsRefusedAtOnceAndNobodyIsAsked() throws IOException {
        try (var client = new RawClient(caller.proxyPort())) {
            client.send("GET http://nobody.shop/ HTTP/1.1\r\nHost: nobody.shop\r\n" + caller.authorization() + "\r\n");
            assertThat(client.answer()).startsWith("HTTP/1.1 403 ").contains("TB-2007");
        }
        assertThat(interests.services()).isEmpty();
    }

    private void awaitInterest() {
        while (!interests.services().contains(Mesh.CHECKOUT)) {
            Thread.onSpinWait();
        }
    }

    private String get() throws IOException {
        try (var client = new RawClient(caller.proxyPort())) {
            client.send(request(""));
            return client.answer();
        }
    }

    private String request(String headers) {
        return "GET http://checkout.shop.svc.clusterset.local/ HTTP/1.1\r\nHost: checkout.shop.svc.clusterset.local\r\n"
                + caller.authorization() + headers + "\r\n";
    }
}
