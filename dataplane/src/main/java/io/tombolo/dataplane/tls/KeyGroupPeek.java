package io.tombolo.dataplane.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.AttributeKey;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/**
 * Stands between the network and TLS, sees a copy of the first bytes that the server sends, and leaves. A client's sees them
 * come, a server's sees them go.
 */
public final class KeyGroupPeek extends ChannelDuplexHandler {
    private static final AttributeKey<String> KEY = AttributeKey.valueOf(KeyGroupPeek.class, "group");

    private final boolean client;
    private final ByteBuffer seen = ByteBuffer.allocate(KeyGroup.MOST_BYTES);

    KeyGroupPeek(boolean client) {
        this.client = client;
    }

    /** The group of the key exchange on {@code channel}, as IANA calls it; empty = not seen, or no TLS of the mesh. */
    public static String of(Channel channel) {
        String group = channel.attr(KEY).get();
        return group == null ? "" : group;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (client) {
            look(ctx, message);
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (!client) {
            look(ctx, message);
        }
        ctx.write(message, promise);
    }

    private void look(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            return;
        }
        int taken = Math.min(seen.remaining(), bytes.readableBytes());
        bytes.getBytes(bytes.readerIndex(), seen.array(), seen.position(), taken);
        seen.position(seen.position() + taken);
        OptionalInt group = KeyGroup.in(seen.duplicate().flip());
        if (group.equals(KeyGroup.MORE) && seen.hasRemaining()) {
            return;
        }
        group.ifPresent(known -> {
            if (known >= 0) {
                ctx.channel().attr(KEY).set(KeyGroup.name(known));
            }
        });
        ctx.pipeline().remove(this);
    }
}
