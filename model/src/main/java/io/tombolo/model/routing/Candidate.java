package io.tombolo.model.routing;

import java.util.Optional;

/**
 * A target with what the decision derives of it.
 * @param held came back too recently to get traffic while another one can take it
 */
record Candidate(Target target, Standing standing, long admittedSinceNanos, boolean held) {
    static Candidate of(
            Target target, FailoverPolicy policy, boolean cutOff, Optional<FailoverDecision> previous, long nowNanos) {
        Standing standing = Standing.of(target, policy, cutOff);
        long since = since(target, standing, previous, nowNanos);
        boolean held = standing.admitted()
                && since != ClusterShare.ALWAYS
                && nowNanos - since < policy.hold().toNanos();
        return new Candidate(target, standing, since, held);
    }

    private static long since(Target target, Standing standing, Optional<FailoverDecision> previous, long nowNanos) {
        if (!standing.admitted()) {
            return nowNanos;
        }
        if (previous.isEmpty()) {
            return ClusterShare.ALWAYS;
        }
        // A cluster that is new to the service has not failed: it needs no hold.
        return previous.get()
                .of(target.cluster())
                .map(before -> before.standing().admitted() ? before.admittedSinceNanos() : nowNanos)
                .orElse(ClusterShare.ALWAYS);
    }

    double weight(boolean byCapacity) {
        return byCapacity ? target.capacity() : Math.max(1, target.ready().orElse(1));
    }

    ClusterShare toShare(double share, double ideal) {
        String reason = held && ideal == 0 ? "held: " + standing.reason() + " again" : standing.reason();
        return new ClusterShare(target.cluster(), share, ideal, standing, admittedSinceNanos, reason);
    }
}
