package io.tombolo.benchmarks.place;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Lets time pass. */
public final class Pause {
    private Pause() {}

    public static void forAbout(Duration duration) {
        millis(duration.toMillis());
    }

    static void millis(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the benchmark was interrupted", e);
        }
    }
}
