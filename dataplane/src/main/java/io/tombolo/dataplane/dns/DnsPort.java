package io.tombolo.dataplane.dns;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.tombolo.dataplane.feed.CurrentConfig;
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.metrics.Counters;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A port for questions of this machine, by datagram and stream. */
public final class DnsPort {
    /** Questions that wait for an answer at once; more are told to try again. */
    private static final int MAX_PENDING = 256;

    /** Streams open at once; what is too much is closed. */
    private static final int MAX_STREAMS = 64;

    private static final int STREAM_IDLE_SECONDS = 10;
    private static final int LENGTH_BYTES = 2;

    /** A port that is free for streams may be taken for datagrams. */
    private static final int FREE_TRIES = 10;

    private final ClustersetZone zone;
    private final Metrics metrics;
    private final Counters queries;
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicInteger streams = new AtomicInteger();
    private Channel datagrams;
    private Channel listener;

    @SuppressWarnings("NullAway.Init") // bound before anybody sees it
    private DnsPort(ClustersetZone zone, Metrics metrics) {
        this.zone = zone;
        this.metrics = metrics;
        this.queries = metrics.counters(
                "tombolo_dns_queries_total", "Questions for names, by how the answer turned out.", "answer");
    }

    /**
     * Binds both; blocks until that is done, so not on a loop.
     * @param address must be a loopback address; port 0 = any one that is free for both
     * @param orNext  whether another port is taken when this one is in use
     * @throws TomboloException PORT_IN_USE
     */
    public static DnsPort open(
            Loops loops,
            InetSocketAddress address,
            boolean orNext,
            CurrentConfig config,
            AddressBook addresses,
            Metrics metrics) {
        var port = new DnsPort(new ClustersetZone(config, addresses), metrics);
        boolean any = address.getPort() == 0;
        int more = any ? FREE_TRIES : orNext ? Loops.NEXT_PORTS : 0;
        for (int i = 0; i <= more; i++) {
            int number = any ? 0 : Math.min(address.getPort() + i, 65_535);
            if (port.bind(loops, new InetSocketAddress(address.getAddress(), number))) {
                return port;
            }
        }
        throw new TomboloException(
                Fault.PORT_IN_USE,
                "address " + address.getAddress().getHostAddress() + ":" + address.getPort(),
                "cannot be listened on for DNS, by datagram and stream",
                "choose another port with sidecar.dns.port, or set sidecar.auto-ports=true");
    }

    private boolean bind(Loops loops, InetSocketAddress wanted) {
        ServerBootstrap server = loops.server().childHandler(streams());
        Optional<Channel> bound = loops.listen(server, wanted, false);
        if (bound.isEmpty()) {
            return false;
        }
        listener = bound.get();
        var datagram = loops.datagrams(loops.next())
                .option(ChannelOption.SO_RCVBUF, 256 * 1_024)
                .handler(new Datagrams())
                .bind(listener.localAddress())
                .awaitUninterruptibly();
        datagrams = datagram.channel();
        if (!datagram.isSuccess()) {
            listener.close().awaitUninterruptibly();
        }
        return datagram.isSuccess();
    }

    /** The real address. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Stops answering. */
    public void close() {
        listener.close().awaitUninterruptibly();
        datagrams.close().awaitUninterruptibly();
    }

    private void answer(byte[] message, Consumer<byte[]> reply) {
        switch (QueryReader.read(message)) {
            case Read.Ignored noQuery -> malformed();
            case Read.Bad bad -> {
                malformed();
                count(bad.rcode());
                reply.accept(ReplyWriter.write(bad));
            }
            case Read.Asked(Query query) -> ask(query, reply);
        }
    }

    private void ask(Query query, Consumer<byte[]> reply) {
        if (pending.incrementAndGet() > MAX_PENDING) {
            pending.decrementAndGet();
            finish(query, new Reply.Failure(Rcode.SERVFAIL), reply);
            return;
        }
        zone.ask(query).thenAccept(answer -> {
            pending.decrementAndGet();
            finish(query, answer, reply);
        });
    }

    private void finish(Query query, Reply answer, Consumer<byte[]> reply) {
        boolean empty = answer instanceof Reply.Nothing(boolean nameExists) && nameExists;
        if (empty) {
            queries.of("nodata").increment();
        } else {
            count(answer.rcode());
        }
        reply.accept(ReplyWriter.write(query, answer, zone.serial()));
    }

    private void malformed() {
        metrics.fault(Fault.BAD_DNS_QUERY).increment();
    }

    private void count(Rcode rcode) {
        queries.of(rcode.name().toLowerCase(Locale.ROOT)).increment();
    }

    private final class Datagrams extends SimpleChannelInboundHandler<DatagramPacket> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
            InetSocketAddress sender = packet.sender();
            answer(
                    ByteBufUtil.getBytes(packet.content()),
                    bytes -> ctx.writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(bytes), sender)));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            malformed(); // one client's port that is closed again must not end the service for others
        }
    }

    private ChannelInitializer<Channel> streams() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel stream) {
                stream.closeFuture().addListener(closed -> streams.decrementAndGet());
                if (streams.incrementAndGet() > MAX_STREAMS) {
                    metrics.fault(Fault.TOO_MANY_CONNECTIONS).increment();
                    stream.close();
                    return;
                }
                stream.pipeline()
                        .addLast(
                                new ReadTimeoutHandler(STREAM_IDLE_SECONDS),
                                new LengthFieldBasedFrameDecoder(
                                        QueryReader.MAX_BYTES + LENGTH_BYTES, 0, LENGTH_BYTES, 0, LENGTH_BYTES),
                                new LengthFieldPrepender(LENGTH_BYTES),
                                new Stream());
            }
        };
    }

    /** Answers go out as they come; who ended its half still gets them. */
    private final class Stream extends SimpleChannelInboundHandler<ByteBuf> {
        private int unanswered;
        private boolean ended;
        private @Nullable ChannelFuture lastWrite;

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf message) {
            unanswered++;
            answer(ByteBufUtil.getBytes(message), bytes -> ctx.executor().execute(() -> reply(ctx, bytes)));
        }

        private void reply(ChannelHandlerContext ctx, byte[] bytes) {
            unanswered--;
            lastWrite = ctx.writeAndFlush(Unpooled.wrappedBuffer(bytes));
            closeIfDone(ctx);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event == ChannelInputShutdownEvent.INSTANCE) {
                ended = true;
                closeIfDone(ctx);
            }
        }

        private void closeIfDone(ChannelHandlerContext ctx) {
            if (ended && unanswered == 0) {
                ChannelFuture last = lastWrite == null ? ctx.newSucceededFuture() : lastWrite;
                last.addListener(ChannelFutureListener.CLOSE);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            malformed();
            ctx.close();
        }
    }
}
