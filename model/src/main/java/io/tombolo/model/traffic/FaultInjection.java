package io.tombolo.model.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Requests of HTTP that are made to be late or to fail, to see what callers make of it. It ends by itself.
 * @param delay empty = none
 * @param abort empty = none
 * @param until by the wall clock of the calling sidecar; afterwards nothing is done any more
 */
public record FaultInjection(Optional<Delay> delay, Optional<Abort> abort, Instant until) {
    /** Per 10,000 requests; 10,000 = all. */
    public static final int ALL = 10_000;

    public FaultInjection {
        TrafficSyntax.check(delay.isPresent() || abort.isPresent(), "faults", "", "delay, abort or both");
    }

    /**
     * Requests that wait before they go out.
     * @param perTenThousand how many, 1 to 10000
     * @param by             1 ms to 1 min
     */
    public record Delay(int perTenThousand, Duration by) {
        public Delay {
            checkPart("faults.delay.percent", perTenThousand);
            TrafficSyntax.check(
                    by.toMillis() >= 1 && by.compareTo(Duration.ofMinutes(1)) <= 0, "faults.delay.by", by, "1ms to 1m");
        }
    }

    /**
     * Requests that are answered instead of going out.
     * @param perTenThousand how many, 1 to 10000
     * @param status         400 to 599
     */
    public record Abort(int perTenThousand, int status) {
        public Abort {
            checkPart("faults.abort.percent", perTenThousand);
            TrafficSyntax.check(status >= 400 && status <= 599, "faults.abort.status", status, "400 to 599");
        }
    }

    /** What happens to one request. */
    public record Fate(Duration delay, OptionalInt status) {
        /** Nothing. */
        public static final Fate NONE = new Fate(Duration.ZERO, OptionalInt.empty());
    }

    /**
     * Decides for one request; both may happen to it, the delay first.
     * @param forDelay uniform in [0, 1)
     * @param forAbort uniform in [0, 1), another one
     */
    public Fate decide(Instant now, double forDelay, double forAbort) {
        if (!now.isBefore(until)) {
            return Fate.NONE;
        }
        Duration late = delay.filter(one -> forDelay * ALL < one.perTenThousand())
                .map(Delay::by)
                .orElse(Duration.ZERO);
        OptionalInt status = abort.filter(one -> forAbort * ALL < one.perTenThousand()).stream()
                .mapToInt(Abort::status)
                .findFirst();
        return new Fate(late, status);
    }

    private static void checkPart(String field, int perTenThousand) {
        TrafficSyntax.check(perTenThousand >= 1 && perTenThousand <= ALL, field, perTenThousand / 100.0, "0.01 to 100");
    }
}
