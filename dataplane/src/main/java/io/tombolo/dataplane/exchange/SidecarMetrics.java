package io.tombolo.dataplane.exchange;

import io.tombolo.dataplane.metrics.Counter;
import io.tombolo.dataplane.metrics.Counters;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.dataplane.traffic.Traffic;
import io.tombolo.dataplane.upstream.PoolCounters;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.outcome.Blame;

/** The numbers of the two walks, by the names that {@code docs/metrics.md} lists. */
final class SidecarMetrics {
    final Counter wrongServer;
    final PoolCounters pool;
    final PoolCounters appPool;
    final Counter forwarded;
    final Counter idled;
    final Counters standbyDials;
    final Counters routes;
    final Counters policed;
    final Counters copies;
    final Counters shed;

    /** By both ends. */
    final Traffic traffic;

    private final Counters blamed;
    private final Metrics metrics;

    SidecarMetrics(Metrics metrics) {
        this.metrics = metrics;
        wrongServer = metrics.counter(
                "tombolo_wrong_server_total", "Servers that proved an identity that may not answer; got no byte.");
        pool = PoolCounters.ofMesh(metrics);
        appPool = PoolCounters.ofApps(metrics);
        forwarded = metrics.counter(
                "tombolo_forwarded_connections_total",
                "Connections that a gateway of this cluster handed over for a verified caller.");
        idled = metrics.counter(
                "tombolo_http_idle_closed_total",
                "Connections closed because nothing was asked on them for http.idle-timeout.");
        standbyDials = metrics.counters(
                "tombolo_standby_dials_total",
                "Mesh connections dialled to whoever comes next, before they were needed, by result.",
                "result");
        routes = metrics.counters(
                "tombolo_route_results_total",
                "Requests for services with routes, by what these made of them.",
                "result");
        copies = metrics.counters(
                "tombolo_copied_requests_total", "Copies of requests to mirrors, by what became of them.", "result");
        shed = metrics.counters(
                "tombolo_shed_total",
                "Calls refused because nobody has the capacity for all, by how urgent they were.",
                "urgency");
        policed = metrics.counters(
                "tombolo_traffic_policy_total",
                "Requests and TCP connections that a TrafficPolicy refused or disturbed, by what it did.",
                "result");
        traffic = new Traffic(metrics);
        blamed = metrics.counters("tombolo_blame_total", "Failed attempts by whose doing it was.", "blame");
    }

    void fault(Fault fault) {
        metrics.fault(fault).increment();
    }

    void blame(Blame blame) {
        blamed.of(blame.name()).increment();
    }
}
