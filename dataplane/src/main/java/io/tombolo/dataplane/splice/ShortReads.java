package io.tombolo.dataplane.splice;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * Sizes of one channel's reads: as Netty finds them, and short ones while the rest goes through a pipe: what is read is copied,
 * what is moved is not. Give it to a channel before its first read. On the channel's loop.
 */
public final class ShortReads implements RecvByteBufAllocator {
    private static final int SHORT_BYTES = 4 * 1_024;

    private boolean areShort;

    /** From the next read on. */
    public void set(boolean shortOnes) {
        areShort = shortOnes;
    }

    public boolean areShort() {
        return areShort;
    }

    @Override
    @SuppressWarnings("deprecation") // of the interface; Netty's own allocators have it as well
    public Handle newHandle() {
        var usual = (ExtendedHandle) new AdaptiveRecvByteBufAllocator().newHandle();
        return new Sizes(usual);
    }

    private final class Sizes extends DelegatingHandle implements ExtendedHandle {
        private final ExtendedHandle usual;

        Sizes(ExtendedHandle usual) {
            super(usual);
            this.usual = usual;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            return areShort ? allocator.ioBuffer(SHORT_BYTES) : usual.allocate(allocator);
        }

        @Override
        public int guess() {
            return areShort ? SHORT_BYTES : usual.guess();
        }

        @Override
        public void reset(ChannelConfig config) {
            usual.reset(config);
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
            return usual.continueReading(maybeMore);
        }
    }
}
