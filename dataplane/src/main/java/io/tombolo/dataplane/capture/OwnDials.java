package io.tombolo.dataplane.capture;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections that this program makes on behalf of redirected ones, by their own end. One that comes in from such an end was
 * led back: the rules do not spare this program. Stands first in the pipeline of each. Any thread; as many entries as
 * connections.
 */
@Sharable
public final class OwnDials extends ChannelOutboundHandlerAdapter {
    private final Set<SocketAddress> ends = ConcurrentHashMap.newKeySet();

    /**
     * Whether a connection that was accepted is one of this program's own. The other end of one may have been accepted a moment
     * before this knows of it: ask again when more time has passed, such as after dialling.
     */
    public boolean has(SocketAddress remote) {
        return ends.contains(remote);
    }

    /** The own end is known when the system was asked to connect. To choose it before would take a port from everybody else. */
    @Override
    public void connect(
            ChannelHandlerContext context, SocketAddress remote, SocketAddress local, ChannelPromise promise) {
        context.connect(remote, local, promise);
        SocketAddress own = context.channel().localAddress();
        if (own != null && ends.add(own)) {
            context.channel().closeFuture().addListener(closed -> ends.remove(own));
        }
    }
}
