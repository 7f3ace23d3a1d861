package io.tombolo.model.routing;

import io.tombolo.model.name.ClusterId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Divides the traffic for one service port over clusters. Away from what died at once, towards what came back after a hold
 * and along a ramp. A pure function: the same inputs give the same shares in controller, sidecar and simulator.
 */
public final class Failover {
    private static final double NANOS = 1e9;

    private Failover() {}

    /**
     * Decides.
     * @param previous the decision before, if any; without one nothing is held or ramped
     * @param nowNanos monotonic time, not before that of {@code previous}
     * @return shares that add up to 1 with what is shed, or all 0 when no cluster is admitted
     */
    public static FailoverDecision decide(
            FailoverPolicy policy, Situation situation, Optional<FailoverDecision> previous, long nowNanos) {
        Map<ClusterId, ClusterShare> before = new HashMap<>();
        previous.ifPresent(last -> last.shares().forEach(share -> before.put(share.cluster(), share)));
        List<Candidate> candidates = situation.targets().stream()
                .sorted(Comparator.comparing(Target::cluster))
                .map(target -> Candidate.of(
                        target, policy, situation, Optional.ofNullable(before.get(target.cluster())), nowNanos))
                .toList();
        List<Candidate> panicking =
                candidates.stream().noneMatch(c -> c.standing().admitted())
                        ? candidates.stream()
                                .filter(c -> c.inPanic(policy, situation.cutOff()))
                                .toList()
                        : List.of();
        if (!panicking.isEmpty()) {
            return spread(candidates, panicking, nowNanos);
        }
        Optional<Given> given = situation.given().filter(told -> fits(told, candidates));
        double[] goal = given.map(told -> shares(told, candidates))
                .orElseGet(() -> Goal.of(policy, candidates, situation.demand()));
        double fastest = given.isPresent()
                ? Ramp.FASTEST_PER_SECOND
                : perSecond(policy.failback().ramp());
        boolean nobody = candidates.stream().noneMatch(c -> c.standing().admitted());
        double[] shares = nobody
                ? goal
                : previous.map(last -> Ramp.move(last, candidates, goal, fastest, nowNanos))
                        .orElse(goal);
        return decision(candidates, shares, goal, nowNanos);
    }

    private static double perSecond(Duration ramp) {
        return ramp.isZero() ? Ramp.FASTEST_PER_SECOND : NANOS / ramp.toNanos();
    }

    /** Whoever was given something must be able to take it by what is known here, and nobody else is needed then. */
    private static boolean fits(Given given, List<Candidate> candidates) {
        double known = 0;
        for (Candidate candidate : candidates) {
            double share = given.share(candidate.target().cluster());
            if (share > 0 && (!candidate.standing().admitted() || candidate.held())) {
                return false;
            }
            known += share;
        }
        double all =
                given.shares().values().stream().mapToDouble(share -> share).sum();
        return known > 0 && all - known < 1e-6;
    }

    private static double[] shares(Given given, List<Candidate> candidates) {
        double[] shares = new double[candidates.size() + 1];
        double sum = given.shed();
        for (int i = 0; i < candidates.size(); i++) {
            shares[i] = given.share(candidates.get(i).target().cluster());
            sum += shares[i];
        }
        shares[candidates.size()] = given.shed();
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= sum;
        }
        return shares;
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
