package io.tombolo.dataplane.exchange;

import io.tombolo.dataplane.metrics.Counter;
import io.tombolo.dataplane.metrics.Counters;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.outcome.Blame;

/** The numbers of the two walks, by the names that {@code docs/metrics.md} lists. */
final class SidecarMetrics {
    final Counter outboundRequests;
    final Counter outboundMicros;
    final Counter inboundRequests;
    final Counter inboundMicros;
    final Counter tcpConnections;
    final Counter retries;
    final Counter ejections;
    final Counter wrongServer;
    final Counter dials;
    final Counter queued;
    final Counter forwarded;
    final Counters standbyDials;
    final Counters routes;
    private final Counters blamed;
    private final Counters answeredBy;
    private final Metrics metrics;

    SidecarMetrics(Metrics metrics) {
        this.metrics = metrics;
        outboundRequests = metrics.counter("tombolo_outbound_requests_total", "Requests of the application.");
        outboundMicros = metrics.counter(
                "tombolo_outbound_request_micros_total", "Time from request to answer's head, all requests together.");
        inboundRequests = metrics.counter("tombolo_inbound_requests_total", "Requests for the application.");
        inboundMicros = metrics.counter(
                "tombolo_inbound_request_micros_total", "Time that the application took to its answer's head.");
        tcpConnections = metrics.counter("tombolo_tcp_connections_total", "TCP connections relayed, both directions.");
        retries = metrics.counter("tombolo_retries_total", "Attempts after the first one of a request or connection.");
        ejections = metrics.counter("tombolo_ejections_total", "Endpoints ejected because of what they did.");
        wrongServer = metrics.counter(
                "tombolo_wrong_server_total", "Servers that proved an identity that may not answer; got no byte.");
        dials = metrics.counter("tombolo_upstream_dials_total", "Mesh connections dialled.");
        queued = metrics.counter(
                "tombolo_pool_queued_total",
                "Requests that waited for a connection while pool.max-dials were being made.");
        forwarded = metrics.counter(
                "tombolo_forwarded_connections_total",
                "Connections that a gateway of this cluster handed over for a verified caller.");
        standbyDials = metrics.counters(
                "tombolo_standby_dials_total",
                "Mesh connections dialled to whoever comes next, before they were needed, by result.",
                "result");
        routes = metrics.counters(
                "tombolo_route_results_total",
                "Requests for services with routes, by what these made of them.",
                "result");
        blamed = metrics.counters("tombolo_blame_total", "Failed requests by whose doing it was.", "blame");
        answeredBy = metrics.counters("tombolo_answers_total", "Answers by the cluster that gave them.", "cluster");
    }

    void fault(Fault fault) {
        metrics.fault(fault).increment();
    }

    void blame(Blame blame) {
        blamed.of(blame.name()).increment();
    }

    void answeredBy(String cluster) {
        answeredBy.of(cluster).increment();
    }
}
