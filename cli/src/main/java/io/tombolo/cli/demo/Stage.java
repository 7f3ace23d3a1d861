package io.tombolo.cli.demo;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Tells the user what happens, when, and for how long; says that it is still at it when a step takes over a second. */
final class Stage {
    private final long startNanos = System.nanoTime();
    private final PrintStream out = System.out;

    /** A line with the time since the start. */
    void say(String sentence, Object... values) {
        out.printf(
                Locale.ROOT, "[%5.1f s] %s%n", seconds(), values.length == 0 ? sentence : sentence.formatted(values));
    }

    /** A heading. */
    void chapter(String title) {
        out.printf("%n%s%n", title);
    }

    /** Runs a step and says how long it took. */
    <T> T step(String what, Supplier<T> work) {
        long began = System.nanoTime();
        try (var beats =
                Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory())) {
            ScheduledFuture<?> beat = beats.scheduleAtFixedRate(
                    () -> say("\u2026 %s (%d s so far)", what, (System.nanoTime() - began) / 1_000_000_000),
                    1_200,
                    4_000,
                    TimeUnit.MILLISECONDS);
            T result = work.get();
            beat.cancel(false);
            beats.shutdownNow();
            say("\u2713 %s (%d ms)", what, (System.nanoTime() - began) / 1_000_000);
            return result;
        }
    }

    /** Runs a step that gives nothing back. */
    void step(String what, Runnable work) {
        step(what, () -> {
            work.run();
            return what;
        });
    }

    double seconds() {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}
