package io.tombolo.dataplane.accept;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;

/**
 * A connection that came in and counts against the bounds until its channel closes.
 * @param clientAddress who connected
 * @param pending       its place among those that have not said a name yet
 */
public record Accepted(Channel channel, InetSocketAddress clientAddress, PendingPlace pending) {}
