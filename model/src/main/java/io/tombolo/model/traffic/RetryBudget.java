package io.tombolo.model.traffic;

import java.time.Duration;

/**
 * How many retries a sidecar makes for one service (GEP-3388), so that those of many callers do not finish what is slow already.
 * @param percent      of the requests within {@code interval}, 0 to 100
 * @param interval     1 s to 10 min
 * @param minPerSecond allowed in any case, 0 to 1000
 */
public record RetryBudget(int percent, Duration interval, int minPerSecond) {
    /** As many as requests: a cluster that is full may refuse each of them once, and no storm is more than twice the traffic. */
    public static final RetryBudget DEFAULT = new RetryBudget(100, Duration.ofSeconds(10), 10);

    public RetryBudget {
        TrafficSyntax.check(percent >= 0 && percent <= 100, "retries.budgetPercent", percent, "0 to 100");
        TrafficSyntax.check(
                interval.toSeconds() >= 1 && interval.toMinutes() <= 10, "retries.interval", interval, "1s to 10m");
        TrafficSyntax.check(
                minPerSecond >= 0 && minPerSecond <= 1_000, "retries.minPerSecond", minPerSecond, "0 to 1000");
    }

    /**
     * Whether one more retry is within the budget.
     * @param requests within the last interval, retries not counted
     * @param retries  within the same
     */
    public boolean allows(long requests, long retries) {
        long share = requests * percent / 100;
        return retries < Math.max(share, minPerSecond * interval.toSeconds());
    }
}
