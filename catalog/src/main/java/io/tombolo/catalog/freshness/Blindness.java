package io.tombolo.catalog.freshness;

import java.time.Duration;

/**
 * How long this cluster has had no news of the members.
 * @param newsAge  since the last news
 * @param maxBlind {@code freshness.max-blind}
 */
public record Blindness(State state, Duration newsAge, Duration maxBlind) {
    /** What follows from it. */
    public enum State {
        /** News came lately. */
        SEEING,
        /** Half of the time is over: the operator is warned. */
        WARNED,
        /** Who was evicted meanwhile is not known any more: local only. */
        BLIND
    }

    public boolean isBlind() {
        return state == State.BLIND;
    }
}
