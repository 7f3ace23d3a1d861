package io.tombolo.catalog.freshness;

import java.time.Duration;

/**
 * When this cluster last had news of the members: another member said, in a pulse that it signed, that it knows of no newer
 * list. The own pulse coming back proves a way to Kafka, and Kafka may withhold what it likes; so that is no news. A pulse is
 * as old as its issue time says, so that one that is played again says nothing new.
 * @param maxBlind without news for longer: local only
 * @param atNanos  monotonic; may lie before the start of this process
 */
public record MembersNews(Duration maxBlind, long atNanos) {
    /** The last news of which anything is known, {@code age} old now. */
    public static MembersNews of(Duration maxBlind, Duration age, long nowNanos) {
        return new MembersNews(maxBlind, nowNanos - atLeastZero(age).toNanos());
    }

    /** News that is {@code age} old. */
    public MembersNews heard(Duration age, long nowNanos) {
        long saidNanos = nowNanos - atLeastZero(age).toNanos();
        return saidNanos - atNanos > 0 ? new MembersNews(maxBlind, saidNanos) : this;
    }

    /** As of now. */
    public Blindness at(long nowNanos) {
        Duration age = Duration.ofNanos(nowNanos - atNanos);
        Blindness.State state = age.compareTo(maxBlind) > 0
                ? Blindness.State.BLIND
                : age.compareTo(maxBlind.dividedBy(2)) >= 0 ? Blindness.State.WARNED : Blindness.State.SEEING;
        return new Blindness(state, age, maxBlind);
    }

    /** Clocks of two machines differ; nothing is newer than now. */
    private static Duration atLeastZero(Duration age) {
        return age.isNegative() ? Duration.ZERO : age;
    }
}
