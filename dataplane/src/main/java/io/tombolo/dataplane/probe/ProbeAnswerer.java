package io.tombolo.dataplane.probe;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.tombolo.dataplane.metrics.Counter;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.dataplane.tls.Established;
import io.tombolo.dataplane.tls.MeshTls;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.name.Alpn;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.trustbundle.verify.VerifiedPeer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway's end of probes: proves this gateway's identity and answers pings of members. */
public final class ProbeAnswerer {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeAnswerer.class);

    /** Probes at once, those in their handshake included. */
    private static final int MAX_CONNECTIONS = 4_096;

    /**
     * Of them, those of sidecars that are kept; who comes later proves the path by its handshake and goes. So many sidecars
     * cannot take the places of peer gateways, of which 64 clusters with 16 each have room.
     */
    private static final int MAX_SIDECARS = 1_024;

    /** Frames that one connection may send within a second; a probe sends one. */
    private static final int MAX_FRAMES_A_SECOND = 50;

    private final MeshTls tls;
    private final BooleanSupplier draining;
    private final Metrics metrics;
    private final Counter answered;
    private final int maxSidecars;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger sidecars = new AtomicInteger();
    private final ChannelGroup proved = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    /** @param draining what answers carry */
    public ProbeAnswerer(MeshTls tls, BooleanSupplier draining, Metrics metrics) {
        this(tls, draining, metrics, MAX_SIDECARS);
    }

    ProbeAnswerer(MeshTls tls, BooleanSupplier draining, Metrics metrics, int maxSidecars) {
        this.maxSidecars = maxSidecars;
        this.tls = tls;
        this.draining = draining;
        this.metrics = metrics;
        this.answered = metrics.counter("tombolo_probes_answered_total", "Pings of peers that were answered.");
    }

    /** Takes over a channel that has asked for this gateway's probe name, on its loop, before the handshake. */
    public void take(Channel channel) {
        if (connections.incrementAndGet() > MAX_CONNECTIONS) {
            connections.decrementAndGet();
            metrics.fault(Fault.TOO_MANY_CONNECTIONS).increment();
            channel.close();
            return;
        }
        channel.closeFuture().addListener(closed -> connections.decrementAndGet());
        tls.server(channel, List.of(Alpn.TOMBOLO_CTL)).addListener(done -> {
            if (done.isSuccess() && done.getNow() instanceof Established peer) {
                if (hasPlace(channel, peer)) {
                    channel.pipeline().addLast(new Answers());
                    proved.add(channel);
                } else {
                    metrics.fault(Fault.TOO_MANY_CONNECTIONS).increment();
                    channel.close();
                }
            } else {
                LOG.atDebug().setCause(done.cause()).log("a peer's probe failed its handshake");
                metrics.fault(Fault.BAD_CERTIFICATE).increment();
            }
        });
    }

    private boolean hasPlace(Channel channel, Established established) {
        SpiffeId id = established.peer().id();
        if (id.equals(SpiffeId.gateway(id.trustDomain()))) {
            return true;
        }
        if (sidecars.incrementAndGet() > maxSidecars) {
            sidecars.decrementAndGet();
            return false;
        }
        channel.closeFuture().addListener(closed -> sidecars.decrementAndGet());
        return true;
    }

    /** Closes the probes of peers that are not believed any more. Any thread. */
    public void closeIf(Predicate<VerifiedPeer> revoked) {
        for (Channel channel : proved) {
            Established established = Established.of(channel);
            if (established != null && revoked.test(established.peer())) {
                channel.close();
            }
        }
    }

    private final class Answers extends FrameHandler {
        private long second;
        private int framesInSecond;

        @Override
        void frame(ChannelHandlerContext ctx, ProbeFrame frame) {
            if (frame.isAnswer() || tooMany()) {
                ctx.close();
                return;
            }
            answered.increment();
            ctx.writeAndFlush(frame.answer(draining.getAsBoolean()).write(ctx.alloc()));
        }

        private boolean tooMany() {
            long now = System.nanoTime() / 1_000_000_000;
            framesInSecond = now == second ? framesInSecond + 1 : 1;
            second = now;
            return framesInSecond > MAX_FRAMES_A_SECOND;
        }
    }
}
