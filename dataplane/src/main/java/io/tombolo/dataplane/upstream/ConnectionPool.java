package io.tombolo.dataplane.upstream;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.tombolo.dataplane.http1.HttpLimits;
import io.tombolo.model.fault.TomboloException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP/1.1 connections of one loop, the last used first: how many there may be, how many are made at once, how long they
 * wait for the next request, and how old they get. What they lead to, and how they are made, is its owner's.
 * @param <K> what they lead to
 */
final class ConnectionPool<K> {
    private static final long SWEEP_SECONDS = 1;

    private final EventLoop loop;
    private final HttpLimits http;
    private final PoolLimits limits;
    private final RandomGenerator random;
    private final PoolCounters counters;
    private final Duration takeWithin;
    private final Map<K, Deque<Pooled<K>>> idle = new HashMap<>();
    private final Map<K, List<Line<K>>> lines = new HashMap<>();
    private final Map<K, Integer> held = new HashMap<>();
    private final Set<Pooled<K>> all = new LinkedHashSet<>();
    private int open;

    /**
     * A connection that was just made.
     * @param key     what it really leads to
     * @param wanted  for whom it will do: the same, unless anybody was wanted
     * @param dialled how, if it leads into the mesh
     */
    record Made<K>(
            K key, K wanted, Channel channel, @Nullable Dialled dialled) {}

    /** How a pool gets what it does not have. Two are equal if they dial the same: then their dials are as good. */
    interface Source<K> {
        Future<Made<K>> dial();

        /** Whether several connections lead to several: one that carries many requests would give them all to one. */
        default boolean spreads() {
            return false;
        }

        /** Whether more connections may be made to where there are some already. */
        default boolean mayDialMore() {
            return true;
        }

        /** Most requests at once on one connection that carries many. */
        default int mostStreams() {
            return Integer.MAX_VALUE;
        }

        /** What is wrong when more may not be made. */
        default TomboloException limited() {
            throw new IllegalStateException("there is no limit");
        }

        /** What is wrong, and how to fix it, when there are {@code open} connections, all in use. */
        TomboloException full(int open);
    }

    /** @param takeWithin how long bytes of a request wait for who takes hardly any */
    ConnectionPool(
            EventLoop loop,
            HttpLimits http,
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
     * A connection that waits, or the first that is made or given back.
     * @param good  which of those that wait may be used
     * @param fresh never one that was used before
     * @return fails as {@code source} does
     */
    Future<Pooled<K>> acquire(K key, Predicate<Pooled<K>> good, boolean fresh, Source<K> source) {
        if (fresh) {
            return makeFresh(key, source);
        }
        Optional<Pooled<K>> waiting = take(key, good, System.nanoTime());
        return waiting.map(loop::newSucceededFuture).orElseGet(() -> queue(key, good, source));
    }

    private Future<Pooled<K>> makeFresh(K key, Source<K> source) {
        if (!source.mayDialMore() && held.containsKey(key)) {
            return loop.newFailedFuture(source.limited());
        }
        return reserve() ? make(source) : loop.newFailedFuture(source.full(open));
    }

    private Future<Pooled<K>> queue(K key, Predicate<Pooled<K>> good, Source<K> source) {
        Promise<Pooled<K>> served = loop.newPromise();
        Line<K> line = line(key, source);
        line.join(new Line.Waiter<>(good, served));
        if (line.wantsDial(limits.maxDials())) {
            advance(key, line);
        } else {
            counters.queued().increment();
        }
        return served;
    }

    private Line<K> line(K key, Source<K> source) {
        List<Line<K>> to = lines.computeIfAbsent(key, its -> new ArrayList<>(1));
        for (Line<K> line : to) {
            if (line.source().equals(source)) {
                return line;
            }
        }
        var fresh = new Line<>(source);
        to.add(fresh);
        return fresh;
    }

    /** Dials for those who wait, as many at once as may be. */
    private void advance(K key, Line<K> line) {
        while (line.wantsDial(limits.maxDials()) && mayDial(key, line) && reserve()) {
            line.dialBegins();
            make(line.source()).addListener((Future<Pooled<K>> made) -> {
                line.dialEnds(made.isSuccess());
                if (made.isSuccess()) {
                    serve(line, made.getNow());
                    advance(key, line);
                } else {
                    refuse(line, made.cause());
                }
                forgetIdle(key, line);
            });
        }
        if (!line.isDialling() && mayDial(key, line)) { // whoever still waits has no hope: everything is in use
            line.all()
                    .forEach(waiter -> waiter.served().setFailure(line.source().full(open)));
            forgetIdle(key, line);
        }
    }

    /** One that there is will be given back to who waits; where there is none, one is made whatever the limit. */
    private boolean mayDial(K key, Line<K> line) {
        return !(line.isDialling() || held.containsKey(key)) || line.source().mayDialMore();
    }

    private void serve(Line<K> line, Pooled<K> made) {
        line.first().ifPresentOrElse(waiter -> waiter.served().setSuccess(made), () -> release(made));
    }

    private void refuse(Line<K> line, Throwable cause) {
        line.share().forEach(waiter -> waiter.served().setFailure(cause));
    }

    private void forgetIdle(K key, Line<K> line) {
        if (line.isIdle()) {
            lines.computeIfPresent(key, (its, all) -> all.remove(line) && all.isEmpty() ? null : all);
        }
    }

    private Future<Pooled<K>> make(Source<K> source) {
        Promise<Pooled<K>> result = loop.newPromise();
        source.dial().addListener((Future<Made<K>> made) -> {
            if (made.isSuccess()) {
                result.setSuccess(wrap(made.getNow()));
            } else {
                open--;
                result.setFailure(made.cause());
            }
        });
        return result;
    }

    /** Takes over a connection that was made otherwise. */
    void adopt(Made<K> made) {
        open++;
        release(wrap(made));
    }

    private Pooled<K> wrap(Made<K> made) {
        var pooled = new Pooled<>(made, endOfLife(System.nanoTime()));
        held.merge(made.wanted(), 1, Integer::sum);
        all.add(pooled);
        pooled.carriedBy(HttpConnection.on(made.channel(), http, takeWithin, () -> {
            open--;
            all.remove(pooled);
            held.computeIfPresent(made.wanted(), (key, count) -> count == 1 ? null : count - 1);
            remove(pooled);
            List.copyOf(lines.getOrDefault(made.wanted(), List.of())).forEach(line -> advance(made.wanted(), line));
        }));
        return pooled;
    }

    /** Gives a connection back for the next request: for who waits for one, or for later. */
    void release(Pooled<K> pooled) {
        long now = System.nanoTime();
        Optional<Line.Waiter<K>> next = lines.isEmpty() ? Optional.empty() : waiter(pooled, now);
        if (next.isPresent()) {
            next.get().served().setSuccess(pooled);
            return;
        }
        pooled.idleSince(now);
        idle.computeIfAbsent(pooled.wanted(), key -> new ArrayDeque<>()).addLast(pooled);
    }

    private Optional<Line.Waiter<K>> waiter(Pooled<K> pooled, long nowNanos) {
        if (!isGood(pooled, any -> true, nowNanos)) {
            return Optional.empty();
        }
        return lines.getOrDefault(pooled.wanted(), List.of()).stream()
                .flatMap(line -> line.first(pooled).stream())
                .findFirst();
    }

    /** Connections that are open or being made, in use or not. */
    int open() {
        return open;
    }

    /** Whether one waits whose key fits. */
    boolean waits(Predicate<K> wanted) {
        return idle.entrySet().stream().anyMatch(one -> !one.getValue().isEmpty() && wanted.test(one.getKey()));
    }

    /** Whether one more would push nobody out. */
    boolean hasRoom() {
        return open < limits.maxConnections();
    }

    /** Those that are open and meant, in use or not. */
    List<Pooled<K>> open(Predicate<Pooled<K>> meant) {
        return all.stream().filter(meant).toList();
    }

    /** Nobody waits any longer for what such a source is dialling; what comes of it all the same is kept. */
    void giveUp(Predicate<Source<K>> meant, RuntimeException why) {
        List<Line.Waiter<K>> waiters = lines.values().stream()
                .flatMap(List::stream)
                .filter(line -> meant.test(line.source()))
                .flatMap(line -> line.all().stream())
                .toList();
        waiters.forEach(waiter -> waiter.served().setFailure(why));
    }

    /** Closes those that wait and are meant. */
    void closeIdle(Predicate<Pooled<K>> meant) {
        for (Deque<Pooled<K>> waiting : idle.values().stream().toList()) {
            waiting.stream()
                    .filter(meant)
                    .toList()
                    .forEach(pooled -> pooled.connection().close());
        }
    }

    /** Room for one more connection; when there is none, an idle one is closed for it. */
    private boolean reserve() {
        if (open >= limits.maxConnections() && !closeOldest()) {
            return false;
        }
        open++;
        return true;
    }

    /** The time at which a connection made now is too old, jittered. */
    private long endOfLife(long nowNanos) {
        long life = limits.maxAge().toNanos();
        return nowNanos + life - (long) (random.nextDouble() * life / 5);
    }

    /** A connection that is still good; those that are not are closed on the way. */
    private Optional<Pooled<K>> take(K key, Predicate<Pooled<K>> good, long nowNanos) {
        Deque<Pooled<K>> waiting = idle.get(key);
        while (waiting != null && !waiting.isEmpty()) {
            Pooled<K> last = waiting.removeLast();
            if (isGood(last, good, nowNanos)) {
                return Optional.of(last);
            }
            last.connection().close();
        }
        return Optional.empty();
    }

    private static <K> boolean isGood(Pooled<K> pooled, Predicate<Pooled<K>> good, long nowNanos) {
        return pooled.connection().isActive() && pooled.endNanos() - nowNanos > 0 && good.test(pooled);
    }

    private void remove(Pooled<K> pooled) {
        Deque<Pooled<K>> waiting = idle.get(pooled.wanted());
        if (waiting != null) {
            waiting.removeLastOccurrence(pooled);
        }
    }

    /** Closes what waited for too long. */
    private void sweep(long nowNanos) {
        for (Deque<Pooled<K>> waiting : idle.values().stream().toList()) {
            for (Pooled<K> pooled : waiting.stream().toList()) {
                if (nowNanos - pooled.idleSinceNanos() > limits.idle().toNanos()) {
                    counters.idle();
                    pooled.connection().close();
                } else if (pooled.endNanos() - nowNanos <= 0) {
                    counters.tooOld();
                    pooled.connection().close();
                }
            }
        }
        idle.values().removeIf(Deque::isEmpty);
    }

    private boolean closeOldest() {
        Optional<Pooled<K>> oldest = idle.values().stream()
                .flatMap(waiting -> Optional.ofNullable(waiting.peekFirst()).stream())
                .findFirst();
        oldest.ifPresent(pooled -> {
            counters.noRoom();
            remove(pooled);
            pooled.connection().close();
        });
        return oldest.isPresent();
    }
}
