package io.tombolo.dataplane.exchange;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.util.concurrent.Future;
import io.tombolo.dataplane.capture.OriginalDestination;
import io.tombolo.dataplane.capture.OwnDials;
import io.tombolo.dataplane.capture.Redirected;
import io.tombolo.dataplane.capture.VirtualAddresses;
import io.tombolo.dataplane.flow.HeldInput;
import io.tombolo.dataplane.loop.OwnListeners;
import io.tombolo.dataplane.metrics.Counters;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.dataplane.relay.Relay;
import io.tombolo.dataplane.route.ImportRoute;
import io.tombolo.dataplane.upstream.AwayDialer;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.CalleePort;
import io.tombolo.model.name.ServicePort;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections that the kernel led here without the application knowing: those to a service go on the outbound walk, all others
 * to where they were to go. What a port speaks is declared, so nobody waits for first bytes. Any thread; each connection stays
 * on its own loop.
 */
public final class Transparent {
    /** A dial to the same destination may be this connection's other end: it is known a system call later. */
    private static final int LOOK_AGAIN_MILLIS = 1;

    private static final int MOST_LOOKS = 20;
    private static final Logger LOG = LoggerFactory.getLogger(Transparent.class);
    private static final long WARN_EVERY = 1_000;

    private final Capture capture;
    private final Outbound outbound;
    private final OriginalDestination kernel;
    private final OwnDials ownDials;
    private final OwnListeners listeners;
    private final VirtualAddresses services;
    private final AwayDialer away;
    private final Metrics metrics;
    private final Counters connections;
    private final AtomicLong redirected = new AtomicLong();
    private final AtomicLong loops = new AtomicLong();

    public Transparent(
            Capture capture,
            Outbound outbound,
            OriginalDestination kernel,
            OwnDials ownDials,
            OwnListeners listeners,
            VirtualAddresses services,
            AwayDialer away,
            Metrics metrics) {
        this.capture = capture;
        this.outbound = outbound;
        this.kernel = kernel;
        this.ownDials = ownDials;
        this.listeners = listeners;
        this.services = services;
        this.away = away;
        this.metrics = metrics;
        this.connections = metrics.counters(
                "tombolo_redirected_connections_total", "Connections that the kernel led to the sidecar.", "to");
    }

    /** How many connections came that really were redirected. */
    public long redirected() {
        return redirected.get();
    }

    /** A connection to the transparent port, on its loop; it does not read. */
    public void accept(Channel channel) {
        if (!(channel.localAddress() instanceof InetSocketAddress accepted)) {
            channel.close(); // gone before it was looked at
            return;
        }
        accept(channel, accepted, MOST_LOOKS);
    }

    private void accept(Channel channel, InetSocketAddress accepted, int looks) {
        boolean ownDial = ownDials.has(channel.remoteAddress());
        switch (Redirected.decide(kernel.of(channel), accepted, ownDial, listeners, services)) {
            case Redirected.ToService(CalleePort callee) -> toService(channel, callee);
            case Redirected.Away(InetSocketAddress destination)
            when looks > 0 && ownDials.isAsked(destination) ->
                channel.eventLoop()
                        .schedule(() -> accept(channel, accepted, looks - 1), LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            case Redirected.Away(InetSocketAddress destination)
            when ownDials.has(channel.remoteAddress()) ->
                refuse(channel, Redirected.ledBack(destination)); // known since the look before
            case Redirected.Away(InetSocketAddress destination) -> away(channel, destination);
            case Redirected.Refused(TomboloException why) -> refuse(channel, why);
        }
    }

    /** Which ports it has is known when its endpoints are there. */
    private void toService(Channel channel, CalleePort callee) {
        outbound.whenHeld(callee.callee().service(), channel.eventLoop(), () -> toKnown(channel, callee));
    }

    private void toKnown(Channel channel, CalleePort callee) {
        Optional<TomboloException> closed = closedPort(callee.servicePort());
        if (closed.isPresent()) {
            refuse(channel, closed.get());
            return;
        }
        count("service");
        capture.known(channel, callee);
    }

    /** A port that the service does not have is as closed as any other machine's; a service that is gone is told about. */
    private Optional<TomboloException> closedPort(ServicePort service) {
        try {
            ImportRoute.byPort(outbound.config(), service);
            return Optional.empty();
        } catch (TomboloException no) {
            return Optional.of(no).filter(why -> why.fault() == Fault.NO_SUCH_SERVICE);
        }
    }

    private void away(Channel client, InetSocketAddress destination) {
        count("away");
        var held = new HeldInput();
        client.pipeline().addLast(held);
        away.connect(client.eventLoop(), destination).addListener((Future<Channel> connected) -> {
            if (!connected.isSuccess()) {
                notConnected(client, connected.cause());
            } else if (!client.isActive()) {
                connected.getNow().close();
            } else if (ownDials.has(client.remoteAddress())) {
                connected.getNow().close();
                refuse(client, Redirected.ledBack(destination));
            } else {
                Relay.start(client, connected.getNow(), outbound.relays(), ended -> {});
                client.pipeline().remove(held);
            }
        });
    }

    private void notConnected(Channel client, Throwable cause) {
        connections.of("unreachable").increment();
        if (cause instanceof TomboloException loop) {
            refuse(client, loop);
        } else {
            LOG.atDebug().addKeyValue("cause", cause.getMessage()).log("destination of the application not reached");
            reset(client);
        }
    }

    private void count(String to) {
        redirected.incrementAndGet();
        connections.of(to).increment();
    }

    private void refuse(Channel channel, TomboloException why) {
        metrics.fault(why.fault()).increment();
        boolean say = why.fault() == Fault.RELAY_LOOP && loops.getAndIncrement() % WARN_EVERY == 0;
        (say ? LOG.atWarn() : LOG.atDebug())
                .addKeyValue("fault", why.getMessage())
                .log("redirected connection refused");
        reset(channel);
    }

    /** As the destination itself would have said that there is nobody. */
    private static void reset(Channel channel) {
        if (channel.isOpen()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        channel.close();
    }
}
