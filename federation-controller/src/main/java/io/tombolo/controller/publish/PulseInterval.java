package io.tombolo.controller.publish;

import java.time.Duration;

/** How often members say that they live: every second, slower when there are more than a hundred. */
public final class PulseInterval {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration SHORTEST_WATCH = Duration.ofSeconds(3);

    private PulseInterval() {}

    /** max(1 s, N/100 s). */
    public static Duration of(int members) {
        Duration byMembers = Duration.ofMillis(10L * members);
        return byMembers.compareTo(SHORTEST) > 0 ? byMembers : SHORTEST;
    }

    /** How long silence must last to mean something: max(3 s, 3 intervals). */
    public static Duration watch(Duration interval) {
        Duration three = interval.multipliedBy(3);
        return three.compareTo(SHORTEST_WATCH) > 0 ? three : SHORTEST_WATCH;
    }
}
