package io.tombolo.cli.drill;

/** What was so before a drill. */
record Baseline(Look look, Seen first, Seen last) {
    private static final double NANOS = 1e9;

    /** Calls that ended in that time. */
    long calls() {
        return last.calls().ended() - first.calls().ended();
    }

    double perSecond() {
        return calls() * NANOS / (last.atNanos() - first.atNanos());
    }

    /** Whether it is known who answers. */
    boolean tells() {
        return !last.calls().byCluster().isEmpty();
    }

    /** The part of all calls that a cluster answered. */
    double share(String cluster) {
        return last.calls().share(cluster, first.calls());
    }
}
