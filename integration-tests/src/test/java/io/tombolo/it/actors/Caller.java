package io.tombolo.it.actors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A workload that calls a service through its sidecar, by a local port that is bound to it. */
public final class Caller {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ProxyProcess sidecar;
    private final int port;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * @param port    that its sidecar has bound to {@code service}
     * @param service such as {@code checkout.shop:80}
     */
    public Caller(ProxyProcess sidecar, int port, String service) {
        this.sidecar = sidecar;
        this.port = port;
        this.host = service.replaceFirst(":.*", "") + ".svc.clusterset.local";
    }

    private final String host;

    public ProxyProcess sidecar() {
        return sidecar;
    }

    public int port() {
        return port;
    }

    /** One GET. */
    public HttpResponse<String> gets(String path) {
        return sends(HttpRequest.newBuilder(uri(path)).GET());
    }

    /** One request. */
    public HttpResponse<String> sends(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** A GET whose answer is read for as long as it lasts. */
    public OpenStream streams(String path) {
        return OpenStream.to(port, "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    }

    /** A TCP connection, read for as long as it lasts. */
    public OpenStream connects() {
        return OpenStream.to(port, "");
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** The name under which the service is known in the federation. */
    public String host() {
        return host;
    }

    /** Waits until an answer begins with {@code says}. */
    public HttpResponse<String> awaitsAnswerOf(String says) {
        return Awaitility.await("answer of " + says)
                .atMost(PATIENCE)
                .ignoreExceptions()
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> gets("/"),
                        answer -> answer.statusCode() == 200 && answer.body().startsWith(says));
    }

    /** Waits until nobody but {@code says} answers, twenty times in a row: shares that come back take seconds. */
    public void awaitsOnlyAnswersOf(String says) {
        Awaitility.await("answers of nobody but " + says)
                .atMost(PATIENCE)
                .ignoreExceptions()
                .pollInterval(Duration.ofMillis(200))
                .until(() -> Stream.generate(() -> gets("/").body()).limit(20).allMatch(body -> body.startsWith(says)));
    }

    /** Waits until nothing answers any more. */
    public HttpResponse<String> awaitsStatus(int status) {
        return Awaitility.await("status " + status)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> gets("/"), answer -> answer.statusCode() == status);
    }
}
