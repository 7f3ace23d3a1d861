package io.tombolo.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OwnCallsTest {
    private static final int ENOUGH = 12;

    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch enough = new CountDownLatch(ENOUGH);

    @Test
    void callsAreSentAtTheRateAndAnswersOf5xxAreFailures() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // Given an application that fails each third time
            HttpServer app = app();
            app.setExecutor(threads);
            app.start();
            var url = URI.create("http://127.0.0.1:" + app.getAddress().getPort() + "/");
            // When
            try (var calls = new OwnCalls(url, "", 100)) {
                assertThat(enough.await(20, TimeUnit.SECONDS)).isTrue();
                Calls seen = calls.now();
                while (seen.ended() < ENOUGH) {
                    Thread.onSpinWait();
                    seen = calls.now();
                }
                // Then
                assertThat(seen.failed()).isBetween(seen.ended() / 3 - 2, seen.ended() / 3 + 2);
                assertThat(seen.byCluster()).isEmpty();
            } finally {
                app.stop(0);
            }
        }
    }

    @Test
    void whatCannotBeCalledIsRefused() {
        assertThatThrownBy(() -> new OwnCalls(URI.create("checkout.shop"), "", 20))
                .hasMessageContaining("--url = checkout.shop");
        assertThatThrownBy(() -> new OwnCalls(URI.create("http://127.0.0.1:1/"), "", 0))
                .hasMessageContaining("--rate = 0");
    }

    private HttpServer app() throws IOException {
        HttpServer app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        app.createContext("/", exchange -> {
            exchange.sendResponseHeaders(asked.incrementAndGet() % 3 == 0 ? 503 : 200, -1);
            exchange.close();
            enough.countDown();
        });
        return app;
    }
}
