package io.tombolo.benchmarks.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.tombolo.benchmarks.figure.Samples;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Connections to one port with at most one request each, from {@link #start} to {@link #close}. */
public final class Load implements AutoCloseable {
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final AtomicReference<String> failure = new AtomicReference<>("");
    private final CountDownLatch missing;
    private final Optional<Pacing> pacing;
    private volatile long answers;
    private volatile boolean closing;

    private Load(EventLoop loop, Plan plan) {
        this.missing = new CountDownLatch(plan.connections());
        this.pacing = plan.perSecond() == 0 ? Optional.empty() : Optional.of(new Pacing(loop, plan.perSecond()));
    }

    /**
     * What is sent where.
     * @param connections kept open, one request at a time on each
     * @param perSecond   requests at fixed times; 0 = the next one when an answer is there
     */
    public record Plan(int port, String serverName, int connections, int answerBytes, int perSecond) {}

    /** Connects, and returns when every handshake is through. */
    public static Load start(EventLoop loop, SslContext tls, Plan plan) {
        var load = new Load(loop, plan);
        ByteBuf request = Frame.request(plan.answerBytes());
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        tls.newHandler(channel.alloc(), plan.serverName(), plan.port()),
                                        new CallHandler(load, request, plan.answerBytes()));
                    }
                });
        for (int i = 0; i < plan.connections(); i++) {
            load.channels.add(bootstrap
                    .connect("127.0.0.1", plan.port())
                    .syncUninterruptibly()
                    .channel());
        }
        load.awaitConnections();
        load.pacing.ifPresent(pacing -> loop.execute(pacing::begin));
        return load;
    }

    private void awaitConnections() {
        try {
            if (!missing.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no TLS through the proxy: " + failure.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the benchmark was interrupted", e);
        }
    }

    /**
     * Complete answers since the start.
     * @throws IllegalStateException if a connection was lost: the figures would be worthless
     */
    public long answers() {
        if (!failure.get().isEmpty()) {
            throw new IllegalStateException("a connection was lost: " + failure.get());
        }
        return answers;
    }

    /** How long answers took since this was asked last, in µs; empty without a fixed pace. */
    public Optional<Samples> latencies() {
        return pacing.flatMap(Pacing::latencies);
    }

    void connected(Call call) {
        missing.countDown();
        pacing.ifPresentOrElse(pace -> pace.free(call), () -> call.send(0));
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written on the one loop only
    void answered(Call call, long sinceNanos) {
        answers++;
        pacing.ifPresentOrElse(pace -> pace.answered(call, sinceNanos), () -> call.send(0));
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
