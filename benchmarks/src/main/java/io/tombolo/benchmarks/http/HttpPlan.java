package io.tombolo.benchmarks.http;

import java.time.Duration;
import java.util.Map;

/**
 * How long and how often; each from an option of its name.
 * @param rounds      each of them gives every contender every load once; 1 to 100
 * @param window      of one measurement, from {@code seconds}; 1 s to 60 s
 * @param connections kept open, one request at a time on each; 1 to 1,024
 * @param rate        requests a second where the rate is fixed; 1 to 100,000
 * @param services    in the route tables; 1 to 1,000
 * @param warmUp      most of the first load of each contender, from {@code warm-up}: a JVM compiles what is hot; 1 s to 10 min
 */
record HttpPlan(int rounds, Duration window, int connections, int rate, int services, Duration warmUp) {
    static final int ANSWER_BYTES = 64;

    /** Before each window: connections, buffers, the CPU's caches. */
    static final Duration SETTLE = Duration.ofSeconds(1);

    static HttpPlan of(Map<String, Integer> options, int byDefaultRate) {
        return new HttpPlan(
                Math.clamp(options.getOrDefault("rounds", 7), 1, 100),
                Duration.ofSeconds(Math.clamp(options.getOrDefault("seconds", 3), 1, 60)),
                Math.clamp(options.getOrDefault("connections", 32), 1, 1_024),
                Math.clamp(options.getOrDefault("rate", byDefaultRate), 1, 100_000),
                Math.clamp(options.getOrDefault("services", 100), 1, 1_000),
                Duration.ofSeconds(Math.clamp(options.getOrDefault("warm-up", 90), 1, 600)));
    }
}
