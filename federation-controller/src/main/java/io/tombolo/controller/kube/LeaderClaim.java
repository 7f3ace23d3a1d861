package io.tombolo.controller.kube;

import java.util.Map;
import java.util.Optional;

/**
 * Which replica of this cluster's controller leads.
 * @param leader      its name
 * @param inStep      the one that has on its disk whatever the leader acknowledged, and therefore may take over
 * @param addresses   of the leader, by what listens there; empty until it serves
 * @param transitions how often the leader changed
 */
public record LeaderClaim(String leader, Optional<String> inStep, Map<String, String> addresses, int transitions) {
    public LeaderClaim {
        addresses = Map.copyOf(addresses);
    }

    /** The same leader with another one in step, or nobody. */
    public LeaderClaim withInStep(Optional<String> now) {
        return new LeaderClaim(leader, now, addresses, transitions);
    }

    /** The same leader at these addresses. */
    public LeaderClaim at(Map<String, String> now) {
        return new LeaderClaim(leader, inStep, now, transitions);
    }

    /** What stands after {@code next} took over: nobody is in step yet. */
    public LeaderClaim takenBy(String next) {
        return new LeaderClaim(next, Optional.empty(), Map.of(), next.equals(leader) ? transitions : transitions + 1);
    }
}
