package io.tombolo.dataplane.flow;

import io.netty.channel.ChannelDuplexHandler;

/** A handler whose protocol has its own way to say that nothing more will be sent in one direction. */
public abstract class FramedOutput extends ChannelDuplexHandler {
    /** Says it, behind everything that was written. On the channel's loop. */
    public abstract void endOutput();
}
