package io.tombolo.cli.drill;

import java.util.Map;

/**
 * Calls that ended since somebody began to count; every number only grows.
 * @param failed    those that got no good answer, for a reason that is not the client's
 * @param byCluster good answers by the cluster that gave them; empty where nobody tells
 */
record Calls(long ended, long failed, Map<String, Long> byCluster) {
    static final Calls NONE = new Calls(0, 0, Map.of());

    Calls {
        byCluster = Map.copyOf(byCluster);
    }

    long of(String cluster) {
        return byCluster.getOrDefault(cluster, 0L);
    }

    /** Good answers of {@code cluster} since {@code before}, as a share of all; 0 if nothing was answered. */
    double share(String cluster, Calls before) {
        long good = (ended - failed) - (before.ended - before.failed);
        return good <= 0 ? 0 : (of(cluster) - before.of(cluster)) / (double) good;
    }
}
