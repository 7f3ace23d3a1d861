package io.tombolo.dataplane.relay;

import io.netty.channel.Channel;

/** A connection that requests come in on. */
public sealed interface Drainable permits ClientSide, Http2Side {
    /** The connection. */
    Channel channel();

    /** No further request is taken: the connection ends with the answers to the current ones, or now. On its loop. */
    void drain();
}
