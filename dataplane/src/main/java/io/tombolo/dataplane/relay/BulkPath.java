package io.tombolo.dataplane.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.unix.UnixChannel;
import io.tombolo.dataplane.splice.ShortReads;
import io.tombolo.dataplane.splice.Splicing;
import io.tombolo.dataplane.splice.Splicing.Moved;

/**
 * The short way of one direction for large transfers: after a read that filled its buffer, what else is there goes on inside
 * the kernel, if nothing waits before it. Only for bytes that go on as they are, without TLS of ours on either side.
 */
final class BulkPath {
    /** Of one turn of the loop, so that other connections have theirs. */
    static final int TURN_BYTES = 1_024 * 1_024;

    private static final int LARGE_READ = 16 * 1_024;

    private final Splicing splicing;
    private final Channel from;
    private final Channel to;
    private int left = TURN_BYTES;

    BulkPath(Splicing splicing, Channel from, Channel to) {
        this.splicing = splicing;
        this.from = from;
        this.to = to;
    }

    /** Whether a read filled its buffer, so that more is likely to be there. */
    boolean isLarge(ByteBuf read) {
        boolean full = !read.isWritable() && (read.readableBytes() >= LARGE_READ || areShort());
        if (!full) {
            readShort(false);
        }
        return full;
    }

    private boolean areShort() {
        return from.config().getRecvByteBufAllocator() instanceof ShortReads reads && reads.areShort();
    }

    private void readShort(boolean shortOnes) {
        if (from.config().getRecvByteBufAllocator() instanceof ShortReads reads) {
            reads.set(shortOnes);
        }
    }

    /** After all that was read has been given to the other channel to write. */
    Moved moveOn() {
        if (left <= 0
                || !splicing.isReady()
                || !(from instanceof UnixChannel source)
                || !(to instanceof UnixChannel sink)) {
            return Moved.NOTHING;
        }
        to.flush();
        var waits = to.unsafe().outboundBuffer();
        boolean closed = waits == null || !from.isOpen() || !to.isOpen(); // their numbers may be somebody else's by now
        if (closed || !waits.isEmpty()) {
            return Moved.NOTHING;
        }
        Moved moved = splicing.move(source, sink, left);
        readShort(moved.bytes() > 0 && !moved.waiting().isReadable());
        left -= (int) moved.bytes();
        if (left <= 0) {
            from.config().setAutoRead(false); // ends this turn
        }
        return moved;
    }

    /** The turn is over. */
    void turnOver() {
        boolean usedUp = left <= 0;
        left = TURN_BYTES;
        if (usedUp && to.isWritable()) {
            from.config().setAutoRead(true);
        }
    }
}
