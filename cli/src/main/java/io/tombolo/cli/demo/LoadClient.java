package io.tombolo.cli.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The demo's caller: an ordinary HTTP client that uses the proxy its environment names. After its first answer, for which it
 * asks as often as it takes, it sends at a fixed rate whatever the answers do (open loop): a client that is still loading its
 * classes would measure itself. Arguments: URL, requests per second. Prints a line per request:
 * {@code <sent at, epoch µs> <µs it took> <status or 0> <cluster> <instance>}.
 */
public final class LoadClient {
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private final HttpClient http;
    private final HttpRequest request;
    private final PrintStream out = System.out;

    private LoadClient(URI url, URI proxy) {
        String[] credential = proxy.getUserInfo().split(":", 2);
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(ProxySelector.of(new InetSocketAddress(proxy.getHost(), proxy.getPort())))
                .authenticator(new Authenticator() {
                    @Override
                    protected PasswordAuthentication getPasswordAuthentication() {
                        return new PasswordAuthentication(credential[0], credential[1].toCharArray());
                    }
                })
                .build();
        request = HttpRequest.newBuilder(url).timeout(REQUEST_TIMEOUT).build();
    }

    public static void main(String[] arguments) throws InterruptedException {
        var client = new LoadClient(URI.create(arguments[0]), URI.create(System.getenv("http_proxy")));
        long periodMicros = 1_000_000L / Long.parseLong(arguments[1]);
        var clock = Executors.newSingleThreadScheduledExecutor();
        var answered = new CountDownLatch(1);
        var knocking = clock.scheduleWithFixedDelay(
                () -> client.knock(answered), 0, FIRST_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        answered.await();
        knocking.cancel(false);
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        var _ = clock.scheduleAtFixedRate(() -> threads.execute(client::send), 0, periodMicros, TimeUnit.MICROSECONDS);
    }

    private void knock(CountDownLatch answered) {
        if (send()) {
            answered.countDown();
        }
    }

    /** The code of what is wrong, where a sidecar answered; something to print in any case. */
    private static String firstWord(String text) {
        String word = text.strip().split("\\s", 2)[0];
        return word.isEmpty() ? "-" : word;
    }

    /** Whether the answer was a good one. */
    private boolean send() {
        long sentMicros = System.currentTimeMillis() * 1_000;
        long start = System.nanoTime();
        String answer = "0 - -";
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            answer = response.statusCode() + " "
                    + (response.statusCode() == 200 ? response.body().strip() : "- " + firstWord(response.body()));
        } catch (IOException failed) {
            answer = "0 - " + failed.getClass().getSimpleName();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        out.println(sentMicros + " " + (System.nanoTime() - start) / 1_000 + " " + answer);
        return answer.startsWith("200");
    }
}
