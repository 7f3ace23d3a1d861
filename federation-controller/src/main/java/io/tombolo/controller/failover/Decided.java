package io.tombolo.controller.failover;

import io.tombolo.model.name.ServiceName;
import io.tombolo.model.routing.ClusterShare;
import io.tombolo.model.routing.FailoverDecision;
import io.tombolo.model.routing.FailoverPolicy;
import io.tombolo.model.routing.Shedding;
import io.tombolo.model.routing.Situation;
import io.tombolo.model.routing.Urgencies;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was decided for one service.
 * @param rule    name of the policy; empty = the usual division
 * @param urgencies what is asked for is made up of; empty = not known, or nothing is shed
 * @param since   when shares last changed where they move to, or why
 * @param changed when shares last changed at all
 */
public record Decided(
        ServiceName service,
        Optional<ServiceName> rule,
        FailoverPolicy policy,
        Situation situation,
        FailoverDecision decision,
        Optional<Urgencies> urgencies,
        Instant since,
        Instant changed) {
    /** Where shares move to, and why: what makes a line of the history. */
    List<Goal> goals() {
        return decision.shares().stream()
                .map(share -> new Goal(share.cluster().value(), Math.round(share.ideal() * 1_000), share.reason()))
                .toList();
    }

    /** @param permille of the traffic */
    record Goal(String cluster, long permille, String reason) {}

    /** Whether this is what proxies were told before. */
    boolean sharesLike(Decided other) {
        return permille().equals(other.permille())
                && Math.round(decision.shed() * 1_000)
                        == Math.round(other.decision().shed() * 1_000)
                && situation.demand().equals(other.situation().demand())
                && urgencies.equals(other.urgencies());
    }

    /** Which calls are refused. */
    public Shedding shedding() {
        return Shedding.of(decision.shed(), urgencies);
    }

    private List<Long> permille() {
        return decision.shares().stream()
                .map(ClusterShare::share)
                .map(share -> Math.round(share * 1_000))
                .toList();
    }
}
