package io.tombolo.dataplane.upstream;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.tombolo.dataplane.upstream.ConnectionPool.Made;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** The HTTP connections of one loop to the application behind this sidecar, in the version that it declared. */
public final class AppPool {
    private final EventLoop loop;
    private final Dialer dialer;
    private final ConnectionPool<HostPort> connections;
    private final StreamPool<HostPort> streams;

    public AppPool(
            EventLoop loop,
            Dialer dialer,
            HttpSettings http,
            PoolLimits limits,
            RandomGenerator random,
            PoolCounters counters) {
        this.loop = loop;
        this.dialer = dialer;
        Duration takeWithin = http.http1().takeTimeout();
        this.connections = new ConnectionPool<>(loop, http.http1(), limits, random, counters, takeWithin);
        this.streams = new StreamPool<>(loop, http, limits, random, counters, takeWithin);
    }

    /**
     * What one request to the application goes out on.
     * @param protocol which speaks HTTP/2 without asking if it is not HTTP
     * @param fresh    never a connection of HTTP/1.1 that was used before: for requests that must not meet one that the
     *     application is just closing
     * @return fails with a TomboloException APP_UNREACHABLE, RELAY_LOOP or TOO_MANY_CONNECTIONS
     */
    public Future<Pooled<HostPort>> acquire(HostPort app, AppProtocol protocol, boolean fresh) {
        var source = new App(app, loop, dialer);
        return protocol == AppProtocol.HTTP
                ? connections.acquire(app, pooled -> true, fresh, source)
                : streams.acquire(app, pooled -> true, false, source);
    }

    /** Gives back what was not used, or may be used again. */
    public void release(Pooled<HostPort> pooled) {
        if (pooled.connection() instanceof UpstreamStream stream) {
            stream.finish(false, () -> {});
        } else {
            connections.release(pooled);
        }
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
                    made.setSuccess(new Made<>(address, address, connected.getNow(), null));
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
                    "raise app-pool.max-connections, or run more instances of it");
        }
    }
}
