package io.tombolo.dataplane.upstream;

import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.tombolo.dataplane.http1.HttpLimits;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** The HTTP/1.1 connections of one loop to the application behind this sidecar. */
public final class AppPool {
    private static final long SWEEP_SECONDS = 1;

    private final EventLoop loop;
    private final Dialer dialer;
    private final HttpLimits limits;
    private final IdleConnections<HostPort> idle;

    public AppPool(EventLoop loop, Dialer dialer, HttpLimits limits, PoolLimits pool, RandomGenerator random) {
        this.loop = loop;
        this.dialer = dialer;
        this.limits = limits;
        this.idle = new IdleConnections<>(pool, random);
        loop.scheduleWithFixedDelay(
                () -> idle.sweep(System.nanoTime()), SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * A connection to the application.
     * @param fresh never one that was used before: for requests that must not meet a connection that the application is
     *     just closing
     * @return fails with a TomboloException APP_UNREACHABLE or TOO_MANY_CONNECTIONS
     */
    public Future<Pooled<HostPort>> acquire(HostPort app, boolean fresh) {
        if (!fresh) {
            Optional<Pooled<HostPort>> waiting = idle.take(app, pooled -> true, System.nanoTime());
            if (waiting.isPresent()) {
                return loop.newSucceededFuture(waiting.get());
            }
        }
        if (!idle.reserve()) {
            return loop.newFailedFuture(new TomboloException(
                    Fault.TOO_MANY_CONNECTIONS,
                    "application at " + app,
                    "has " + idle.open() + " connections from its sidecar",
                    "raise sidecar.app.max-connections, or run more instances"));
        }
        Promise<Pooled<HostPort>> result = loop.newPromise();
        dialer.connect(loop, app).addListener((ChannelFuture connected) -> {
            if (connected.isSuccess()) {
                result.setSuccess(wrap(app, connected));
            } else {
                idle.closed();
                result.setFailure(unreachable(app, connected.cause()));
            }
        });
        return result;
    }

    /** What a failed connection to the application means. */
    public static TomboloException unreachable(HostPort app, Throwable cause) {
        return new TomboloException(
                Fault.APP_UNREACHABLE,
                "application at " + app,
                "does not accept connections: " + cause.getMessage(),
                "check that it runs and listens there");
    }

    private Pooled<HostPort> wrap(HostPort app, ChannelFuture connected) {
        var pooled = new Pooled<>(app, idle.endOfLife(System.nanoTime()), null);
        pooled.carriedBy(HttpConnection.on(connected.channel(), limits, () -> {
            idle.closed();
            idle.remove(pooled);
        }));
        return pooled;
    }

    /** Gives a connection back for the next request. */
    public void release(Pooled<HostPort> pooled) {
        pooled.idleSince(System.nanoTime());
        idle.put(pooled);
    }
}
