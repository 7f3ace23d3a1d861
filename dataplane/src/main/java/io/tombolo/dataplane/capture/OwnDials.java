package io.tombolo.dataplane.capture;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The connections that this program makes on behalf of redirected ones, by their own end. One that comes in from such an end was
 * led back: the rules do not spare this program. Stands first in the pipeline of each. Any thread; as many entries as
 * connections.
 */
@Sharable
public final class OwnDials extends ChannelOutboundHandlerAdapter {
    private final Set<SocketAddress> ends = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<SocketAddress, Integer> asked = new ConcurrentHashMap<>();

    /** Whether a connection that was accepted is one of this program's own; surely so only if none {@link #isAsked}. */
    public boolean has(SocketAddress remote) {
        return ends.contains(remote);
    }

    /**
     * Whether the system is being asked for a connection to {@code destination} right now: its other end may have been accepted
     * already, on another thread, though its own end is not known here yet. That lasts as long as one system call.
     */
    public boolean isAsked(SocketAddress destination) {
        return asked.containsKey(destination);
    }

    /** The own end is known when the system was asked to connect. To choose it before would take a port from everybody else. */
    @Override
    public void connect(
            ChannelHandlerContext context, SocketAddress remote, SocketAddress local, ChannelPromise promise) {
        asked.merge(remote, 1, Integer::sum);
        context.connect(remote, local, promise);
        SocketAddress own = context.channel().localAddress();
        if (own != null && ends.add(own)) {
            context.channel().closeFuture().addListener(closed -> ends.remove(own));
        }
        asked.computeIfPresent(remote, (_, times) -> times == 1 ? null : times - 1);
    }
}
