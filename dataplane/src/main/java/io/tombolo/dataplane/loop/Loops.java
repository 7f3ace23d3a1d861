package io.tombolo.dataplane.loop;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.VertxInternal;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Vert.x' event loops for handlers that are Netty's alone. The native transport (epoll) where the platform has it.
 * Safe on any thread; in such handlers {@code Vertx.currentContext()} is null.
 */
public final class Loops {
    /** One side of a connection pauses the other above this many bytes that wait to be written, and resumes below half. */
    public static final int HIGH_WATER_BYTES = 64 * 1_024;

    private static final int LOW_WATER_BYTES = HIGH_WATER_BYTES / 2;

    /** Ports that {@link #listen} tries after the wanted one when it may. */
    public static final int NEXT_PORTS = 100;

    private final VertxInternal vertx;
    private final OwnListeners listeners = new OwnListeners();

    private Loops(VertxInternal vertx) {
        this.vertx = vertx;
    }

    /** The loops of a Vert.x that somebody else closes. */
    public static Loops of(Vertx vertx) {
        return new Loops((VertxInternal) vertx);
    }

    /**
     * Loops of their own; end them with {@link #close}.
     * @param threads event loops, 1 to 1024
     */
    public static Loops open(int threads) {
        var options = new VertxOptions()
                .setEventLoopPoolSize(threads)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setPreferNativeTransport(true);
        return of(Vertx.vertx(options));
    }

    /** The same loops for another program in this process, which has listeners of its own. */
    public Loops apart() {
        return new Loops(vertx);
    }

    /** The loops on which connections live. */
    public EventLoopGroup workers() {
        return vertx.getEventLoopGroup();
    }

    /** The next loop, in turn. */
    public EventLoop next() {
        return workers().next();
    }

    /** Whether the platform's native transport is in use. */
    public boolean isNative() {
        return vertx.isNativeTransportEnabled();
    }

    /** For listeners: accepted channels live on the workers, keep a half-closed direction open, and send small writes at once. */
    public ServerBootstrap server() {
        return new ServerBootstrap()
                .group(vertx.getAcceptorEventLoopGroup(), workers())
                .channelFactory(serverChannels())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, 1_024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark());
    }

    /**
     * Binds what {@link #server} made; blocks until that is done, so not on a loop.
     * @param orNext whether another port is taken when this one is in use; port 0 is any port anyway
     * @return empty if the port is taken, and the next {@value #NEXT_PORTS} as well if they were tried
     */
    public Optional<Channel> listen(ServerBootstrap server, InetSocketAddress wanted, boolean orNext) {
        int last = orNext && wanted.getPort() != 0 ? Math.min(65_535, wanted.getPort() + NEXT_PORTS) : wanted.getPort();
        for (int port = wanted.getPort(); port <= last; port++) {
            ChannelFuture bound = listenAt(server, new InetSocketAddress(wanted.getAddress(), port));
            if (bound.isSuccess()) {
                return Optional.of(bound.channel());
            }
        }
        return Optional.empty();
    }

    /**
     * Binds that very address; blocks until that is done, so not on a loop.
     * @return failed with what the system says, or done
     */
    public ChannelFuture listenAt(ServerBootstrap server, InetSocketAddress wanted) {
        ChannelFuture bound = server.bind(wanted).awaitUninterruptibly();
        if (bound.isSuccess()) {
            listeners.add(bound.channel());
        }
        return bound;
    }

    /** What {@link #listen} and {@link #listenAt} bound and is open. */
    public OwnListeners listeners() {
        return listeners;
    }

    /**
     * For one outbound connection that stays on {@code loop}, usually the loop of the connection that needs it; then
     * {@link #connect}.
     * @param connectTimeout limit for the TCP handshake; 1 ms to 24 days
     */
    public Bootstrap client(EventLoop loop, Duration connectTimeout) {
        return new Bootstrap()
                .group(loop)
                .channelFactory(clientChannels())
                .resolver(OffLoopResolver.INSTANCE)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(connectTimeout.toMillis()))
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark());
    }

    /**
     * Connects what {@link #client} made, in a turn of its own. Netty's epoll transport registers a channel at once and knows it
     * by the number of its file: amid the events of one turn it would get what is still to be told about a connection that an
     * event before closed, and be closed for it or never read.
     * @return completed on {@code loop}; fails with what the network says
     */
    public Future<Channel> connect(EventLoop loop, Bootstrap client, String host, int port) {
        Promise<Channel> connected = loop.newPromise();
        try {
            loop.execute(() -> client.connect(InetSocketAddress.createUnresolved(host, port))
                    .addListener((ChannelFuture done) -> {
                        if (done.isSuccess()) {
                            connected.setSuccess(done.channel());
                        } else {
                            connected.setFailure(done.cause());
                        }
                    }));
        } catch (RejectedExecutionException ended) {
            connected.setFailure(ended);
        }
        return connected;
    }

    /** For datagrams, all of them on {@code loop}. */
    public Bootstrap datagrams(EventLoop loop) {
        return new Bootstrap().group(loop).channelFactory(vertx.transport()::datagramChannel);
    }

    /** Makes listening channels of the transport in use. */
    public ChannelFactory<? extends ServerChannel> serverChannels() {
        return vertx.transport().serverChannelFactory(false);
    }

    /** Makes connecting channels of the transport in use. */
    public ChannelFactory<? extends Channel> clientChannels() {
        return vertx.transport().channelFactory(false);
    }

    /** Ends loops that {@link #open} made; waits up to 10 s. Not to be called on one of them. */
    public void close() {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException stuck) {
            throw new IllegalStateException("the event loops do not end", stuck);
        }
    }

    private static WriteBufferWaterMark waterMark() {
        return new WriteBufferWaterMark(LOW_WATER_BYTES, HIGH_WATER_BYTES);
    }
}
