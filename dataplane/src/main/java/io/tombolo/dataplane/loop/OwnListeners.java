package io.tombolo.dataplane.loop;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The addresses that this program listens on. Whoever dials asks here, because a connection to one of them would carry
 * traffic round in a circle until no connection is left. Any thread; as many entries as listeners.
 */
public final class OwnListeners {
    private final Set<InetSocketAddress> addresses = ConcurrentHashMap.newKeySet();

    void add(Channel listener) {
        if (listener.localAddress() instanceof InetSocketAddress address) {
            addresses.add(address);
            listener.closeFuture().addListener(closed -> addresses.remove(address));
        }
    }

    /** Whether a connection that was made ends at this program. O(listeners); no name is looked up. */
    public boolean leadsBack(Channel connected) {
        return connected.localAddress() instanceof InetSocketAddress from
                && connected.remoteAddress() instanceof InetSocketAddress to
                && has(to, from.getAddress());
    }

    /** Whether a process of this machine that dials {@code to} reaches this program. */
    public boolean has(InetSocketAddress to) {
        return has(to, to.getAddress());
    }

    /** @param from a machine talks to itself from the very address that it dials, or over loopback */
    private boolean has(InetSocketAddress to, InetAddress from) {
        for (InetSocketAddress listener : addresses) {
            if (listener.getPort() == to.getPort() && isAt(listener.getAddress(), to.getAddress(), from)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAt(InetAddress listener, InetAddress to, InetAddress from) {
        return listener.equals(to) || (listener.isAnyLocalAddress() && (to.isLoopbackAddress() || to.equals(from)));
    }
}
