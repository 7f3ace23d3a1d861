package io.tombolo.dataplane.traffic;

import io.tombolo.dataplane.metrics.Cells;
import io.tombolo.dataplane.metrics.Rows;
import io.tombolo.model.outcome.Blame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way, and what is counted on it. One loop's. To count an outcome that was seen before makes nothing and looks nothing up
 * but a short list.
 */
public final class Edge {
    /**
     * Most outcomes told apart on one way, because the other side chooses them; what comes later counts under the class of its
     * status, such as {@code 4xx}, without the status of gRPC, and the fault {@code other}.
     */
    static final int MOST_OUTCOMES = 32;

    private static final String OTHER = "other";

    private final Way way;
    private final Traffic.Loop loop;
    private final List<Outcome> requests = new ArrayList<>(4);
    private final List<Outcome> tcpEnds = new ArrayList<>(2);
    private @Nullable Cells connections;
    private @Nullable Cells tcp;
    private @Nullable Cells doubts;

    Edge(Way way, Traffic.Loop loop) {
        this.way = way;
        this.loop = loop;
    }

    private record Outcome(int status, int grpc, @Nullable Blame blame, String fault, Cells cells) {
        boolean is(int otherStatus, int otherGrpc, @Nullable Blame otherBlame, String otherFault) {
            return status == otherStatus && grpc == otherGrpc && blame == otherBlame && fault.equals(otherFault);
        }
    }

    /** From whom to whom. */
    public Way way() {
        return way;
    }

    /**
     * An exchange ended.
     * @param status what the client was told; 0 = it left before
     * @param grpc   the status of gRPC; negative = none
     * @param requestBytes those that were not told of before
     * @param answerBytes  the same
     * @param blame  null = nobody's
     * @param fault  its code; empty = none
     */
    public void request(
            int status,
            int grpc,
            @Nullable Blame blame,
            String fault,
            long nanos,
            long requestBytes,
            long answerBytes) {
        Cells cells = find(requests, loop.requests, status, grpc, blame, fault);
        cells.add(Traffic.REQUESTS, 1);
        cells.add(Traffic.REQUEST_BYTES, requestBytes);
        cells.add(Traffic.ANSWER_BYTES, answerBytes);
        cells.observe(Traffic.DURATION, nanos);
    }

    /**
     * What an exchange moved before its end, of which {@link #request} tells the rest.
     * @param status what the client was told
     */
    public void requestMoved(int status, long requestBytes, long answerBytes) {
        Cells cells = find(requests, loop.requests, status, -1, null, "");
        cells.add(Traffic.REQUEST_BYTES, requestBytes);
        cells.add(Traffic.ANSWER_BYTES, answerBytes);
    }

    /** A mesh connection was made; must be followed by {@link #disconnected}. */
    public void connected() {
        connections().add(Traffic.OPENED, 1);
        connections().add(Traffic.OPEN, 1);
    }

    public void disconnected() {
        connections().add(Traffic.OPEN, -1);
    }

    /** A mesh connection could not be made. */
    public void notConnected(Blame blame, String fault) {
        loop.failures.cells(values(List.of(blame.name(), fault))).add(0, 1);
    }

    /** A TCP connection reached an application; {@link #tcpEnded} follows. */
    public void tcpOpened() {
        tcp().add(Traffic.OPENED, 1);
        tcp().add(Traffic.OPEN, 1);
    }

    /** What a TCP connection moved since this was told last, while nothing is wrong with it. */
    public void tcpMoved(long requestBytes, long answerBytes) {
        Cells cells = find(tcpEnds, loop.tcpEnds, 0, -1, null, "");
        cells.add(Traffic.REQUEST_BYTES, requestBytes);
        cells.add(Traffic.ANSWER_BYTES, answerBytes);
    }

    /**
     * A TCP connection ended, or was refused.
     * @param opened whether it had been opened
     * @param requestBytes those that were not told of before
     * @param answerBytes  the same
     */
    public void tcpEnded(boolean opened, @Nullable Blame blame, String fault, long requestBytes, long answerBytes) {
        if (opened) {
            tcp().add(Traffic.OPEN, -1);
        }
        Cells cells = find(tcpEnds, loop.tcpEnds, 0, -1, blame, fault);
        cells.add(Traffic.REQUESTS, 1);
        cells.add(Traffic.REQUEST_BYTES, requestBytes);
        cells.add(Traffic.ANSWER_BYTES, answerBytes);
    }

    /** What went this way is tried again. */
    public void retried() {
        doubts().add(Traffic.RETRIES, 1);
    }

    /** An instance at this way's end was ejected. */
    public void ejected() {
        doubts().add(Traffic.EJECTIONS, 1);
    }

    private Cells find(
            List<Outcome> seen, Rows.Writer rows, int status, int grpc, @Nullable Blame blame, String fault) {
        for (int i = 0; i < seen.size(); i++) {
            Outcome outcome = seen.get(i);
            if (outcome.is(status, grpc, blame, fault)) {
                return outcome.cells;
            }
        }
        boolean full = seen.size() >= MOST_OUTCOMES;
        List<String> ending = List.of(blame == null ? Way.NONE : blame.name(), full ? OTHER : Way.orNone(fault));
        Cells cells = rows.cells(values(seen == tcpEnds ? ending : outcome(status, full ? -1 : grpc, full, ending)));
        if (!full) {
            seen.add(new Outcome(status, grpc, blame, fault, cells));
        }
        return cells;
    }

    private static List<String> outcome(int status, int grpc, boolean full, List<String> ending) {
        String code = full ? status / 100 + "xx" : Integer.toString(status);
        String grpcCode = grpc < 0 ? Way.NONE : Integer.toString(grpc);
        return List.of(code, grpcCode, ending.getFirst(), ending.getLast());
    }

    private List<String> values(List<String> more) {
        var values = new ArrayList<>(way.values());
        values.addAll(more);
        return values;
    }

    private Cells connections() {
        if (connections == null) {
            connections = loop.connections.cells(way.values());
        }
        return connections;
    }

    private Cells tcp() {
        if (tcp == null) {
            tcp = loop.tcp.cells(way.values());
        }
        return tcp;
    }

    private Cells doubts() {
        if (doubts == null) {
            doubts = loop.doubts.cells(way.values());
        }
        return doubts;
    }
}
