package io.tombolo.cli.demo;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A question that is asked again until its answer is yes. */
final class Asked {
    private static final long EACH_MILLIS = 100;

    private Asked() {}

    /** @throws TomboloException TIMED_OUT, with {@code what} did not come true and {@code remedy} */
    static void until(BooleanSupplier question, Duration patience, String what, String remedy) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!question.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new TomboloException(
                        Fault.TIMED_OUT, what, "not so after " + patience.toSeconds() + " s", remedy);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(EACH_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TomboloException(Fault.TIMED_OUT, "demo", "was interrupted", "start it again", e);
            }
        }
    }
}
