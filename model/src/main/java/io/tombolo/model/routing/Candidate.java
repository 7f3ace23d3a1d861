package io.tombolo.model.routing;

import io.tombolo.model.catalog.Freshness;
import java.util.Optional;

/**
 * A target with what the decision derives of it.
 * @param shareBefore in the decision before; 0 if it was not there
 * @param held        came back too recently to get traffic while another one can take it
 */
record Candidate(
        Target target,
        Standing standing,
        int tier,
        double shareBefore,
        long heldUntilNanos,
        int failures,
        boolean held) {
    private static final int MOST_FAILURES = 4;
    private static final double JITTER = 0.25;

    /** For so many holds after it came back, a further failure makes the next one longer. */
    private static final int PROBATION = 8;

    /** @param before what it got in the decision before; empty if it was not there */
    static Candidate of(
            Target target, FailoverPolicy policy, Situation situation, Optional<ClusterShare> before, long nowNanos) {
        int tier = policy.tierOf(target);
        boolean wasSlow = before.isPresent() && before.get().standing() == Standing.SLOW;
        Standing standing = Standing.of(target, tier, policy, situation.cutOff(), wasSlow);
        if (before.isEmpty()) {
            return new Candidate(target, standing, tier, 0, ClusterShare.ALWAYS, 0, false);
        }
        ClusterShare last = before.get();
        int failures = failures(last, standing, policy, nowNanos);
        long until = heldUntil(last, standing, failures, policy, situation, nowNanos);
        boolean held = standing.admitted() && until != ClusterShare.ALWAYS && nowNanos < until;
        return new Candidate(target, standing, tier, last.share(), until, failures, held);
    }

    private static int failures(ClusterShare before, Standing now, FailoverPolicy policy, long nowNanos) {
        // Who ends in good order drains first: that it goes then counts as it does for anybody who is just gone.
        boolean worked = before.standing().admitted() || before.standing() == Standing.DRAINED;
        boolean fails = worked && !now.admitted() && !now.byOrder();
        boolean past = before.standing().admitted() && isOnProbation(before, policy, nowNanos);
        if (fails) {
            return past ? Math.min(MOST_FAILURES, before.failures() + 1) : 1;
        }
        return past || !before.standing().admitted() ? before.failures() : 0;
    }

    private static boolean isOnProbation(ClusterShare before, FailoverPolicy policy, long nowNanos) {
        long probation = Math.max(
                policy.failback().hold().toNanos() * PROBATION,
                policy.failback().ramp().toNanos());
        return before.heldUntilNanos() != ClusterShare.ALWAYS && nowNanos - before.heldUntilNanos() < probation;
    }

    /** A cluster that is new to the service has not failed: it needs no hold. Nor does one that was kept away by order. */
    private static long heldUntil(
            ClusterShare before,
            Standing now,
            int failures,
            FailoverPolicy policy,
            Situation situation,
            long nowNanos) {
        if (!now.admitted()) {
            return nowNanos;
        }
        if (before.standing().admitted()) {
            return isOnProbation(before, policy, nowNanos) ? before.heldUntilNanos() : ClusterShare.ALWAYS;
        }
        double hold = policy.failback().hold().toNanos()
                * (double) (1 << Math.max(0, failures - 1))
                * (1 + JITTER * situation.jitter());
        return before.standing().byOrder() ? nowNanos : nowNanos + (long) hold;
    }

    /** Whether it comes back from somewhere, so that its share grows along the ramp. */
    boolean returns() {
        return heldUntilNanos != ClusterShare.ALWAYS;
    }

    /** Whether the policy would have it before others of its tier. */
    boolean preferred(FailoverPolicy policy) {
        return target.place().says(policy.wishes().prefer());
    }

    /** Whether it can be tried when everything looks unhealthy: it has instances, and may be reached by trust and policy. */
    boolean inPanic(FailoverPolicy policy, boolean cutOff) {
        boolean gone = target.access().freshness() == Freshness.EXPIRED
                && !cutOff
                && policy.health().expired() == Health.Expired.DROP;
        boolean reachable = target.local() || (target.access().trusted() && !gone);
        return switch (standing) {
            case NO_PATH -> reachable;
            case NO_INSTANCE, DRAINED -> reachable && target.strength().total().orElse(0) > 0;
            default -> false;
        };
    }

    /** Whether it comes after those of its tier that have a weight. */
    boolean spare(FailoverPolicy policy) {
        return tier >= 0 && policy.tiers().get(tier).isSpare(target.cluster());
    }

    ClusterShare toShare(double share, double ideal) {
        return new ClusterShare(
                target.cluster(), share, ideal, standing, tier, heldUntilNanos, failures, reason(ideal));
    }

    private String reason(double ideal) {
        if (held && ideal == 0) {
            return "held: " + standing.reason() + " again";
        }
        return standing.admitted() && target.evacuated() > 0
                ? standing.reason() + ", evacuated to " + Math.round(target.evacuated() * 100) + " %"
                : standing.reason();
    }
}
