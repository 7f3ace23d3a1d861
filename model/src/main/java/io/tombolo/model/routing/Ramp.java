package io.tombolo.model.routing;

import java.time.Duration;
import java.util.List;

/** Moves shares from where they are to where they should be: at once away from the dead, else in even steps. */
final class Ramp {
    private Ramp() {}

    /** The shares at {@code nowNanos}; indexes as in {@code candidates}. */
    static double[] move(
            FailoverDecision before, List<Candidate> candidates, double[] ideal, Duration ramp, long nowNanos) {
        double[] current = new double[ideal.length];
        double kept = 0;
        for (int i = 0; i < current.length; i++) {
            Candidate candidate = candidates.get(i);
            if (candidate.standing().admitted()) {
                current[i] = before.of(candidate.target().cluster())
                        .map(ClusterShare::share)
                        .orElse(0.0);
                kept += current[i];
            }
        }
        double freed = 1 - kept;
        double idealSum = 0;
        for (int i = 0; i < current.length; i++) {
            current[i] += freed * ideal[i];
            idealSum += ideal[i];
        }
        return idealSum == 0 ? new double[ideal.length] : step(current, ideal, progress(before, ramp, nowNanos));
    }

    private static double progress(FailoverDecision before, Duration ramp, long nowNanos) {
        return ramp.isZero() ? 1 : Math.min(1, (nowNanos - before.decidedAtNanos()) / (double) ramp.toNanos());
    }

    /** Moves at most {@code most} of all traffic, taken and given in proportion. */
    private static double[] step(double[] current, double[] ideal, double most) {
        double excess = 0;
        for (int i = 0; i < current.length; i++) {
            excess += Math.max(0, current[i] - ideal[i]);
        }
        if (excess <= most) {
            return ideal.clone();
        }
        double[] moved = new double[current.length];
        for (int i = 0; i < current.length; i++) {
            moved[i] = current[i] + (ideal[i] - current[i]) * (most / excess);
        }
        return moved;
    }
}
