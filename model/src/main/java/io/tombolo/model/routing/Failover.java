package io.tombolo.model.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Divides the traffic for one service port over clusters. Away from what died at once, towards what came back after a hold
 * and along a ramp. A pure function: the same inputs give the same shares in controller, sidecar and simulator.
 */
public final class Failover {
    private Failover() {}

    /**
     * Decides.
     * @param targets  the clusters that expose the port, in any order, each once
     * @param cutOff   whether the decider itself lost the backbone
     * @param previous the decision before, if any; without one nothing is held or ramped
     * @param nowNanos monotonic time, not before that of {@code previous}
     * @return shares that add up to 1, or all 0 when no cluster is admitted
     */
    public static FailoverDecision decide(
            FailoverPolicy policy,
            List<Target> targets,
            boolean cutOff,
            Optional<FailoverDecision> previous,
            long nowNanos) {
        List<Candidate> candidates = targets.stream()
                .sorted(Comparator.comparing(Target::cluster))
                .map(target -> Candidate.of(target, policy, cutOff, previous, nowNanos))
                .toList();
        double[] ideal = ideal(chosen(policy, candidates), candidates);
        double[] shares = previous.map(before -> Ramp.move(before, candidates, ideal, policy.ramp(), nowNanos))
                .orElse(ideal);
        var result = new ArrayList<ClusterShare>(candidates.size());
        for (int i = 0; i < shares.length; i++) {
            result.add(candidates.get(i).toShare(shares[i], ideal[i]));
        }
        return new FailoverDecision(result, nowNanos);
    }

    /** The best non-empty group: settled before held, known before unknown before last resort, then by tier. */
    private static List<Candidate> chosen(FailoverPolicy policy, List<Candidate> candidates) {
        for (Standing standing : List.of(Standing.USABLE, Standing.UNKNOWN, Standing.LAST_RESORT)) {
            for (boolean held : new boolean[] {false, true}) {
                var group = firstTier(
                        policy,
                        candidates.stream()
                                .filter(c -> c.standing() == standing && c.held() == held)
                                .toList());
                if (!group.isEmpty()) {
                    return group;
                }
            }
        }
        return List.of();
    }

    private static List<Candidate> firstTier(FailoverPolicy policy, List<Candidate> candidates) {
        return policy.tiers().stream()
                .map(tier -> candidates.stream()
                        .filter(c -> tier.includes(c.target()))
                        .toList())
                .filter(group -> !group.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** Divides by what every member of the group says it can take, else by ready instances, else equally. */
    private static double[] ideal(List<Candidate> group, List<Candidate> all) {
        boolean byCapacity = group.stream().allMatch(c -> c.target().capacity() > 0);
        double sum = group.stream().mapToDouble(c -> c.weight(byCapacity)).sum();
        return all.stream()
                .mapToDouble(c -> group.contains(c) ? c.weight(byCapacity) / sum : 0)
                .toArray();
    }
}
