package io.tombolo.dataplane.traffic;

import io.tombolo.dataplane.metrics.Column;
import io.tombolo.dataplane.metrics.Column.Level;
import io.tombolo.dataplane.metrics.Column.Spread;
import io.tombolo.dataplane.metrics.Column.Total;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.dataplane.metrics.Rows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The numbers of all traffic of one process. Any thread; each loop asks once for a {@link Loop} of its own. */
public final class Traffic {
    static final int REQUESTS = 0;
    static final int REQUEST_BYTES = 1;
    static final int ANSWER_BYTES = 2;
    static final int DURATION = 3;
    static final int OPENED = 0;
    static final int OPEN = 1;
    static final int RETRIES = 0;
    static final int EJECTIONS = 1;

    /** 1 ms to 10 s; most calls inside a region take 1 to 100 ms, between regions 20 to 300 ms. */
    static final List<Long> BOUNDS_NANOS = Stream.of(
                    1.0, 2.5, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1e3, 2.5e3, 1e4)
            .map(millis -> Math.round(millis * 1e6))
            .toList();

    private static final List<String> OUTCOME = List.of("response_code", "grpc_status", "blame", "fault");
    private static final List<String> ENDING = List.of("blame", "fault");

    private final Rows requests;
    private final Rows tcp;
    private final Rows tcpEnds;
    private final Rows connections;
    private final Rows failures;
    private final Rows doubts;
    private final int most;

    public Traffic(Metrics metrics) {
        this.most = metrics.maxSeries();
        requests = metrics.rows(
                labels(OUTCOME),
                List.of(
                        new Total("tombolo_requests_total", "Requests of HTTP that ended."),
                        new Total("tombolo_request_bytes_total", "Bytes of their bodies."),
                        new Total("tombolo_answer_bytes_total", "Bytes of the bodies of their answers."),
                        new Spread(
                                "tombolo_request_duration_seconds",
                                "From the request's head to the answer's end.",
                                BOUNDS_NANOS)));
        tcp = metrics.rows(
                labels(List.of()),
                List.of(
                        new Total("tombolo_tcp_opened_total", "TCP connections that reached an application."),
                        new Level("tombolo_tcp_open", "Of them, open now.")));
        tcpEnds = metrics.rows(
                labels(ENDING),
                List.of(
                        new Total("tombolo_tcp_ended_total", "TCP connections that ended, or were refused."),
                        new Total("tombolo_tcp_request_bytes_total", "Bytes towards the application."),
                        new Total("tombolo_tcp_answer_bytes_total", "Bytes from the application.")));
        connections = metrics.rows(
                labels(List.of()),
                List.of(
                        new Total("tombolo_mesh_connections_opened_total", "Connections between sidecars."),
                        new Level("tombolo_mesh_connections_open", "Of them, open now.")));
        failures = metrics.rows(
                labels(ENDING),
                List.<Column>of(new Total("tombolo_connect_failures_total", "Connections that could not be made.")));
        doubts = metrics.rows(
                labels(List.of()),
                List.of(
                        new Total("tombolo_retries_total", "Attempts that were made again, by where the first went."),
                        new Total("tombolo_ejections_total", "Instances ejected because of what they did.")));
    }

    private static List<String> labels(List<String> more) {
        return Stream.concat(Way.LABELS.stream(), more.stream()).toList();
    }

    /** For one loop, which alone uses it. */
    public Loop loop() {
        return new Loop();
    }

    /** The edges that one loop knows. Not for two threads. */
    public final class Loop {
        final Rows.Writer requests = Traffic.this.requests.writer();
        final Rows.Writer tcp = Traffic.this.tcp.writer();
        final Rows.Writer tcpEnds = Traffic.this.tcpEnds.writer();
        final Rows.Writer connections = Traffic.this.connections.writer();
        final Rows.Writer failures = Traffic.this.failures.writer();
        final Rows.Writer doubts = Traffic.this.doubts.writer();
        private final Map<Way, Edge> edges = new HashMap<>();

        private Loop() {}

        /** Where to count what goes that way. Keep it for as long as a connection. */
        public Edge edge(Way way) {
            Edge held = edges.get(way);
            if (held != null) {
                return held;
            }
            var edge = new Edge(way, this);
            if (edges.size() < most) {
                edges.put(way, edge); // one that is not kept counts as well, for as long as somebody holds it
            }
            return edge;
        }
    }
}
