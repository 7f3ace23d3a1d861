package io.tombolo.dataplane.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tombolo.dataplane.loop.Loops;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A page that goes on. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class AdminStreamTest {
    private final Loops loops = Loops.open(1);
    private final AtomicInteger open = new AtomicInteger();
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path home;

    /** Counts, beginning with what was asked for. */
    private final class Counting implements AdminFeed {
        private int next;

        Counting(int first) {
            next = first;
            open.incrementAndGet();
        }

        @Override
        public String take() {
            return next++ + "\n";
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }

    private Counting counting(Map<String, String> asked) {
        if (!asked.getOrDefault("first", "1").matches("[0-9]+")) {
            throw new TomboloException(Fault.BAD_TAP_FILTER, "first", "is no number", "");
        }
        return new Counting(Integer.parseInt(asked.getOrDefault("first", "1")));
    }

    private AdminListener listen() {
        var pages = new AdminPages().streamed("GET /count", this::counting);
        return AdminListener.open(
                loops, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), false, home, pages);
    }

    @AfterEach
    void end() {
        http.shutdownNow();
        loops.close();
    }

    private <T> HttpResponse<T> ask(AdminListener at, String path, String token, HttpResponse.BodyHandler<T> as)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at.port() + path))
                .header("Authorization", "Bearer " + token)
                .build();
        return http.send(request, as);
    }

    private String token() throws IOException {
        return Files.readString(home.resolve("admin.token"));
    }

    @Test
    void linesComeUntilWhoAskedLeaves() throws Exception {
        try (AdminListener listener = listen()) {
            // When
            HttpResponse<Stream<String>> answer = ask(listener, "/count?first=5", token(), BodyHandlers.ofLines());
            try (Stream<String> lines = answer.body()) {
                // Then
                Iterator<String> each = lines.iterator();
                assertThat(List.of(each.next(), each.next(), each.next())).containsExactly("5", "6", "7");
                assertThat(open).hasValue(1);
            }
            http.shutdownNow();
            await().untilAsserted(() -> assertThat(open).hasValue(0));
        }
    }

    @Test
    void aLongPageIsMadeOnAnotherThreadThanTheLoops() throws Exception {
        // Given
        var pages = new AdminPages()
                .apart(
                        "GET /long",
                        () -> AdminAnswer.text(200, Thread.currentThread().isVirtual() + ""));
        try (AdminListener listener = AdminListener.open(
                loops, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), false, home, pages)) {
            // Then
            assertThat(ask(listener, "/long", token(), BodyHandlers.ofString()).body())
                    .isEqualTo("true\n");
            assertThat(ask(listener, "/long", "wrong", BodyHandlers.ofString()).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void itNeedsTheTokenAndAQuestionThatCanBeAsked() throws Exception {
        try (AdminListener listener = listen()) {
            assertThat(ask(listener, "/count", "wrong", BodyHandlers.ofString()).statusCode())
                    .isEqualTo(401);
            HttpResponse<String> refused = ask(listener, "/count?first=x", token(), BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).startsWith("TB-2061 BAD_TAP_FILTER ");
            assertThat(open).hasValue(0);
        }
    }
}
