package io.tombolo.dataplane.upstream;

import io.tombolo.dataplane.metrics.Counter;
import io.tombolo.dataplane.metrics.Counters;
import io.tombolo.dataplane.metrics.Metrics;

/**
 * How often a pool's limits were met, by the names that {@code docs/metrics.md} lists.
 * @param queued requests that waited because enough connections were being made
 * @param closed connections given up, by the limit that said so
 */
public record PoolCounters(Counter queued, Counters closed) {
    /** Of the pools into the mesh. */
    public static PoolCounters ofMesh(Metrics metrics) {
        return of(metrics, "tombolo_pool", "pool");
    }

    /** Of the pools to applications. */
    public static PoolCounters ofApps(Metrics metrics) {
        return of(metrics, "tombolo_app_pool", "app-pool");
    }

    private static PoolCounters of(Metrics metrics, String name, String key) {
        return new PoolCounters(
                metrics.counter(
                        name + "_queued_total",
                        "Requests that waited for a connection while " + key + ".max-dials were being made."),
                metrics.counters(
                        name + "_closed_total",
                        "Connections given up, by the limit of " + key + " that was met.",
                        "limit"));
    }

    /** Nobody used it for as long as it may be idle. */
    void idle() {
        closed.of("idle").increment();
    }

    /** It is as old as it may get. */
    void tooOld() {
        closed.of("max_age").increment();
    }

    /** Another one was wanted, and there are as many as may be. */
    void noRoom() {
        closed.of("max_connections").increment();
    }
}
