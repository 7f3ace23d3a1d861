package io.tombolo.dataplane.upstream;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.tombolo.dataplane.http1.HttpLimits;
import io.tombolo.dataplane.metrics.Counter;
import io.tombolo.dataplane.upstream.ConnectionPool.Made;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.random.RandomGenerator;

/** The HTTP/1.1 connections of one loop to the application behind this sidecar. */
public final class AppPool {
    private final EventLoop loop;
    private final Dialer dialer;
    private final ConnectionPool<HostPort> pool;

    public AppPool(
            EventLoop loop, Dialer dialer, HttpLimits limits, PoolLimits pool, RandomGenerator random, Counter queued) {
        this.loop = loop;
        this.dialer = dialer;
        this.pool = new ConnectionPool<>(loop, limits, pool, random, queued);
    }

    /**
     * A connection to the application.
     * @param fresh never one that was used before: for requests that must not meet a connection that the application is
     *     just closing
     * @return fails with a TomboloException APP_UNREACHABLE, RELAY_LOOP or TOO_MANY_CONNECTIONS
     */
    public Future<Pooled<HostPort>> acquire(HostPort app, boolean fresh) {
        return pool.acquire(app, pooled -> true, fresh, new App(app, loop, dialer));
    }

    /** Gives a connection back for the next request. */
    public void release(Pooled<HostPort> pooled) {
        pool.release(pooled);
    }

    /** What a failed connection to the application means. */
    public static TomboloException unreachable(HostPort app, Throwable cause) {
        return cause instanceof TomboloException known
                ? known
                : new TomboloException(
                        Fault.APP_UNREACHABLE,
                        "application at " + app,
                        "does not accept connections: " + cause.getMessage(),
                        "check that it runs and listens there");
    }

    private record App(HostPort address, EventLoop loop, Dialer dialer) implements ConnectionPool.Source<HostPort> {
        @Override
        public Future<Made<HostPort>> dial() {
            Promise<Made<HostPort>> made = loop.newPromise();
            dialer.connect(loop, address).addListener((Future<Channel> connected) -> {
                if (connected.isSuccess()) {
                    made.setSuccess(new Made<>(address, connected.getNow(), null));
                } else {
                    made.setFailure(unreachable(address, connected.cause()));
                }
            });
            return made;
        }

        @Override
        public TomboloException full(int open) {
            return new TomboloException(
                    Fault.TOO_MANY_CONNECTIONS,
                    "application at " + address,
                    "has " + open + " connections from its sidecar",
                    "run more instances of it");
        }
    }
}
