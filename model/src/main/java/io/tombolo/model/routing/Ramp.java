package io.tombolo.model.routing;

import java.util.List;

/** Moves shares from where they are to where they should be: at once away from the dead, else evenly. */
final class Ramp {
    /** Nobody's share changes faster than by a fifth of all traffic in a second, unless somebody died. */
    static final double FASTEST_PER_SECOND = 0.2;

    /** Shares that were at rest, however long ago that was decided, do not jump when something changes. */
    private static final double REST_SECONDS = 1;

    private static final double NANOS = 1e9;

    private final FailoverDecision before;
    private final List<Candidate> candidates;
    private final double[] goal;
    private final double seconds;

    private Ramp(FailoverDecision before, List<Candidate> candidates, double[] goal, long nowNanos) {
        this.before = before;
        this.candidates = candidates;
        this.goal = goal;
        double passed = Math.max(0, nowNanos - before.decidedAtNanos()) / NANOS;
        this.seconds = before.moving() ? passed : Math.min(passed, REST_SECONDS);
    }

    /**
     * The shares at {@code nowNanos}.
     * @param goal      by index of {@code candidates}, and after them what is shed
     * @param perSecond how fast the share of one that comes back grows
     */
    static double[] move(
            FailoverDecision before, List<Candidate> candidates, double[] goal, double perSecond, long nowNanos) {
        var ramp = new Ramp(before, candidates, goal, nowNanos);
        double[] current = ramp.withoutTheDead();
        return current.length == 0 ? goal.clone() : ramp.step(current, Math.min(perSecond, FASTEST_PER_SECOND));
    }

    /** What the dead had goes to those that lack most, who are not more than where they should be by it. */
    private double[] withoutTheDead() {
        double[] current = new double[goal.length];
        double freed = 1;
        double lacking = 0;
        for (int i = 0; i < current.length; i++) {
            current[i] = had(i);
            freed -= current[i];
            lacking += Math.max(0, goal[i] - current[i]);
        }
        if (lacking > 0) {
            double part = Math.min(1, Math.max(0, freed) / lacking);
            for (int i = 0; i < current.length; i++) {
                current[i] += Math.max(0, goal[i] - current[i]) * part;
            }
        }
        return current;
    }

    private double had(int index) {
        if (index == candidates.size()) {
            return before.shed();
        }
        Candidate candidate = candidates.get(index);
        return candidate.standing().admitted() ? candidate.shareBefore() : 0;
    }

    /** As much is given as is taken, and nobody moves faster than it may. */
    private double[] step(double[] current, double returning) {
        double[] change = new double[goal.length];
        double up = 0;
        double down = 0;
        for (int i = 0; i < goal.length; i++) {
            double most = seconds * fastest(i, goal[i] > current[i], returning);
            change[i] = Math.clamp(goal[i] - current[i], -most, most);
            up += Math.max(0, change[i]);
            down += Math.max(0, -change[i]);
        }
        double moved = Math.min(up, down);
        double[] result = new double[goal.length];
        for (int i = 0; i < goal.length; i++) {
            double sum = change[i] > 0 ? up : down;
            result[i] = sum == 0 ? current[i] : current[i] + change[i] * (moved / sum);
        }
        return result;
    }

    /** Shedding is nobody's load: it may change at once. */
    private double fastest(int index, boolean grows, double returning) {
        if (index == candidates.size()) {
            return Double.MAX_VALUE / 4;
        }
        return grows && candidates.get(index).returns() ? returning : FASTEST_PER_SECOND;
    }
}
