package io.tombolo.model.routing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Divides the traffic for one service port over clusters. Away from what died at once, towards what came back after a hold
 * and along a ramp. A pure function: the same inputs give the same shares in controller, sidecar and simulator.
 */
public final class Failover {
    private static final double NANOS = 1e9;
    private static final double NOTHING = 1e-6;

    private Failover() {}

    /**
     * Decides.
     * @param previous the decision before, if any; without one nothing is held or ramped
     * @param nowNanos monotonic time, not before that of {@code previous}
     * @return shares that add up to 1 with what is shed, or all 0 when no cluster is admitted
     */
    public static FailoverDecision decide(
            FailoverPolicy policy, Situation situation, Optional<FailoverDecision> previous, long nowNanos) {
        List<Candidate> candidates = candidates(policy, situation, previous, nowNanos);
        List<Candidate> panicking =
                candidates.stream().noneMatch(c -> c.standing().admitted())
                        ? candidates.stream()
                                .filter(c -> c.inPanic(policy, situation.cutOff()))
                                .toList()
                        : List.of();
        if (!panicking.isEmpty()) {
            return spread(candidates, panicking, nowNanos);
        }
        Optional<double[]> told = situation.given().flatMap(given -> shares(given, candidates));
        double[] goal = told.orElseGet(() -> Goal.of(policy, candidates, situation.demand()));
        double fastest = told.isPresent()
                ? Ramp.FASTEST_PER_SECOND
                : perSecond(policy.failback().ramp());
        boolean nobody = candidates.stream().noneMatch(c -> c.standing().admitted());
        double[] shares = nobody
                ? goal
                : previous.map(last -> Ramp.move(last, candidates, goal, fastest, nowNanos))
                        .orElse(goal);
        return decision(candidates, shares, goal, nowNanos);
    }

    /** By cluster, so that the order of what comes in does not matter; each with what it was in the decision before. */
    private static List<Candidate> candidates(
            FailoverPolicy policy, Situation situation, Optional<FailoverDecision> previous, long nowNanos) {
        Target[] targets = situation.targets().toArray(Target[]::new);
        Arrays.sort(targets, Comparator.comparing(Target::cluster));
        List<ClusterShare> before = previous.map(FailoverDecision::shares).orElse(List.of());
        var candidates = new ArrayList<Candidate>(targets.length);
        int next = 0;
        for (Target target : targets) {
            int order = -1;
            while (next < before.size() && order < 0) {
                order = before.get(next).cluster().compareTo(target.cluster());
                next += order < 0 ? 1 : 0;
            }
            Optional<ClusterShare> last = order == 0 ? Optional.of(before.get(next)) : Optional.empty();
            candidates.add(Candidate.of(target, policy, situation, last, nowNanos));
        }
        return candidates;
    }

    private static double perSecond(Duration ramp) {
        return ramp.isZero() ? Ramp.FASTEST_PER_SECOND : NANOS / ramp.toNanos();
    }

    /**
     * Where they are to go; empty if somebody is told to take what it cannot by what is known here, or is not known here at all.
     */
    private static Optional<double[]> shares(Given given, List<Candidate> candidates) {
        double[] shares = new double[candidates.size() + 1];
        double known = 0;
        for (int i = 0; i < candidates.size(); i++) {
            Candidate candidate = candidates.get(i);
            double share = given.share(candidate.target().cluster());
            if (share > 0 && (!candidate.standing().admitted() || candidate.held())) {
                return Optional.empty();
            }
            shares[i] = share;
            known += share;
        }
        if (known == 0 || given.sum() - known >= NOTHING) {
            return Optional.empty();
        }
        shares[candidates.size()] = given.shed();
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= known + given.shed();
        }
        return Optional.of(shares);
    }

    /** Everything looks unhealthy: that is more likely a wrong look than the truth. */
    private static FailoverDecision spread(List<Candidate> candidates, List<Candidate> panicking, long nowNanos) {
        double each = 1.0 / panicking.size();
        List<ClusterShare> shares = candidates.stream()
                .map(c -> panicking.contains(c) ? c.toShare(each, each) : c.toShare(0, 0))
                .toList();
        return new FailoverDecision(shares, 0, 0, true, nowNanos);
    }

    private static FailoverDecision decision(
            List<Candidate> candidates, double[] shares, double[] goal, long nowNanos) {
        var result = new ArrayList<ClusterShare>(candidates.size());
        int last = candidates.size();
        for (int i = 0; i < last; i++) {
            result.add(candidates.get(i).toShare(shares[i], goal[i]));
        }
        return new FailoverDecision(result, shares[last], goal[last], false, nowNanos);
    }
}
