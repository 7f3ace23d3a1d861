package io.tombolo.dataplane.app;

import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.InstanceState;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Looks whether the application accepts TCP connections, and says on its page, if it has one, that it is ready. Ready after the first
 * connection that succeeds, not ready after two in a row that do not. Works on a thread of its own.
 */
public final class AppCheck implements AutoCloseable {
    private static final Duration WHILE_STARTING = Duration.ofMillis(100);
    private static final int CONNECT_MILLIS = 1_000;
    private static final int FAILURES_TO_FALL = 2;

    private final HostPort app;
    private final Duration interval;
    private final Optional<ReadinessPage> page;
    private final Consumer<InstanceState> changed;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("app-check").factory());
    private volatile InstanceState state = InstanceState.NOT_READY;
    private int failures;

    /**
     * Looks at nothing yet.
     * @param interval between two looks once it was ready; 100 ms to 1 min
     * @param page     what it says of itself; empty = that it accepts connections is enough
     * @param changed  hears of every change, on this check's thread
     */
    public AppCheck(HostPort app, Duration interval, Optional<Readiness> page, Consumer<InstanceState> changed) {
        this.app = app;
        this.interval = interval;
        this.page = page.map(ReadinessPage::new);
        this.changed = changed;
    }

    /** Begins. */
    public void start() {
        thread.execute(this::look);
    }

    /** READY or NOT_READY. */
    public InstanceState state() {
        return state;
    }

    private void look() {
        boolean accepts = accepts();
        failures = accepts ? 0 : failures + 1;
        if (failures == FAILURES_TO_FALL) {
            page.ifPresent(ReadinessPage::forget);
        }
        InstanceState now = accepts ? whatItSays() : failures >= FAILURES_TO_FALL ? InstanceState.NOT_READY : state;
        if (now != state) {
            state = now;
            changed.accept(now);
        }
        Duration wait = accepts && (page.isPresent() || now == InstanceState.READY) ? interval : WHILE_STARTING;
        if (!thread.isShutdown()) {
            thread.schedule(this::look, wait.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private InstanceState whatItSays() {
        boolean ready = page.map(said -> said.isReady(System.nanoTime())).orElse(true);
        return ready ? InstanceState.READY : InstanceState.NOT_READY;
    }

    private boolean accepts() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(app.host(), app.port()), CONNECT_MILLIS);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        page.ifPresent(ReadinessPage::close);
    }
}
