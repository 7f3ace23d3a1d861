package io.tombolo.dataplane.probe;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.tombolo.dataplane.loop.AddressGate;
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.tls.Established;
import io.tombolo.dataplane.tls.MeshTls;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Alpn;
import io.tombolo.model.name.InstanceId;
import io.tombolo.trustbundle.svid.InstanceName;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt to reach one address of a target, and the connection that comes of it. On one loop. */
final class ProbeConnection extends FrameHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeConnection.class);

    private final ProbeTarget target;
    private final Events events;
    private boolean ended;
    private boolean up;
    private boolean itself;
    private Optional<Channel> channel = Optional.empty();

    /** What its probe hears, on the loop. */
    interface Events {
        /** The gateway has proved that it is the target, or one that shares an address with it. */
        void connected(ProbeConnection connection);

        /** A ping was answered; {@code draining} of the target itself only. */
        void answered(ProbeConnection connection, long number, boolean draining);

        /** It could not be made, or is over; called once, and not after {@link ProbeConnection#close}. */
        void ended(ProbeConnection connection, Fault why);
    }

    ProbeConnection(ProbeTarget target, Events events) {
        this.target = target;
        this.events = events;
    }

    void open(Loops loops, EventLoop loop, MeshTls tls, HostPort address, Duration timeout) {
        loops.client(loop, timeout)
                .handler(new AddressGate(address, target.dialing()))
                .connect(InetSocketAddress.createUnresolved(address.host(), address.port()))
                .addListener((ChannelFuture done) -> {
                    if (done.isSuccess()) {
                        greet(done.channel(), tls);
                    } else {
                        end(refusal(done.cause()));
                    }
                });
    }

    private Fault refusal(Throwable cause) {
        if (cause instanceof TomboloException refused) {
            LOG.atWarn()
                    .addKeyValue("gateway", target.gateway())
                    .addKeyValue("cluster", target.cluster())
                    .log("not dialled: {}", refused.getMessage());
            return refused.fault();
        }
        return Fault.PEER_UNREACHABLE;
    }

    private void greet(Channel connected, MeshTls tls) {
        channel = Optional.of(connected);
        if (ended) {
            connected.close();
            return;
        }
        Future<Established> established =
                tls.client(connected, target.name(), List.of(Alpn.TOMBOLO_CTL), Set.of(target.gatewayId()));
        established.addListener(done -> {
            if (!established.isSuccess()) {
                LOG.atDebug()
                        .addKeyValue("gateway", target.gateway())
                        .setCause(established.cause())
                        .log("probe's handshake failed");
                end(established.cause() instanceof TomboloException known ? known.fault() : Fault.PEER_UNREACHABLE);
                return;
            }
            Optional<InstanceId> answering = answering(established.getNow());
            if (answering.isEmpty()) {
                end(Fault.WRONG_SERVER);
            } else {
                itself = answering.get().equals(target.gateway());
                connected.pipeline().addLast(this);
                connected.closeFuture().addListener(closed -> end(Fault.CONNECTION_LOST));
                up = true;
                events.connected(this);
            }
        });
    }

    /** Who answers, if it may: the right cluster's gateway id is not enough, somewhere else would be measured. */
    private Optional<InstanceId> answering(Established established) {
        return InstanceName.gateway(established.peer().instanceName(), target.cluster(), target.federation())
                .filter(target.answering()::contains)
                .filter(any -> established.alpn().equals(Optional.of(Alpn.TOMBOLO_CTL)));
    }

    boolean isUp() {
        return up && !ended;
    }

    void ping(long number) {
        channel.ifPresent(open -> open.writeAndFlush(ProbeFrame.ping(number).write(open.alloc())));
    }

    @Override
    void frame(ChannelHandlerContext ctx, ProbeFrame frame) {
        if (!frame.isAnswer()) {
            ctx.close();
        } else if (!ended) {
            events.answered(this, frame.number(), itself && frame.draining());
        }
    }

    /** Ends it without a word to the probe. */
    void close() {
        ended = true;
        channel.ifPresent(Channel::close);
    }

    private void end(Fault why) {
        if (!ended) {
            close();
            events.ended(this, why);
        }
    }
}
