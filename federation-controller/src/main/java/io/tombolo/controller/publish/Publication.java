package io.tombolo.controller.publish;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A record that is signed and fsynced to the outbox.
 * @param seq          its sequence; grows with every record of this cluster
 * @param acknowledged completes when Kafka has it; may take as long as Kafka is away. Completes exceptionally when this
 *                     writer was fenced. Dependents run on the writer's thread and must not block.
 */
public record Publication(long seq, CompletableFuture<Void> acknowledged) {
    /** The same as {@link #published()}, after giving Kafka {@code patience} to answer. Not for event loops. */
    public String published(Duration patience) {
        try {
            acknowledged.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException later) {
            return published();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return published();
    }

    /** {@code pending}, or the sequence when Kafka has it: what an API answer says. */
    public String published() {
        return acknowledged.isDone() && !acknowledged.isCompletedExceptionally() ? Long.toString(seq) : "pending";
    }
}
