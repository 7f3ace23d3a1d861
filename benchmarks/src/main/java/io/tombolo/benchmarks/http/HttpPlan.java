package io.tombolo.benchmarks.http;

import io.tombolo.benchmarks.load.CallLoad;
import io.tombolo.benchmarks.load.Wire;
import java.time.Duration;
import java.util.Map;

/**
 * How long and how often; each from an option of its name.
 * @param rounds      each of them gives every contender every load once; 1 to 100
 * @param window      of one measurement, from {@code seconds}; 1 s to 60 s
 * @param connections kept open; 1 to 1,024
 * @param streams     requests at a time on a connection, where the protocol can have more than one; 1 to 250
 * @param rate        requests a second where the rate is fixed; 1 to 100,000
 * @param services    in the route tables; 1 to 1,000
 * @param warmUp      most of the first load of each contender, from {@code warm-up}: a JVM compiles what is hot; 1 s to 10 min
 */
record HttpPlan(int rounds, Duration window, int connections, int streams, int rate, int services, Duration warmUp) {
    /** Before each window: connections, buffers, the CPU's caches. */
    static final Duration SETTLE = Duration.ofSeconds(1);

    /** A rate of large answers that moves as many bytes as a disk would. */
    private static final int BULK_SHARE = 20;

    static HttpPlan of(Map<String, Integer> options, Wire wire, int byDefaultRate) {
        return new HttpPlan(
                Math.clamp(options.getOrDefault("rounds", 7), 1, 100),
                Duration.ofSeconds(Math.clamp(options.getOrDefault("seconds", 3), 1, 60)),
                Math.clamp(options.getOrDefault("connections", wire.isMultiplexed() ? 4 : 32), 1, 1_024),
                Math.clamp(options.getOrDefault("streams", 8), 1, 250),
                Math.clamp(options.getOrDefault("rate", byDefaultRate), 1, 100_000),
                Math.clamp(options.getOrDefault("services", 100), 1, 1_000),
                Duration.ofSeconds(Math.clamp(options.getOrDefault("warm-up", 90), 1, 600)));
    }

    /** Requests at a time on one connection. */
    int streams(Wire wire) {
        return wire.isMultiplexed() ? streams : 1;
    }

    /** Requests a second of what is spoken. */
    CallLoad.Pace.Fixed pace(Wire wire) {
        return new CallLoad.Pace.Fixed(wire == Wire.TCP_BULK ? Math.max(1, rate / BULK_SHARE) : rate);
    }

    /** The same with as many connections as are told. */
    HttpPlan with(int its) {
        return new HttpPlan(rounds, window, its, streams, rate, services, warmUp);
    }
}
