package io.tombolo.dataplane.limit;

import io.tombolo.model.traffic.RetryBudget;
import java.time.Duration;

/** Requests and retries of one service in the last interval, in steps of a tenth of it. */
final class RetryTally {
    private static final int STEPS = 10;

    private final long[] requests = new long[STEPS];
    private final long[] retries = new long[STEPS];
    private long stepNanos = 1;
    private long step = Long.MIN_VALUE;

    synchronized void requested(long nowNanos, Duration interval) {
        requests[at(nowNanos, interval)]++;
    }

    synchronized void retried(long nowNanos, Duration interval) {
        retries[at(nowNanos, interval)]++;
    }

    synchronized boolean allows(RetryBudget budget, long nowNanos) {
        at(nowNanos, budget.interval());
        return budget.allows(sum(requests), sum(retries));
    }

    /** Where to count now; what is older than the interval is forgotten on the way. */
    private int at(long nowNanos, Duration interval) {
        long each = Math.max(1, interval.toNanos() / STEPS);
        long current = Math.floorDiv(nowNanos, each);
        boolean anew = each != stepNanos || current - step >= STEPS || step == Long.MIN_VALUE;
        for (long old = anew ? current - STEPS : step; old < current; old++) {
            int next = Math.floorMod(old + 1, STEPS);
            requests[next] = 0;
            retries[next] = 0;
        }
        stepNanos = each;
        step = Math.max(anew ? current : step, current);
        return Math.floorMod(current, STEPS);
    }

    private static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }
}
