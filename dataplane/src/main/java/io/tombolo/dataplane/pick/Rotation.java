package io.tombolo.dataplane.pick;

import io.tombolo.dataplane.limit.LastUsed;
import io.tombolo.dataplane.outcome.EndpointKey;
import io.tombolo.dataplane.pick.Candidates.Candidate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * In turn, by weight (stride scheduling, Waldspurger 1995): each turn takes an endpoint forward by one over its weight, and who
 * is furthest behind is next. Who is new, or was away, begins level with who is next. One loop's own.
 */
final class Rotation {
    /** Most services, by cluster, whose order is remembered; the longest unused one begins anew. */
    static final int MOST = 4_096;

    private final Map<EndpointKey, Round> rounds = new LastUsed<>(MOST);

    /** How far each is, and how far who was next last. */
    private static final class Round {
        private final Map<EndpointKey, Double> passed = new HashMap<>();
        private double level;

        private double at(Candidate candidate) {
            return Math.max(level, passed.getOrDefault(candidate.endpoint(), level));
        }

        private void forgetOthers(List<Candidate> able) {
            if (passed.size() > 2 * able.size() + 64) {
                passed.keySet().retainAll(able.stream().map(Candidate::endpoint).toList());
            }
        }
    }

    /** @param able at least one, all of one service port in one cluster */
    EndpointKey next(List<Candidate> able) {
        Round round = rounds.computeIfAbsent(able.getFirst().endpoint().anybody(), key -> new Round());
        round.forgetOthers(able);
        Candidate next = able.getFirst();
        for (Candidate candidate : able) {
            next = round.at(candidate) < round.at(next) ? candidate : next;
        }
        round.level = round.at(next);
        round.passed.put(next.endpoint(), round.level + 1.0 / next.weight());
        return next.endpoint();
    }
}
