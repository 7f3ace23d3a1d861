package io.tombolo.dataplane.pick;

import io.tombolo.dataplane.limit.LastUsed;
import io.tombolo.dataplane.outcome.EndpointKey;
import io.tombolo.dataplane.pick.Candidates.Candidate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Spares instances that are new: one takes part in a tenth of the choices at first, in all of them when its time is over. Those
 * that are there when a service is first called from here are not new. One loop's own.
 */
final class SlowStart {
    private static final double LEAST = 0.1;

    private final RandomGenerator random;
    private final Map<EndpointKey, Map<EndpointKey, Long>> sinceNanos = new LastUsed<>(Rotation.MOST);

    SlowStart(RandomGenerator random) {
        this.random = random;
    }

    /** Those among whom one choice is made; all of {@code able} if all are to be spared. */
    List<Candidate> spared(List<Candidate> able, long warmNanos, long nowNanos) {
        EndpointKey anybody = able.getFirst().endpoint().anybody();
        boolean first = !sinceNanos.containsKey(anybody);
        Map<EndpointKey, Long> since = sinceNanos.computeIfAbsent(anybody, key -> new HashMap<>());
        long begun = first ? nowNanos - warmNanos : nowNanos;
        able.forEach(candidate -> since.putIfAbsent(candidate.endpoint(), begun));
        if (since.size() > 2 * able.size() + 64) {
            since.keySet().retainAll(able.stream().map(Candidate::endpoint).toList());
        }
        List<Candidate> taking = able.stream()
                .filter(candidate -> {
                    long age = nowNanos - since.getOrDefault(candidate.endpoint(), nowNanos);
                    return age >= warmNanos || random.nextDouble() < Math.max(LEAST, age / (double) warmNanos);
                })
                .toList();
        return taking.isEmpty() ? able : taking;
    }
}
