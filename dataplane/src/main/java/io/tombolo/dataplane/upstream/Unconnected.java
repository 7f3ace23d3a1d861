package io.tombolo.dataplane.upstream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Stands in a pipeline until its channel is connected. Netty's epoll transport may read from a channel whose connecting just
 * failed; what comes of it says nothing that the failed connect does not say better, and ends here instead of in the log.
 */
@Sharable
final class Unconnected extends ChannelInboundHandlerAdapter {
    static final Unconnected INSTANCE = new Unconnected();

    private Unconnected() {}

    /** The channel is connected: from here on exceptions are its handlers'. One that is closed again has none any more. */
    static void leave(Channel channel) {
        if (channel.pipeline().context(INSTANCE) != null) {
            channel.pipeline().remove(INSTANCE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
