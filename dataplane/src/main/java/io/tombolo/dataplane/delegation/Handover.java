package io.tombolo.dataplane.delegation;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;

/** The frames that come before the application's protocol, as {@code delegation.proto} says. */
public enum Handover {
    /** From the side that was dialled. */
    CHALLENGE(1),
    /** The caller's answer. */
    DELEGATION(2);

    /** Longest message, in bytes. */
    public static final int MAX_BYTES = 16 * 1_024;

    static final int PREFACE = 0x544d4244;
    static final int VERSION = 1;
    static final int HEADER_BYTES = Integer.BYTES + 1 + 1 + Short.BYTES;

    private final int type;

    Handover(int type) {
        this.type = type;
    }

    int type() {
        return type;
    }

    /** Sends it, the first thing that goes out on {@code channel}. */
    public ChannelFuture send(Channel channel, byte[] message) {
        if (message.length > MAX_BYTES) {
            throw new IllegalArgumentException("a message of " + message.length + " bytes");
        }
        ByteBuf frame = channel.alloc().buffer(HEADER_BYTES + message.length);
        frame.writeInt(PREFACE).writeByte(VERSION).writeByte(type).writeShort(message.length);
        return channel.writeAndFlush(frame.writeBytes(message));
    }
}
