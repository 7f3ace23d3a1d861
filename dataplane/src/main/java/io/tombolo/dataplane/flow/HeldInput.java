package io.tombolo.dataplane.flow;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The end of the pipeline of a channel that is not to read yet. It may happen all the same: when the other side closes its
 * half, the native transport reads what is there (at most what the kernel's buffer holds) and says that the input is over. Both
 * are kept here, and go on in their order when this handler is taken out. On the channel's loop only.
 */
public final class HeldInput extends ChannelInboundHandlerAdapter {
    private final Deque<Object> messages = new ArrayDeque<>();
    private boolean ended;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        messages.addLast(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            ended = true;
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        drop();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (!ctx.channel().isActive()) {
            drop();
            return;
        }
        while (!messages.isEmpty()) {
            ctx.fireChannelRead(messages.removeFirst());
        }
        ctx.fireChannelReadComplete();
        if (ended) {
            ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
    }

    private void drop() {
        while (!messages.isEmpty()) {
            ReferenceCountUtil.release(messages.removeFirst());
        }
    }
}
