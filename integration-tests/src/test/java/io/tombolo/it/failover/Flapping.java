package io.tombolo.it.failover;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Something that is broken and well again, in turns. */
final class Flapping implements AutoCloseable {
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Duration every;
    private boolean broken;

    private Flapping(Duration every) {
        this.every = every;
    }

    static Flapping every(Duration every) {
        return new Flapping(every);
    }

    /** Begins with breaking, at once. */
    void between(Runnable breaks, Runnable mends) {
        var _ = clock.scheduleAtFixedRate(
                () -> {
                    (broken ? mends : breaks).run();
                    broken = !broken;
                },
                0,
                every.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    /** It stays as it is. */
    void end() {
        clock.shutdown();
        try {
            if (!clock.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new AssertionError("still flapping");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
