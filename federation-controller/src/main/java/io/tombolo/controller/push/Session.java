package io.tombolo.controller.push;

import io.grpc.stub.ServerCallStreamObserver;
import io.tombolo.controller.enrol.Registration;
import io.tombolo.wire.feed.Applied;
import io.tombolo.wire.feed.Entry;
import io.tombolo.wire.feed.Start;
import io.tombolo.wire.feed.ToProxy;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.LongSupplier;
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
    private final LongSupplier versions;
    private final Start.Addresses addresses;
    private Optional<Set<String>> interest;
    private @Nullable RoleState role;
    private FeedState offered = FeedState.empty();
    private FeedState sent;
    private @Nullable FeedState wanted;
    private boolean sentWhole;
    private int inFlight;
    private long applied;
    private String error = "";
    private boolean over;

    /**
     * @param versions of states that are this proxy's alone
     * @param interest what it calls, as {@code namespace/name}; empty = it wants everything
     * @param addresses of which services it wants them
     */
    Session(
            Registration registration,
            ServerCallStreamObserver<ToProxy> stream,
            LongSupplier versions,
            Optional<Set<String>> interest,
            Start.Addresses addresses) {
        this.addresses = addresses;
        this.registration = registration;
        this.stream = stream;
        this.versions = versions;
        this.interest = interest;
        this.sent = FeedState.empty();
    }

    Registration registration() {
        return registration;
    }

    synchronized void offer(RoleState newest) {
        role = newest;
        offer();
    }

    /** It calls these now. */
    synchronized void interestedIn(Set<String> services) {
        interest = Optional.of(services);
        offer();
    }

    private void offer() {
        RoleState newest = role;
        if (newest == null) {
            return; // not computed yet
        }
        FeedState next = interest.map(services -> narrowed(newest, services)).orElse(newest.whole());
        if (next.version() != offered.version()) {
            offered = next;
            wanted = next;
            flush();
        }
    }

    /** What changes elsewhere in the mesh is not sent, and has no version here. */
    private FeedState narrowed(RoleState newest, Set<String> services) {
        SortedMap<String, Entry> entries = newest.narrowing().of(services, addresses);
        return offered.version() > 0 && entries.equals(offered.entries())
                ? offered
                : FeedState.of(versions.getAsLong(), entries);
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
        boolean current = offered.version() > 0 && applied == offered.version();
        return new ProxyVersion(sent.version(), applied, current, error);
    }

    /**
     * How far a proxy is.
     * @param current it applied the newest state that it is to have
     * @param error   of the last update it could not apply; empty = none
     */
    record ProxyVersion(long sent, long applied, boolean current, String error) {}
}
