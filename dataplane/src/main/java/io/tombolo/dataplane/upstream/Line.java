package io.tombolo.dataplane.upstream;

import io.netty.util.concurrent.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Those who wait for a connection to one target, in their order, and the dials that are under way for them. A dial is
 * nobody's own: whoever is first takes what comes first, a new connection or one that was given back.
 * @param <K> what connections lead to
 */
final class Line<K> {
    private static final int FIRST_DIALS = 4;

    private final ConnectionPool.Source<K> source;
    private final Deque<Waiter<K>> waiting = new ArrayDeque<>();
    private int dials;
    private int made;

    /**
     * @param good   which connections it can use
     * @param served gets the connection, or what is in its way
     */
    record Waiter<K>(Predicate<Pooled<K>> good, Promise<Pooled<K>> served) {}

    Line(ConnectionPool.Source<K> source) {
        this.source = source;
    }

    ConnectionPool.Source<K> source() {
        return source;
    }

    void join(Waiter<K> waiter) {
        waiting.addLast(waiter);
    }

    boolean isIdle() {
        return waiting.isEmpty() && dials == 0;
    }

    /**
     * Whether more are waiting than dials are under way, and one more is allowed: a few at first, one more for each that was
     * made. Handshakes are the dearest thing that can be asked of a target that was just started or is near its limit, so a
     * crowd that has to move must not ask for all of them at once.
     */
    boolean wantsDial(int mostDials) {
        return dials < Math.min(Math.min(mostDials, FIRST_DIALS + made), waiting.size());
    }

    boolean isDialling() {
        return dials > 0;
    }

    void dialBegins() {
        dials++;
    }

    void dialEnds(boolean connected) {
        dials--;
        made += connected ? 1 : 0;
    }

    /** Takes out the first who can use that connection. */
    Optional<Waiter<K>> first(Pooled<K> pooled) {
        Optional<Waiter<K>> found =
                waiting.stream().filter(waiter -> waiter.good().test(pooled)).findFirst();
        found.ifPresent(waiting::remove);
        return found;
    }

    /** Takes out the first. */
    Optional<Waiter<K>> first() {
        return Optional.ofNullable(waiting.pollFirst());
    }

    /**
     * Takes out those whom a dial that just failed speaks for: its share of all who wait. So when all dials fail nobody waits
     * for a second round, and when one fails the others are not touched.
     */
    List<Waiter<K>> share() {
        return take(Math.ceilDiv(waiting.size(), dials + 1));
    }

    /** Takes out everybody. */
    List<Waiter<K>> all() {
        return take(waiting.size());
    }

    private List<Waiter<K>> take(int count) {
        var taken = new ArrayList<Waiter<K>>(count);
        while (taken.size() < count) {
            taken.add(waiting.removeFirst());
        }
        return taken;
    }
}
