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
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.metrics.Counters;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A port for questions, by datagram and stream. */
public final class DnsPort {
    private static final int STREAM_IDLE_SECONDS = 10;
    private static final int LENGTH_BYTES = 2;

    /** A port that is free for streams may be taken for datagrams. */
    private static final int FREE_TRIES = 10;

    private final ClustersetZone zone;
    private final Metrics metrics;
    private final Counters queries;
    private final AtomicInteger pending = new AtomicInteger();
    private final DnsLimits limits;
    private final StreamPlaces places;
    private Channel datagrams;
    private Channel listener;

    @SuppressWarnings("NullAway.Init") // bound before anybody sees it
    private DnsPort(ClustersetZone zone, DnsLimits limits, Metrics metrics) {
        this.zone = zone;
        this.limits = limits;
        this.places = new StreamPlaces(limits);
        this.metrics = metrics;
        this.queries = metrics.counters(
                "tombolo_dns_queries_total", "Questions for names, by how the answer turned out.", "answer");
    }

    /**
     * Binds both; blocks until that is done, so not on a loop.
     * @param address port 0 = any one that is free for both
     * @param orNext  whether another port is taken when this one is in use
     * @throws TomboloException PORT_IN_USE
     */
    public static DnsPort open(
            Loops loops,
            InetSocketAddress address,
            boolean orNext,
            Directory directory,
            DnsLimits limits,
            Metrics metrics) {
        var port = new DnsPort(new ClustersetZone(directory), limits, metrics);
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

    /**
     * Answers a message, or does not.
     * @param most bytes of the answer
     */
    private void answer(byte[] message, int most, Consumer<byte[]> reply) {
        switch (QueryReader.read(message)) {
            case Read.Ignored noQuery -> malformed();
            case Read.Bad bad -> {
                malformed();
                count(bad.rcode());
                reply.accept(ReplyWriter.write(bad));
            }
            case Read.Asked(Query query) -> ask(query, most, reply);
        }
    }

    private void ask(Query query, int most, Consumer<byte[]> reply) {
        if (pending.incrementAndGet() > limits.maxQuestions()) {
            pending.decrementAndGet();
            finish(query, new Reply.Failure(Rcode.SERVFAIL), most, reply);
            return;
        }
        zone.ask(query).thenAccept(answer -> {
            pending.decrementAndGet();
            finish(query, answer, most, reply);
        });
    }

    private void finish(Query query, Reply answer, int most, Consumer<byte[]> reply) {
        byte[] written = ReplyWriter.write(query, answer, zone.serial(), most);
        boolean empty = answer instanceof Reply.Nothing(boolean nameExists) && nameExists;
        if (empty || ReplyWriter.isTruncated(written)) {
            queries.of(empty ? "nodata" : "truncated").increment();
        } else {
            count(answer.rcode());
        }
        reply.accept(written);
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
                    ReplyWriter.DATAGRAM_BYTES,
                    bytes -> send(ctx, new DatagramPacket(Unpooled.wrappedBuffer(bytes), sender)));
        }

        /** What the network does not take is not kept: whoever asked asks again. */
        private void send(ChannelHandlerContext ctx, DatagramPacket packet) {
            if (ctx.channel().isWritable()) {
                ctx.writeAndFlush(packet);
            } else {
                packet.release();
                queries.of("dropped").increment();
            }
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
                if (!(stream.remoteAddress() instanceof InetSocketAddress from)) {
                    stream.close(); // gone already
                    return;
                }
                InetAddress client = from.getAddress();
                if (!places.take(client)) {
                    metrics.fault(Fault.TOO_MANY_CONNECTIONS).increment();
                    stream.close();
                    return;
                }
                stream.closeFuture().addListener(closed -> places.giveBack(client));
                stream.pipeline()
                        .addLast(
                                new LengthFieldBasedFrameDecoder(
                                        QueryReader.MAX_BYTES + LENGTH_BYTES, 0, LENGTH_BYTES, 0, LENGTH_BYTES),
                                new LengthFieldPrepender(LENGTH_BYTES),
                                // Of whole questions: a byte now and then holds no place.
                                new ReadTimeoutHandler(STREAM_IDLE_SECONDS),
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
            answer(
                    ByteBufUtil.getBytes(message),
                    ReplyWriter.STREAM_BYTES,
                    bytes -> ctx.executor().execute(() -> reply(ctx, bytes)));
        }

        private void reply(ChannelHandlerContext ctx, byte[] bytes) {
            unanswered--;
            lastWrite = ctx.writeAndFlush(Unpooled.wrappedBuffer(bytes));
            closeIfDone(ctx);
        }

        /** Who takes no answers asks nothing more. */
        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            ctx.channel().config().setAutoRead(ctx.channel().isWritable());
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
