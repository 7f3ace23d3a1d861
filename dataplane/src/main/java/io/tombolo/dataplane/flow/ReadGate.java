package io.tombolo.dataplane.flow;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/**
 * Whether a channel reads from its socket. Several parts of the walk may have a reason to wait; it reads again when none is
 * left. On the channel's loop only.
 */
public final class ReadGate {
    /** Why reading waits. */
    public enum Reason {
        /** The other side does not take more at the moment. */
        OTHER_SIDE_FULL,
        /** What follows belongs to the next message, whose turn has not come. */
        NOT_YET_ITS_TURN,
        /** There is no other side yet. */
        NO_OTHER_SIDE
    }

    private static final AttributeKey<ReadGate> KEY = AttributeKey.valueOf(ReadGate.class, "gate");

    private final Channel channel;
    private int reasons;

    private ReadGate(Channel channel) {
        this.channel = channel;
    }

    /** The gate of {@code channel}. */
    public static ReadGate of(Channel channel) {
        @Nullable ReadGate known = channel.attr(KEY).get();
        if (known == null) {
            known = new ReadGate(channel);
            channel.attr(KEY).set(known);
        }
        return known;
    }

    /** Stops reading for {@code reason} as well. */
    public void hold(Reason reason) {
        set(reasons | bit(reason));
    }

    /** {@code reason} is gone. */
    public void go(Reason reason) {
        set(reasons & ~bit(reason));
    }

    /** Whether nothing keeps it from reading. */
    public boolean isOpen() {
        return reasons == 0;
    }

    private void set(int next) {
        if (next != reasons) {
            reasons = next;
            channel.config().setAutoRead(next == 0);
        }
    }

    private static int bit(Reason reason) {
        return 1 << reason.ordinal();
    }
}
