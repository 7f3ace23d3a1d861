package io.tombolo.dataplane.upstream;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.PromiseNotifier;
import io.tombolo.dataplane.upstream.ConnectionPool.Made;
import io.tombolo.dataplane.upstream.ConnectionPool.Source;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * The HTTP/2 connections of one loop. A request gets a stream on the connection with the fewest; another connection is dialled
 * when none has room, and those who come meanwhile wait for it.
 * @param <K> what they lead to
 */
final class StreamPool<K> {
    private static final long SWEEP_SECONDS = 1;
    private static final int MOST_SPREAD = 8;

    private final EventLoop loop;
    private final HttpSettings http;
    private final PoolLimits limits;
    private final RandomGenerator random;
    private final PoolCounters counters;
    private final Duration takeWithin;
    private final Map<K, List<Kept<K>>> kept = new HashMap<>();
    private final Map<Dial<K>, List<Promise<Kept<K>>>> dials = new HashMap<>();
    private int open;

    /** A dial that several may wait for: equal if it leads to the same in the same way. */
    private record Dial<K>(K key, Source<K> source) {}

    /** A connection with what its pool needs to know. */
    private static final class Kept<K> {
        final Made<K> made;

        /** For those who ask whether it may be used. */
        final Pooled<K> itself;

        final MultiplexedConnection connection;
        final long endNanos;
        long busyNanos;

        Kept(Made<K> made, MultiplexedConnection connection, long endNanos, long nowNanos) {
            this.made = made;
            this.itself = new Pooled<>(made, endNanos);
            this.connection = connection;
            this.endNanos = endNanos;
            this.busyNanos = nowNanos;
        }

        Pooled<K> stream() {
            var pooled = new Pooled<>(made, endNanos);
            pooled.carriedBy(connection.open());
            return pooled;
        }
    }

    /** @param takeWithin how long bytes of a request wait for who takes hardly any, and up to a sweep longer */
    StreamPool(
            EventLoop loop,
            HttpSettings http,
            PoolLimits limits,
            RandomGenerator random,
            PoolCounters counters,
            Duration takeWithin) {
        this.loop = loop;
        this.http = http;
        this.limits = limits;
        this.random = random;
        this.counters = counters;
        this.takeWithin = takeWithin;
        loop.scheduleWithFixedDelay(() -> sweep(System.nanoTime()), SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * A stream on a connection that is there, or on a new one.
     * @param good  which connections may be used
     * @param fresh only a connection that is dialled now
     * @return fails as {@code source} does
     */
    Future<Pooled<K>> acquire(K key, Predicate<Pooled<K>> good, boolean fresh, Source<K> source) {
        Optional<Kept<K>> known = fresh ? Optional.empty() : best(key, good, source.mostStreams(), System.nanoTime());
        if (known.isPresent() && !(source.spreads() && wantsCompany(key, source, known.get()))) {
            return loop.newSucceededFuture(known.get().stream());
        }
        Promise<Pooled<K>> result = loop.newPromise();
        dialled(key, source).addListener((Future<Kept<K>> made) -> {
            if (!made.isSuccess()) {
                result.setFailure(made.cause());
            } else if (hasRoom(made.getNow(), source.mostStreams())) {
                result.setSuccess(made.getNow().stream());
            } else if (!made.getNow().connection.isUsable()) {
                result.setFailure(new TomboloException(
                        Fault.CONNECTION_LOST, "" + key, "the connection ended as soon as it was made", ""));
            } else { // those who came before filled it
                PromiseNotifier.cascade(acquire(key, good, false, source), result);
            }
        });
        return result;
    }

    /** While requests are on the way, more connections than one find more instances than one. */
    private boolean wantsCompany(K key, Source<K> source, Kept<K> best) {
        return best.connection.inUse() > 0
                && kept.getOrDefault(key, List.of()).size() < MOST_SPREAD
                && open < limits.maxConnections()
                && source.mayDialMore();
    }

    private static <K> boolean hasRoom(Kept<K> one, int mostStreams) {
        return one.connection.hasRoom() && one.connection.inUse() < mostStreams;
    }

    private Optional<Kept<K>> best(K key, Predicate<Pooled<K>> good, int mostStreams, long nowNanos) {
        Kept<K> best = null;
        for (Kept<K> one : kept.getOrDefault(key, List.of())) {
            boolean fits = hasRoom(one, mostStreams) && one.endNanos - nowNanos > 0 && good.test(one.itself);
            if (fits && (best == null || one.connection.inUse() < best.connection.inUse())) {
                best = one;
            }
        }
        return Optional.ofNullable(best);
    }

    /** One dial serves all who want the same while it lasts. */
    private Future<Kept<K>> dialled(K key, Source<K> source) {
        Promise<Kept<K>> waiting = loop.newPromise();
        var dial = new Dial<>(key, source);
        List<Promise<Kept<K>>> others = dials.get(dial);
        if (others != null) {
            others.add(waiting);
            return waiting;
        }
        if (!source.mayDialMore() && kept.containsKey(key)) {
            return waiting.setFailure(source.limited());
        }
        if (open >= limits.maxConnections() && !closeIdlest()) {
            return waiting.setFailure(source.full(open));
        }
        dials.put(dial, new ArrayList<>(List.of(waiting)));
        open++;
        source.dial().addListener((Future<Made<K>> made) -> {
            List<Promise<Kept<K>>> served = dials.remove(dial);
            if (made.isSuccess()) {
                Kept<K> fresh = keep(made.getNow());
                served.forEach(promise -> promise.setSuccess(fresh));
            } else {
                open--;
                served.forEach(promise -> promise.setFailure(made.cause()));
            }
        });
        return waiting;
    }

    private Kept<K> keep(Made<K> made) {
        long now = System.nanoTime();
        long life = limits.maxAge().toNanos();
        long end = now + life - (long) (random.nextDouble() * life / 5);
        var one = new Kept<>(made, MultiplexedConnection.on(made.channel(), http), end, now);
        made.channel().config().setAutoRead(true);
        List<Kept<K>> all = kept.computeIfAbsent(made.wanted(), key -> new ArrayList<>(1));
        all.add(one);
        made.channel().closeFuture().addListener(closed -> {
            open--;
            kept.computeIfPresent(made.wanted(), (key, its) -> its.remove(one) && its.isEmpty() ? null : its);
        });
        return one;
    }

    /** Connections that are open or being made. */
    int open() {
        return open;
    }

    /** Whether one is there whose key fits. */
    boolean waits(Predicate<K> wanted) {
        return kept.entrySet().stream()
                .anyMatch(entry -> wanted.test(entry.getKey())
                        && entry.getValue().stream().anyMatch(one -> one.connection.hasRoom()));
    }

    /** Takes nothing new on those that are meant; they close with their last answer. */
    void leave(Predicate<Pooled<K>> meant) {
        all().stream().filter(one -> meant.test(one.itself)).forEach(one -> one.connection.leave());
    }

    /** Nothing comes back by those that are meant: takes nothing new on them, and tells who waits. */
    void pathFellSilent(Predicate<Pooled<K>> meant) {
        all().stream().filter(one -> meant.test(one.itself)).forEach(one -> one.connection.pathFellSilent());
    }

    /** Closes those that are meant, with everything on them. */
    void cut(Predicate<Pooled<K>> meant) {
        all().stream().filter(one -> meant.test(one.itself)).forEach(one -> one.connection.close());
    }

    /** Nobody waits any longer for what such a source is dialling; what comes of it all the same is kept. */
    void giveUp(Predicate<Source<K>> meant, RuntimeException why) {
        var waiting = new ArrayList<Promise<Kept<K>>>();
        dials.forEach((dial, promises) -> {
            if (meant.test(dial.source())) {
                waiting.addAll(promises);
                promises.clear();
            }
        });
        waiting.forEach(promise -> promise.setFailure(why));
    }

    private List<Kept<K>> all() {
        return kept.values().stream().flatMap(List::stream).toList();
    }

    /** Leaves what is too old or was of no use for too long. */
    private void sweep(long nowNanos) {
        for (Kept<K> one : all()) {
            if (one.connection.inUse() > 0) {
                one.connection.sweep(nowNanos, takeWithin.toNanos());
                one.busyNanos = nowNanos;
            }
            boolean idle = nowNanos - one.busyNanos > limits.idle().toNanos();
            if (one.connection.isUsable() && (idle || one.endNanos - nowNanos <= 0)) {
                count(idle);
                one.connection.leave();
            }
        }
    }

    private void count(boolean idle) {
        if (idle) {
            counters.idle();
        } else {
            counters.tooOld();
        }
    }

    private boolean closeIdlest() {
        Optional<Kept<K>> idle = all().stream()
                .filter(one -> one.connection.inUse() == 0)
                .min(Comparator.comparingLong(one -> one.busyNanos));
        idle.ifPresent(one -> {
            counters.noRoom();
            one.connection.close();
        });
        return idle.isPresent();
    }
}
