package io.tombolo.benchmarks.passthrough;

import java.time.Duration;

/**
 * How long and how often. From {@code --rounds}, {@code --seconds} and {@code --connections}.
 * @param rounds      each of them measures every contender once per size; 1 to 100
 * @param window      of one measurement
 * @param connections kept open, one request at a time on each
 */
record Plan(int rounds, Duration window, int connections) {
    /** The first load that a contender gets: a JVM compiles what is hot. */
    static final Duration FIRST_WARM_UP = Duration.ofSeconds(12);

    /** Before each window: connections, buffers, the CPU's caches. */
    static final Duration WARM_UP = Duration.ofSeconds(1);

    /** @param options {@code --name value} pairs */
    static Plan of(java.util.Map<String, Integer> options) {
        return new Plan(
                Math.clamp(options.getOrDefault("rounds", 7), 1, 100),
                Duration.ofSeconds(Math.clamp(options.getOrDefault("seconds", 4), 1, 60)),
                Math.clamp(options.getOrDefault("connections", 32), 1, 1_024));
    }
}
