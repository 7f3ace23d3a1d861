package io.tombolo.dataplane.probe;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Optional;

/**
 * A ping or its answer, 16 bytes: magic {@code TMBP}, version 1, kind, flags, 0, and a number of 8 bytes that the answer
 * repeats. Flags that are not known are ignored; another version is not understood.
 * @param isAnswer kind 2, else kind 1
 * @param draining flag 1: the answering gateway takes nothing new for much longer
 */
record ProbeFrame(boolean isAnswer, boolean draining, long number) {
    static final int LENGTH = 16;

    private static final int MAGIC = 0x544d4250;
    private static final int VERSION = 1;
    private static final int PING = 1;
    private static final int ANSWER = 2;
    private static final int DRAINING = 1;

    static ProbeFrame ping(long number) {
        return new ProbeFrame(false, false, number);
    }

    ProbeFrame answer(boolean isDraining) {
        return new ProbeFrame(true, isDraining, number);
    }

    ByteBuf write(ByteBufAllocator allocator) {
        return allocator
                .buffer(LENGTH)
                .writeInt(MAGIC)
                .writeByte(VERSION)
                .writeByte(isAnswer ? ANSWER : PING)
                .writeByte(draining ? DRAINING : 0)
                .writeByte(0)
                .writeLong(number);
    }

    /** Takes one frame of {@value #LENGTH} bytes; empty if it is none of ours. */
    static Optional<ProbeFrame> read(ByteBuf bytes) {
        boolean ours = bytes.readInt() == MAGIC & bytes.readByte() == VERSION;
        int kind = bytes.readByte();
        int flags = bytes.readByte();
        bytes.skipBytes(1);
        long number = bytes.readLong();
        return ours && (kind == PING || kind == ANSWER)
                ? Optional.of(new ProbeFrame(kind == ANSWER, (flags & DRAINING) != 0, number))
                : Optional.empty();
    }
}
