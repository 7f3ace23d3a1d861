package io.tombolo.benchmarks.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.tombolo.benchmarks.figure.Samples;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Requests to one port, from {@link #start} to {@link #close}. */
public final class CallLoad implements AutoCloseable {
    private static final String REQUEST = """
            GET /api/v1/carts/7f3a HTTP/1.1
            Host: checkout.shop
            User-Agent: shop-frontend/1.4
            Accept: application/json
            Accept-Encoding: gzip
            traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01

            """.replace("\n", "\r\n");
    private static final ByteBuf REQUEST_BYTES = Unpooled.unreleasableBuffer(
            Unpooled.directBuffer(REQUEST.length()).writeBytes(REQUEST.getBytes(StandardCharsets.US_ASCII)));

    private final EventLoop loop;
    private final Plan plan;
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final AtomicReference<String> failure = new AtomicReference<>("");
    private final CountDownLatch missing;
    private final Optional<Pacing> pacing;
    private volatile long answers;
    private volatile boolean closing;

    private CallLoad(EventLoop loop, Plan plan) {
        this.loop = loop;
        this.plan = plan;
        this.missing = new CountDownLatch(plan.connections() * plan.streams());
        this.pacing = plan.pace() instanceof Pace.Fixed(int perSecond)
                ? Optional.of(new Pacing(loop, perSecond))
                : Optional.empty();
    }

    /** How requests are sent. */
    public sealed interface Pace {
        /** The next one when an answer is there: as many as go. */
        record Busy() implements Pace {}

        /** At fixed times, whatever the answers do; what is late counts from when it was due. */
        record Fixed(int perSecond) implements Pace {}

        /** Each on a connection of its own. */
        record Anew() implements Pace {}
    }

    /**
     * What is sent where.
     * @param tls        empty = in the clear
     * @param serverName of TLS
     * @param streams    requests that a connection has room for; 1 where they do not share it
     */
    public record Plan(
            int port,
            Optional<SslContext> tls,
            String serverName,
            Wire wire,
            int connections,
            int streams,
            Pace pace) {}

    /** Connects, and returns when every connection is there. */
    public static CallLoad start(EventLoop loop, Plan plan) {
        var load = new CallLoad(loop, plan);
        for (int place = 0; place < plan.connections(); place++) {
            load.connect(place);
        }
        load.awaitConnections();
        load.pacing.ifPresent(pacing -> loop.execute(pacing::begin));
        return load;
    }

    private void connect(int place) {
        new Bootstrap()
                .group(loop)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        plan.tls()
                                .ifPresent(tls -> channel.pipeline()
                                        .addLast(tls.newHandler(channel.alloc(), plan.serverName(), plan.port())));
                        channel.pipeline().addLast(caller(place, plan.tls().isPresent()));
                    }
                })
                // Connections that end leave their port unusable for a minute: every place has its own address' ports.
                .connect(
                        new InetSocketAddress("127.0.0.1", plan.port()),
                        new InetSocketAddress("127.0.1." + (1 + place % 250), 0))
                .addListener((ChannelFuture connected) -> {
                    channels.add(connected.channel());
                    if (!connected.isSuccess()) {
                        lost(String.valueOf(connected.cause().getMessage()));
                    }
                });
    }

    private ChannelHandler caller(int place, boolean tls) {
        return switch (plan.wire()) {
            case HTTP1 -> new Http1Caller(this, place, tls);
            case HTTP2, GRPC -> new Http2Caller(this, Http2Message.request(plan.wire()), place, tls);
            case TCP, TCP_BULK -> new TcpCaller(this, place, tls);
        };
    }

    Plan plan() {
        return plan;
    }

    private void awaitConnections() {
        try {
            if (!missing.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no connection through the proxy: " + failure.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the benchmark was interrupted", e);
        }
    }

    /**
     * Complete answers since the start.
     * @throws IllegalStateException if a connection was lost or an answer was none: the figures would be worthless
     */
    public long answers() {
        if (!failure.get().isEmpty()) {
            throw new IllegalStateException("the load failed: " + failure.get());
        }
        return answers;
    }

    /** How long answers took since this was asked last, in µs; empty without a fixed pace. */
    public Optional<Samples> latencies() {
        return pacing.flatMap(Pacing::latencies);
    }

    ByteBuf request() {
        return REQUEST_BYTES.duplicate();
    }

    void connected(Call call) {
        missing.countDown();
        pacing.ifPresentOrElse(pace -> pace.free(call), () -> call.send(System.nanoTime()));
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written on the one loop only
    void answered(Call call, int status, long sinceNanos) {
        answers++;
        if (status != 200) {
            lost("status " + status);
        }
        switch (plan.pace()) {
            case Pace.Busy busy -> call.send(0);
            case Pace.Fixed fixed -> pacing.orElseThrow().answered(call, sinceNanos);
            case Pace.Anew anew -> {
                call.leave();
                if (!closing) {
                    connect(call.place());
                }
            }
        }
    }

    void lost(String why) {
        if (!closing) {
            failure.compareAndSet("", why);
        }
    }

    @Override
    public void close() {
        closing = true;
        pacing.ifPresent(Pacing::stop);
        channels.close().awaitUninterruptibly(Duration.ofSeconds(5).toMillis());
    }
}
