package io.tombolo.dataplane.pick;

import io.tombolo.dataplane.outcome.EndpointKey;
import io.tombolo.dataplane.outcome.Outcomes;
import io.tombolo.dataplane.pick.Candidates.Candidate;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.routing.ClusterShare;
import io.tombolo.model.routing.FailoverDecision;
import io.tombolo.model.traffic.Balance;
import io.tombolo.model.traffic.HashKey;
import io.tombolo.model.traffic.Rendezvous;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Who of those that may answer does: the cluster by its share, then the instance as the service's policy has it. */
final class Balancer {
    private final Outcomes outcomes;
    private final RandomGenerator random;
    private final Rotation rotation = new Rotation();
    private final SlowStart slowStart;

    Balancer(Outcomes outcomes, RandomGenerator random) {
        this.outcomes = outcomes;
        this.random = random;
        this.slowStart = new SlowStart(random);
    }

    /** With a key, keys move between clusters only as far as shares do. */
    Optional<ClusterId> cluster(Turn turn, FailoverDecision decision) {
        return turn.isExact()
                ? Rendezvous.choose(
                                turn.key().orElseThrow(),
                                decision.shares(),
                                share -> Rendezvous.hash(share.cluster().value()),
                                ClusterShare::share)
                        .map(ClusterShare::cluster)
                : decision.pick(random.nextDouble());
    }

    /** @param all at least one, of one cluster */
    EndpointKey instance(Turn turn, List<Candidate> all, long nowNanos) {
        List<Candidate> able = turn.slowStart().isZero() || turn.isExact()
                ? all
                : slowStart.spared(all, turn.slowStart().toNanos(), nowNanos);
        return switch (turn.balance()) {
            case Balance.LeastRequest() -> better(able).endpoint();
            case Balance.RoundRobin() -> rotation.next(able);
            case Balance.Random() -> drawn(able).endpoint();
            case Balance.Hash(HashKey _) -> keyed(turn.key().orElseThrow(), able);
        };
    }

    /** Power of two choices by expected wait over weight. */
    private Candidate better(List<Candidate> able) {
        Candidate first = able.get(random.nextInt(able.size()));
        Candidate second = able.get(random.nextInt(able.size()));
        return cost(first) <= cost(second) ? first : second;
    }

    private double cost(Candidate candidate) {
        return outcomes.cost(candidate.endpoint()) / candidate.weight();
    }

    private Candidate drawn(List<Candidate> able) {
        int left = random.nextInt(able.stream().mapToInt(Candidate::weight).sum());
        for (Candidate candidate : able) {
            left -= candidate.weight();
            if (left < 0) {
                return candidate;
            }
        }
        throw new IllegalStateException("weights add up to more than was drawn");
    }

    private static EndpointKey keyed(long key, List<Candidate> able) {
        return Rendezvous.choose(key, able, candidate -> id(candidate.endpoint()), Candidate::weight)
                .map(Candidate::endpoint)
                .orElseThrow();
    }

    private static long id(EndpointKey endpoint) {
        return Rendezvous.hash(endpoint.cluster()
                + "/"
                + endpoint.instance().map(Object::toString).orElse(""));
    }
}
