package io.tombolo.controller.push;

import io.grpc.stub.ServerCallStreamObserver;
import io.tombolo.controller.enrol.Registration;
import io.tombolo.wire.feed.Applied;
import io.tombolo.wire.feed.ToProxy;
import org.jspecify.annotations.Nullable;

/**
 * One proxy's stream. Holds one state to send: while the proxy is slow, newer states replace it, so that it gets one delta
 * for all of them. Safe on any thread.
 */
final class Session {
    /** Updates that may be on their way unacknowledged. */
    private static final int MAX_IN_FLIGHT = 4;

    private final Registration registration;
    private final ServerCallStreamObserver<ToProxy> stream;
    private FeedState sent;
    private @Nullable FeedState wanted;
    private boolean sentWhole;
    private int inFlight;
    private long applied;
    private String error = "";
    private boolean over;

    /** @param held the state that the proxy proved to hold, or the empty one */
    Session(Registration registration, ServerCallStreamObserver<ToProxy> stream, FeedState held) {
        this.registration = registration;
        this.stream = stream;
        this.sent = held;
        this.applied = held.version();
    }

    Registration registration() {
        return registration;
    }

    synchronized void offer(FeedState state) {
        wanted = state;
        flush();
    }

    /** Sends what waits, if the stream takes it. */
    synchronized void flush() {
        FeedState next = wanted;
        if (over || next == null || inFlight >= MAX_IN_FLIGHT || !stream.isReady()) {
            return;
        }
        wanted = null;
        if (next.version() != sent.version()) {
            sentWhole = sent.version() == 0;
            var update = sentWhole ? next.snapshot() : next.since(sent);
            stream.onNext(ToProxy.newBuilder().setUpdate(update).build());
            sent = next;
            inFlight++;
        }
    }

    /**
     * The proxy took an update, or could not: then it gets everything at once. If that was everything already, only a newer
     * state can help.
     */
    synchronized void applied(Applied answer) {
        inFlight = Math.max(0, inFlight - 1);
        error = answer.getError();
        if (answer.getError().isEmpty()) {
            applied = Math.max(applied, answer.getVersion());
        } else if (inFlight == 0) {
            wanted = wanted == null && !sentWhole ? sent : wanted;
            sent = FeedState.empty();
        }
        flush();
    }

    synchronized void end() {
        if (!over) {
            over = true;
            stream.onCompleted();
        }
    }

    synchronized void over() {
        over = true;
    }

    synchronized ProxyVersion version() {
        return new ProxyVersion(sent.version(), applied, error);
    }

    /**
     * How far a proxy is.
     * @param error of the last update it could not apply; empty = none
     */
    record ProxyVersion(long sent, long applied, String error) {}
}
