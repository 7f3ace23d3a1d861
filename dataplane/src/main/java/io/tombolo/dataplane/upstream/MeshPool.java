package io.tombolo.dataplane.upstream;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.PromiseNotifier;
import io.tombolo.dataplane.limit.ServiceLimits;
import io.tombolo.dataplane.outcome.EndpointKey;
import io.tombolo.dataplane.outcome.PathKey;
import io.tombolo.dataplane.pick.Picked;
import io.tombolo.dataplane.upstream.ConnectionPool.Made;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Alpn;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * The HTTP connections of one loop into the mesh, by the endpoint that their certificate proved. A request goes on in the
 * version that it came in, if the other side speaks that.
 */
public final class MeshPool {
    /** The destination has the same limit for its application, and is to notice first: it knows whose doing it is. */
    private static final Duration FOR_THE_WAY = Duration.ofSeconds(2);

    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final int MOST_REMEMBERED = 1_024;

    private final EventLoop loop;
    private final Dialer dialer;
    private final ConnectionPool<EndpointKey> connections;
    private final StreamPool<EndpointKey> streams;
    private final Map<EndpointKey, Long> onlyHttp1UntilNanos = new HashMap<>();

    public MeshPool(
            EventLoop loop,
            Dialer dialer,
            HttpSettings http,
            PoolLimits limits,
            RandomGenerator random,
            PoolCounters counters) {
        this.loop = loop;
        this.dialer = dialer;
        Duration takeWithin = http.http1().takeTimeout().plus(FOR_THE_WAY);
        this.connections = new ConnectionPool<>(loop, http.http1(), limits, random, counters, takeWithin);
        this.streams = new StreamPool<>(loop, http, limits, random, counters, takeWithin);
    }

    /**
     * What one request to who was picked goes out on.
     * @param version H2 or HTTP_1_1
     * @param fresh   on a connection that is made for it
     * @param limits  of its service, if it has some
     * @param good    whether a kept connection by that path will do
     * @return fails with a {@link DialFailure}, or a TomboloException TOO_MANY_CONNECTIONS
     */
    public Future<Pooled<EndpointKey>> acquire(
            Picked picked, Optional<ServiceLimits> limits, Alpn version, boolean fresh, Predicate<PathKey> good) {
        Predicate<Pooled<EndpointKey>> usable = pooled -> isBelieved(picked, pooled)
                && pooled.dialled().path().map(good::test).orElse(true);
        var source = new Mesh(picked, limits, loop, dialer, List.of(Alpn.HTTP_1_1));
        if (version != Alpn.H2 || speaksOnlyHttp1(picked.endpoint())) {
            return connections.acquire(picked.endpoint(), usable, fresh, source);
        }
        Promise<Pooled<EndpointKey>> result = loop.newPromise();
        var both = new Mesh(picked, limits, loop, dialer, List.of(Alpn.H2, Alpn.HTTP_1_1));
        streams.acquire(picked.endpoint(), usable, fresh, both).addListener((Future<Pooled<EndpointKey>> stream) -> {
            if (stream.cause() instanceof OnlyHttp1 made) {
                learn(picked.endpoint(), made);
                PromiseNotifier.cascade(connections.acquire(picked.endpoint(), usable, false, source), result);
            } else {
                PromiseNotifier.cascade(stream, result);
            }
        });
        return result;
    }

    private boolean speaksOnlyHttp1(EndpointKey endpoint) {
        Long until = onlyHttp1UntilNanos.get(endpoint);
        return until != null && until - System.nanoTime() > 0;
    }

    /** For a while: its sidecar may be replaced by a newer one. */
    private void learn(EndpointKey endpoint, OnlyHttp1 made) {
        made.connection().ifPresent(connections::adopt);
        long now = System.nanoTime();
        onlyHttp1UntilNanos.values().removeIf(until -> until - now <= 0);
        if (onlyHttp1UntilNanos.size() < MOST_REMEMBERED) {
            onlyHttp1UntilNanos.put(endpoint, now + REMEMBERED.toNanos());
        }
    }

    /** Gives back what was not used, or may be used again. */
    public void release(Pooled<EndpointKey> pooled) {
        if (pooled.connection() instanceof UpstreamStream stream) {
            stream.finish(false, () -> {});
        } else {
            connections.release(pooled);
        }
    }

    /** Connections that are open, in use or not. */
    public int open() {
        return connections.open() + streams.open();
    }

    /** Closes those by {@code path} that are not in use; what is in use is not used again. */
    public void closeIdle(PathKey path) {
        connections.closeIdle(pooled -> pooled.dialled().path().equals(Optional.of(path)));
        streams.leave(pooled -> pooled.dialled().path().equals(Optional.of(path)));
    }

    /**
     * Nothing comes back by {@code path}: what waits for connections by it fails, those who wait for answers are told, and
     * nothing new goes out by it.
     */
    public void leaveSilent(PathKey path) {
        Predicate<Pooled<EndpointKey>> by = pooled -> pooled.dialled().path().equals(Optional.of(path));
        connections.closeIdle(by);
        connections.open(by).forEach(pooled -> {
            if (pooled.connection() instanceof HttpConnection connection) {
                connection.pathFellSilent();
            }
        });
        streams.pathFellSilent(by);
        Predicate<ConnectionPool.Source<EndpointKey>> dials =
                source -> source instanceof Mesh mesh && mesh.picked().path().equals(Optional.of(path));
        var why = new DialFailure(
                DialFailure.Stage.CUT,
                new TomboloException(Fault.PATH_SILENT, "" + path, "nothing comes back by it", "it is asked again"));
        connections.giveUp(dials, why);
        streams.giveUp(dials, why);
    }

    /** Closes every connection by {@code path}, with what is on it. */
    public void cut(PathKey path) {
        Predicate<Pooled<EndpointKey>> by = pooled -> pooled.dialled().path().equals(Optional.of(path));
        connections.open(by).forEach(pooled -> pooled.dialled().channel().close());
        streams.cut(by);
    }

    /** Whether a connection to such an endpoint waits. */
    public boolean waits(Predicate<EndpointKey> wanted) {
        return connections.waits(wanted) || streams.waits(wanted);
    }

    /** Whether one more connection would push nobody out. */
    public boolean hasRoom() {
        return connections.hasRoom();
    }

    /** Closes those that are not in use. */
    public void closeIdle() {
        connections.closeIdle(pooled -> true);
        streams.leave(pooled -> true);
    }

    private static boolean isBelieved(Picked picked, Pooled<EndpointKey> pooled) {
        return picked.serverIds().contains(pooled.dialled().server());
    }

    private record Mesh(
            Picked picked, Optional<ServiceLimits> limits, EventLoop loop, Dialer dialer, List<Alpn> offered)
            implements ConnectionPool.Source<EndpointKey> {
        @Override
        public Future<Made<EndpointKey>> dial() {
            Promise<Made<EndpointKey>> made = loop.newPromise();
            limits.ifPresent(ServiceLimits::connects);
            dialer.mesh(loop, picked, offered).addListener((Future<Dialled> dialled) -> {
                if (!dialled.isSuccess()) {
                    limits.ifPresent(ServiceLimits::disconnected);
                    made.setFailure(dialled.cause());
                    return;
                }
                Dialled there = dialled.getNow();
                limits.ifPresent(
                        counted -> there.channel().closeFuture().addListener(closed -> counted.disconnected()));
                boolean anybody = picked.endpoint().instance().isEmpty();
                EndpointKey wanted = anybody ? picked.endpoint() : there.endpoint();
                var connection = new Made<>(there.endpoint(), wanted, there.channel(), there);
                if (offered.contains(Alpn.H2) && there.alpn() != Alpn.H2) {
                    made.setFailure(new OnlyHttp1(connection));
                } else {
                    made.setSuccess(connection);
                }
            });
            return made;
        }

        @Override
        public boolean spreads() {
            return picked.endpoint().instance().isEmpty();
        }

        @Override
        public boolean mayDialMore() {
            return limits.map(ServiceLimits::mayConnect).orElse(true);
        }

        @Override
        public int mostStreams() {
            return limits.map(ServiceLimits::mostStreams).orElse(Integer.MAX_VALUE);
        }

        @Override
        public TomboloException limited() {
            return ServiceLimits.over(picked.endpoint().port().service(), "connections");
        }

        @Override
        public TomboloException full(int open) {
            return new TomboloException(
                    Fault.TOO_MANY_CONNECTIONS,
                    "calls to " + picked.endpoint().port(),
                    "this sidecar has " + open + " upstream connections in use",
                    "raise sidecar.pool.max-connections, or run more instances of the caller");
        }
    }

    /** The other side chose HTTP/1.1: whoever waited for a stream takes this connection, or one like it. */
    @SuppressWarnings("serial") // never leaves the loop
    private static final class OnlyHttp1 extends Exception {
        private Optional<Made<EndpointKey>> connection;

        OnlyHttp1(Made<EndpointKey> connection) {
            super("HTTP/1.1 only", null, false, false);
            this.connection = Optional.of(connection);
        }

        /** The first who asks gets it. */
        Optional<Made<EndpointKey>> connection() {
            Optional<Made<EndpointKey>> left = connection;
            connection = Optional.empty();
            return left;
        }
    }
}
