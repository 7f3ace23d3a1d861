package io.tombolo.dataplane.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.InstanceState;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AppCheckTest {
    private static final Duration OFTEN = Duration.ofMillis(100);

    private final BlockingQueue<InstanceState> heard = new LinkedBlockingQueue<>();
    private final AtomicInteger status = new AtomicInteger(503);
    private final AtomicInteger asked = new AtomicInteger();
    private final Semaphore questions = new Semaphore(0);
    private final HttpServer app;

    AppCheckTest() throws Exception {
        app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        app.createContext("/ready", exchange -> {
            asked.incrementAndGet();
            questions.release();
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        app.start();
    }

    @AfterEach
    void end() {
        app.stop(0);
    }

    private HostPort address() {
        return new HostPort("127.0.0.1", app.getAddress().getPort());
    }

    private AppCheck check(Optional<Readiness> page) {
        var check = new AppCheck(address(), OFTEN, page, heard::add);
        check.start();
        return check;
    }

    private Readiness page(int failures) {
        return new Readiness(address(), "/ready", OFTEN, Duration.ofSeconds(5), failures);
    }

    private InstanceState next() throws InterruptedException {
        return heard.poll(20, TimeUnit.SECONDS);
    }

    private void awaitQuestions(int more) throws InterruptedException {
        questions.drainPermits();
        assertThat(questions.tryAcquire(more, 20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void withoutAPageAnApplicationIsReadyWhileItAcceptsConnections() throws Exception {
        try (AppCheck _ = check(Optional.empty())) {
            assertThat(next()).isEqualTo(InstanceState.READY);
            // When
            app.stop(0);
            // Then
            assertThat(next()).isEqualTo(InstanceState.NOT_READY);
        }
        assertThat(asked).hasValue(0);
    }

    @Test
    void anApplicationIsReadyOnceItsPageSaysSoAndNotReadyAfterSeveralBadAnswersInARow() throws Exception {
        // Given an application that accepts connections and says that it is not ready
        try (AppCheck check = check(Optional.of(page(3)))) {
            awaitQuestions(2);
            assertThat(check.state()).isEqualTo(InstanceState.NOT_READY);
            // When it says that it is, by whatever answer is none of a failure
            status.set(302);
            // Then
            assertThat(next()).isEqualTo(InstanceState.READY);
            // When it says otherwise
            int before = asked.get();
            status.set(500);
            // Then it is believed the third time
            assertThat(next()).isEqualTo(InstanceState.NOT_READY);
            assertThat(asked.get()).isGreaterThanOrEqualTo(before + 3);
            // When it is ready again
            status.set(200);
            assertThat(next()).isEqualTo(InstanceState.READY);
        }
    }

    @Test
    void anApplicationThatIsGoneIsNotReadyWhateverItSaidLast() throws Exception {
        // Given an application that is asked once in five minutes
        status.set(200);
        var seldom = new Readiness(address(), "/ready", Duration.ofMinutes(5), Duration.ofSeconds(5), 3);
        try (AppCheck _ = check(Optional.of(seldom))) {
            assertThat(next()).isEqualTo(InstanceState.READY);
            // When it dies
            app.stop(0);
            // Then
            assertThat(next()).isEqualTo(InstanceState.NOT_READY);
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void aPageThatNobodyCouldAskForIsRefused() {
        for (String path : List.of("ready", "/a b", "@elsewhere.example.org/", "")) {
            assertThatThrownBy(() -> new Readiness(address(), path, OFTEN, Duration.ofSeconds(1), 3))
                    .hasMessageContaining("readiness.path");
        }
    }
}
