package io.tombolo.controller.failover;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides again when something changed, within 20 ms, and each second, because shares move with time. */
public final class DecisionLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DecisionLoop.class);
    private static final long GATHER_MILLIS = 20;
    private static final long TICK_MILLIS = 1_000;
    private static final long WRITE_SECONDS = 10;

    private final Supplier<Optional<Known>> known;
    private final Decisions decisions;
    private final History history;
    private final Runnable news;
    private final AtomicBoolean dirty = new AtomicBoolean();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("failover").factory());

    /**
     * Begins with {@link #start}.
     * @param known empty while there is nothing to go by
     * @param news  called after a decision that proxies have to hear of; must not block
     */
    public DecisionLoop(Supplier<Optional<Known>> known, Decisions decisions, History history, Runnable news) {
        this.known = known;
        this.decisions = decisions;
        this.history = history;
        this.news = news;
    }

    public void start() {
        var _ = thread.scheduleWithFixedDelay(this::decide, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
        var _ = thread.scheduleWithFixedDelay(this::write, WRITE_SECONDS, WRITE_SECONDS, TimeUnit.SECONDS);
    }

    /** Something changed. Safe on any thread; never blocks. */
    public void changed() {
        if (dirty.compareAndSet(false, true) && !thread.isShutdown()) {
            var _ = thread.schedule(this::decide, GATHER_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void decide() {
        dirty.set(false);
        try {
            boolean told = known.get()
                    .map(now -> decisions.refresh(now, System.nanoTime(), Instant.now()))
                    .orElse(false);
            if (told) {
                news.run();
            }
        } catch (RuntimeException failed) {
            LOG.error("shares were not decided", failed);
        }
    }

    private void write() {
        try {
            history.write();
        } catch (RuntimeException failed) {
            LOG.warn("the history of failovers was not written", failed);
        }
    }

    /** Ends; what the history has is on disk then. */
    @Override
    public void close() {
        thread.shutdownNow();
        write();
    }
}
