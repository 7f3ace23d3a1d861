package io.tombolo.model.traffic;

import java.util.OptionalInt;

/**
 * How much of one service goes on at once, counted by each calling sidecar for itself, all its loops together. Empty = no limit
 * but those of the sidecar.
 * @param connections of HTTP and TCP, 1 to 100000; one to an instance to which there is none is always made
 * @param pending     requests that wait for a connection, 0 to 100000
 * @param requests    that are not answered yet, 1 to 1000000
 * @param streams     on one HTTP/2 connection, 1 to 100000
 */
public record TrafficLimits(OptionalInt connections, OptionalInt pending, OptionalInt requests, OptionalInt streams) {
    /** No limits. */
    public static final TrafficLimits NONE =
            new TrafficLimits(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

    private static final int MANY = 100_000;
    private static final int MOST_REQUESTS = 1_000_000;

    public TrafficLimits {
        check("limits.connections", connections, 1, MANY);
        check("limits.pending", pending, 0, MANY);
        check("limits.requests", requests, 1, MOST_REQUESTS);
        check("limits.streams", streams, 1, MANY);
    }

    private static void check(String field, OptionalInt value, int least, int most) {
        value.ifPresent(
                given -> TrafficSyntax.check(given >= least && given <= most, field, given, least + " to " + most));
    }
}
