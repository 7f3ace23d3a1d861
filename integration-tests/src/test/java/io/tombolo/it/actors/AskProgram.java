package io.tombolo.it.actors;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Asks one local port until it answers with status 200, and prints the answer: for where the tests themselves are not. */
public final class AskProgram {
    /** What the printed line begins with. */
    static final String ANSWER = "answer: ";

    private AskProgram() {}

    public static void main(String[] arguments) {
        URI uri = URI.create("http://127.0.0.1:" + arguments[0] + "/");
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpResponse<String> found = Awaitility.await("an answer of " + uri)
                    .atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .until(() -> ask(http, uri), answer -> answer.statusCode() == 200);
            System.out.println(ANSWER + found.body().strip());
        }
    }

    private static HttpResponse<String> ask(HttpClient http, URI uri) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
