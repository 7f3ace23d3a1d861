package io.tombolo.controller.backbone;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaFuture;

/** Waits for Kafka's answers, never for ever, and says what went wrong. */
record Asking(BackboneConnection connection) {
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** @param what is being done, such as {@code making topic x} */
    <T> T get(String what, KafkaFuture<T> answer) {
        try {
            // Kafka's own limit comes first; the extra second is for a client that is stuck.
            return answer.get(BackboneAdmin.LIMIT.toMillis() + 1_000, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw BackboneFaults.of(connection + ": " + what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackboneFaults.of(connection + ": " + what, e);
        }
    }

    /** Looks until it is so: what Kafka's controller has decided reaches the brokers some milliseconds later. */
    void until(String what, BooleanSupplier holds) {
        long end = System.nanoTime() + BackboneAdmin.LIMIT.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
                throw BackboneFaults.of(connection + ": " + what, new TimeoutException("not seen in time"));
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }
}
