package io.tombolo.cli.drill;

import io.tombolo.model.setting.Setting;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** GETs that the drill sends itself, at a fixed rate whatever the answers do. Nobody tells which cluster gave them. */
final class OwnCalls implements Watched {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_UNDER_WAY = 1_000;
    private static final int MOST_PER_SECOND = 1_000;

    private final URI url;
    private final int perSecond;
    private final HttpClient http;
    private final AtomicLong ended = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicInteger underWay = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());

    /** @param proxy as {@code http_proxy} says it; empty = none */
    OwnCalls(URI url, String proxy, int perSecond) {
        Setting.check(perSecond >= 1 && perSecond <= MOST_PER_SECOND, "--rate", perSecond, "1 to 1000 a second");
        Setting.check("http".equals(url.getScheme()) && url.getHost() != null, "--url", url, "http://HOST[:PORT]/PATH");
        this.url = url;
        this.perSecond = perSecond;
        this.http = client(proxy);
        var _ = clock.scheduleAtFixedRate(this::tick, 0, 1_000_000 / perSecond, TimeUnit.MICROSECONDS);
    }

    private static HttpClient client(String proxy) {
        var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE);
        if (proxy.isEmpty()) {
            return client.proxy(HttpClient.Builder.NO_PROXY).build();
        }
        URI at = URI.create(proxy);
        if (at.getUserInfo() != null) {
            String[] credential = at.getUserInfo().split(":", 2);
            client.authenticator(new Authenticator() {
                @Override
                protected PasswordAuthentication getPasswordAuthentication() {
                    return new PasswordAuthentication(credential[0], credential[1].toCharArray());
                }
            });
        }
        return client.proxy(ProxySelector.of(new InetSocketAddress(at.getHost(), at.getPort())))
                .build();
    }

    /** What cannot even be sent has failed. */
    private void tick() {
        if (underWay.get() >= MOST_UNDER_WAY) {
            ended.incrementAndGet();
            failed.incrementAndGet();
            return;
        }
        underWay.incrementAndGet();
        threads.execute(this::send);
    }

    private void send() {
        try {
            var answer = http.send(HttpRequest.newBuilder(url).timeout(PATIENCE).build(), BodyHandlers.discarding());
            failed.addAndGet(answer.statusCode() >= 500 ? 1 : 0);
        } catch (IOException noAnswer) {
            failed.incrementAndGet();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            underWay.decrementAndGet();
            ended.incrementAndGet();
        }
    }

    @Override
    public Calls now() {
        // In this order: a call that ends in between must not be a failure without being a call.
        long bad = failed.get();
        return new Calls(ended.get(), bad, Map.of());
    }

    @Override
    public String said() {
        return perSecond + " calls a second of " + url + ", sent by the drill";
    }

    @Override
    public void close() {
        clock.shutdownNow();
        threads.shutdownNow();
        http.shutdownNow();
    }
}
