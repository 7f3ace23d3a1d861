package io.tombolo.dataplane.upstream;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.tombolo.dataplane.http1.HttpLimits;
import io.tombolo.dataplane.metrics.Counter;
import io.tombolo.dataplane.outcome.EndpointKey;
import io.tombolo.dataplane.outcome.PathKey;
import io.tombolo.dataplane.pick.Picked;
import io.tombolo.dataplane.upstream.ConnectionPool.Made;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Alpn;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** The HTTP/1.1 connections of one loop into the mesh, by the endpoint that their certificate proved. */
public final class MeshPool {
    private final EventLoop loop;
    private final Dialer dialer;
    private final ConnectionPool<EndpointKey> pool;

    public MeshPool(
            EventLoop loop, Dialer dialer, HttpLimits limits, PoolLimits pool, RandomGenerator random, Counter queued) {
        this.loop = loop;
        this.dialer = dialer;
        this.pool = new ConnectionPool<>(loop, limits, pool, random, queued);
    }

    /**
     * A connection to who was picked.
     * @param fresh never one that was used before
     * @param good  whether a kept connection by that path will do
     * @return fails with a {@link DialFailure}, or a TomboloException TOO_MANY_CONNECTIONS
     */
    public Future<Pooled<EndpointKey>> acquire(Picked picked, boolean fresh, Predicate<PathKey> good) {
        Predicate<Pooled<EndpointKey>> usable = pooled -> isBelieved(picked, pooled)
                && pooled.dialled().path().map(good::test).orElse(true);
        return pool.acquire(picked.endpoint(), usable, fresh, new Mesh(picked, loop, dialer));
    }

    /** Gives a connection back for the next request. */
    public void release(Pooled<EndpointKey> pooled) {
        pool.release(pooled);
    }

    /** Connections that are open, in use or not. */
    public int open() {
        return pool.open();
    }

    /** Closes those by {@code path} that are not in use. */
    public void closeIdle(PathKey path) {
        pool.closeIdle(pooled -> pooled.dialled().path().equals(Optional.of(path)));
    }

    /** Whether a connection to such an endpoint waits. */
    public boolean waits(Predicate<EndpointKey> wanted) {
        return pool.waits(wanted);
    }

    /** Whether one more connection would push nobody out. */
    public boolean hasRoom() {
        return pool.hasRoom();
    }

    /** Closes those that are not in use. */
    public void closeIdle() {
        pool.closeIdle(pooled -> true);
    }

    private static boolean isBelieved(Picked picked, Pooled<EndpointKey> pooled) {
        return picked.serverIds().contains(pooled.dialled().server());
    }

    private record Mesh(Picked picked, EventLoop loop, Dialer dialer) implements ConnectionPool.Source<EndpointKey> {
        @Override
        public Future<Made<EndpointKey>> dial() {
            Promise<Made<EndpointKey>> made = loop.newPromise();
            dialer.mesh(loop, picked, Alpn.HTTP_1_1).addListener((Future<Dialled> dialled) -> {
                if (dialled.isSuccess()) {
                    Dialled there = dialled.getNow();
                    made.setSuccess(new Made<>(there.endpoint(), there.channel(), there));
                } else {
                    made.setFailure(dialled.cause());
                }
            });
            return made;
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
}
