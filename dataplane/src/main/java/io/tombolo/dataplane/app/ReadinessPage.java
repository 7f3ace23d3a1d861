package io.tombolo.dataplane.app;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Asks an application whether it is ready, at most once in an interval; in between the last word counts. Ready after the first answer
 * of 200 to 399, not ready after several others, or none, in a row. For one thread, which it blocks.
 */
final class ReadinessPage implements AutoCloseable {
    private static final int FIRST_GOOD = 200;
    private static final int FIRST_BAD = 400;
    /** An application that is not ready is waited for: its first good answer should not be an interval old. */
    private static final Duration WHILE_NOT_READY = Duration.ofSeconds(1);

    private final Readiness readiness;
    private final HttpRequest question;
    private final HttpClient client;
    private boolean ready;
    private int failures;
    private boolean asked;
    private long askedNanos;

    ReadinessPage(Readiness readiness) {
        this.readiness = readiness;
        this.question = HttpRequest.newBuilder(readiness.uri())
                .timeout(readiness.timeout())
                .header("User-Agent", "tombolo-readiness")
                .build();
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(readiness.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    boolean isReady(long nowNanos) {
        if (asked && nowNanos - askedNanos < interval().toNanos()) {
            return ready;
        }
        asked = true;
        askedNanos = nowNanos;
        boolean good = answersWell();
        failures = good ? 0 : failures + 1;
        ready = good || ready && failures < readiness.failures();
        return ready;
    }

    /** It has gone and come back: what it said before is of another life. */
    void forget() {
        ready = false;
        asked = false;
    }

    private Duration interval() {
        boolean hurry = !ready && readiness.interval().compareTo(WHILE_NOT_READY) > 0;
        return hurry ? WHILE_NOT_READY : readiness.interval();
    }

    private boolean answersWell() {
        try {
            HttpResponse<InputStream> answer = client.send(question, HttpResponse.BodyHandlers.ofInputStream());
            answer.body().close(); // Its status is all that counts, and nobody says where it ends.
            return answer.statusCode() >= FIRST_GOOD && answer.statusCode() < FIRST_BAD;
        } catch (IOException none) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
