package io.tombolo.controller.join;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The last steps of a join: what must be seen before it is called done. */
final class Arrival {
    private static final Duration CATALOG_PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAIRS_PATIENCE = Duration.ofSeconds(5);
    private static final long LOOK_MILLIS = 50;

    private final FederatedRooms rooms;

    Arrival(FederatedRooms rooms) {
        this.rooms = rooms;
    }

    void steps(Job job) {
        job.step(
                "catalog verified",
                () -> awaited(rooms::verified, CATALOG_PATIENCE)
                        ? Job.Outcome.done("every member's records were read to their end")
                        : Job.Outcome.pending("goes on in the background"));
        job.step("gateway pairs proven", this::pairs);
    }

    private Job.Outcome pairs() {
        awaited(() -> rooms.pairs().unproven().isEmpty() || !rooms.pairs().gatewayHere(), PAIRS_PATIENCE);
        FederatedRooms.Pairs pairs = rooms.pairs();
        return pairs.unproven().isEmpty()
                ? Job.Outcome.done(pairs.proven() + " pairs")
                : Job.Outcome.pending(pairs.proven() + " proven, pending: " + String.join(", ", pairs.unproven()));
    }

    /** Looks every 50 ms on this virtual thread. */
    private static boolean awaited(BooleanSupplier done, Duration patience) {
        var never = new CountDownLatch(1);
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (!done.getAsBoolean()) {
                if (System.nanoTime() > deadline || never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
