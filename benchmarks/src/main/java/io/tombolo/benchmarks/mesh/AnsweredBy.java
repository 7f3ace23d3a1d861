package io.tombolo.benchmarks.mesh;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a local port of a sidecar again and again, one request after the other, and remembers which cluster answers since when. */
final class AnsweredBy implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** @param cluster empty while nobody answers well */
    record Answering(String cluster, long sinceNanos) {}

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpRequest request;
    private final Thread thread;
    private volatile Answering answering = new Answering("", 0);

    AnsweredBy(int port) {
        this.request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .timeout(PATIENCE)
                .build();
        this.thread = Thread.ofPlatform().daemon().name("asks-" + port).start(this::ask);
    }

    Answering answering() {
        return answering;
    }

    private void ask() {
        while (!Thread.currentThread().isInterrupted()) {
            String cluster = cluster();
            if (!cluster.equals(answering.cluster())) {
                answering = new Answering(cluster, System.nanoTime());
            }
        }
    }

    /** The first word of the answer. */
    private String cluster() {
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? answer.body().split(" ", 2)[0] : "";
        } catch (IOException nobody) {
            return "";
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        http.shutdownNow();
    }
}
