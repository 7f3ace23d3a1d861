package io.tombolo.dataplane.upstream;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.tombolo.dataplane.http1.HttpLimits;
import io.tombolo.dataplane.outcome.EndpointKey;
import io.tombolo.dataplane.pick.Picked;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Alpn;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** The HTTP/1.1 connections of one loop into the mesh, by the endpoint that their certificate proved. */
public final class MeshPool {
    private static final long SWEEP_SECONDS = 5;

    private final EventLoop loop;
    private final Dialer dialer;
    private final HttpLimits limits;
    private final IdleConnections<EndpointKey> idle;

    public MeshPool(EventLoop loop, Dialer dialer, HttpLimits limits, PoolLimits pool, RandomGenerator random) {
        this.loop = loop;
        this.dialer = dialer;
        this.limits = limits;
        this.idle = new IdleConnections<>(pool, random);
        loop.scheduleWithFixedDelay(
                () -> idle.sweep(System.nanoTime()), SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * A connection to who was picked.
     * @param fresh never one that was used before
     * @return fails with a {@link DialFailure}, or a TomboloException TOO_MANY_CONNECTIONS
     */
    public Future<Pooled<EndpointKey>> acquire(Picked picked, boolean fresh) {
        if (!fresh) {
            Optional<Pooled<EndpointKey>> waiting = idle.take(
                    picked.endpoint(),
                    pooled -> picked.serverIds().contains(pooled.dialled().server()),
                    System.nanoTime());
            if (waiting.isPresent()) {
                return loop.newSucceededFuture(waiting.get());
            }
        }
        if (!idle.reserve()) {
            return loop.newFailedFuture(new TomboloException(
                    Fault.TOO_MANY_CONNECTIONS,
                    "calls to " + picked.endpoint().port(),
                    "this sidecar has " + idle.open() + " upstream connections in use",
                    "raise sidecar.pool.max-connections, or run more instances of the caller"));
        }
        return dial(picked);
    }

    private Future<Pooled<EndpointKey>> dial(Picked picked) {
        Promise<Pooled<EndpointKey>> result = loop.newPromise();
        dialer.mesh(loop, picked, Alpn.HTTP_1_1).addListener((Future<Dialled> dialled) -> {
            if (dialled.isSuccess()) {
                result.setSuccess(wrap(dialled.getNow()));
            } else {
                idle.closed();
                result.setFailure(dialled.cause());
            }
        });
        return result;
    }

    private Pooled<EndpointKey> wrap(Dialled dialled) {
        var pooled = new Pooled<>(dialled.endpoint(), idle.endOfLife(System.nanoTime()), dialled);
        pooled.carriedBy(HttpConnection.on(dialled.channel(), limits, () -> {
            idle.closed();
            idle.remove(pooled);
        }));
        return pooled;
    }

    /** Gives a connection back for the next request. */
    public void release(Pooled<EndpointKey> pooled) {
        pooled.idleSince(System.nanoTime());
        idle.put(pooled);
    }

    /** Connections that are open, in use or not. */
    public int open() {
        return idle.open();
    }

    /** Closes those that are not in use. */
    public void closeIdle() {
        idle.closeAll();
    }
}
