package io.tombolo.dataplane.relay;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.util.concurrent.ScheduledFuture;
import io.tombolo.dataplane.splice.Splicing;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Two channels that pass their bytes to each other. Both must live on one event loop; every method is called on it.
 * Each side holds at most its write buffer's high-water mark and one read.
 */
public final class Relay {
    private final RelaySide client;
    private final RelaySide upstream;
    private final RelayLimits limits;
    private final Consumer<RelayEnd> whenEnded;
    private boolean ended;
    private boolean moved;
    private @Nullable ScheduledFuture<?> idleCheck;

    private Relay(
            Channel client, Channel upstream, RelayLimits limits, Splicing splicing, Consumer<RelayEnd> whenEnded) {
        this.limits = limits;
        this.client = new RelaySide(this, client, upstream, splicing);
        this.upstream = new RelaySide(this, upstream, client, splicing);
        this.whenEnded = whenEnded;
    }

    /**
     * Begins to relay and to read on both sides. What was read before must have been written already.
     * @param whenEnded called once, when both channels are being closed
     */
    public static Relay start(Channel client, Channel upstream, RelayLimits limits, Consumer<RelayEnd> whenEnded) {
        return start(client, upstream, limits, Splicing.OFF, whenEnded);
    }

    /**
     * The same for two bare connections: their pipelines leave bytes as they are, in both directions.
     * @param splicing for large transfers
     */
    public static Relay start(
            Channel client, Channel upstream, RelayLimits limits, Splicing splicing, Consumer<RelayEnd> whenEnded) {
        var relay = new Relay(client, upstream, limits, splicing, whenEnded);
        relay.watchIdle();
        client.pipeline().addLast(relay.client);
        upstream.pipeline().addLast(relay.upstream);
        if (client.isActive() && upstream.isActive()) {
            client.config().setAutoRead(true);
            upstream.config().setAutoRead(true);
        } else {
            relay.end(client.isActive() ? RelayEnd.Reason.UPSTREAM_BROKE : RelayEnd.Reason.CLIENT_BROKE, false);
        }
        return relay;
    }

    /** Closes both sides now; bytes that wait to be written are lost. */
    public void cut() {
        end(RelayEnd.Reason.CUT, true);
    }

    /** Bytes so far, handed to the upstream side. */
    public long bytesFromClient() {
        return client.bytesRead();
    }

    /** Bytes so far, handed to the client's side. */
    public long bytesToClient() {
        return upstream.bytesRead();
    }

    RelayLimits limits() {
        return limits;
    }

    void bytesMoved() {
        moved = true;
    }

    /** One direction is over: the relay is when the other one is as well. */
    void directionDone() {
        if (client.isDone() && upstream.isDone()) {
            end(RelayEnd.Reason.COMPLETE, false);
        }
    }

    void broke(RelaySide side, boolean abruptly) {
        end(side == client ? RelayEnd.Reason.CLIENT_BROKE : RelayEnd.Reason.UPSTREAM_BROKE, abruptly);
    }

    private void end(RelayEnd.Reason reason, boolean abruptly) {
        if (ended) {
            return;
        }
        ended = true;
        if (idleCheck != null) {
            idleCheck.cancel(false);
        }
        if (abruptly) {
            resetOnClose(client.channel());
            resetOnClose(upstream.channel());
        }
        client.finish(abruptly);
        upstream.finish(abruptly);
        whenEnded.accept(new RelayEnd(reason, client.bytesRead(), upstream.bytesRead()));
    }

    /** So that a break on one side is a break on the other one, and not a clean end. */
    private static void resetOnClose(Channel channel) {
        if (channel.isOpen()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
    }

    private void watchIdle() {
        long nanos = limits.idle().toNanos();
        idleCheck =
                client.channel().eventLoop().scheduleAtFixedRate(this::checkIdle, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    private void checkIdle() {
        if (!moved) {
            limits.idled().increment();
            end(RelayEnd.Reason.IDLE, false);
        }
        moved = false;
    }
}
