package io.tombolo.dataplane.splice;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.unix.UnixChannel;
import java.util.Optional;

/**
 * A pipe of one loop, empty between two calls.
 * @param out end to read from
 * @param in  end to write to
 */
record Pipe(Kernel kernel, int out, int in) {
    /** Asked for: the most that anybody may have without being root. */
    static final int ROOM_BYTES = 1_024 * 1_024;

    /** Empty if this process may have no more files. */
    static Optional<Pipe> open(Kernel kernel) {
        int[] ends = kernel.pipe();
        if (ends.length == 0) {
            return Optional.empty();
        }
        kernel.resize(ends[1], ROOM_BYTES);
        return Optional.of(new Pipe(kernel, ends[0], ends[1]));
    }

    Splicing.Moved move(UnixChannel from, UnixChannel to, int most) {
        long moved = 0;
        while (moved < most) {
            long taken = kernel.splice(from.fd().intValue(), in, Math.min(ROOM_BYTES, most - moved));
            if (taken <= 0) {
                break;
            }
            long given = give(to.fd().intValue(), taken);
            moved += given;
            if (given < taken) {
                return new Splicing.Moved(moved, rest((int) (taken - given), to.alloc()));
            }
        }
        return moved == 0 ? Splicing.Moved.NOTHING : new Splicing.Moved(moved, Unpooled.EMPTY_BUFFER);
    }

    private long give(int sink, long taken) {
        long given = 0;
        while (given < taken) {
            long more = kernel.splice(out, sink, taken - given);
            if (more <= 0) {
                break;
            }
            given += more;
        }
        return given;
    }

    /** The other socket takes no more: a copy, so that the pipe is free for the next connection. */
    private ByteBuf rest(int bytes, ByteBufAllocator allocator) {
        ByteBuf rest = allocator.directBuffer(bytes, bytes);
        while (rest.isWritable()) {
            long read = kernel.read(out, rest.memoryAddress() + rest.writerIndex(), rest.writableBytes());
            if (read <= 0) {
                throw new IllegalStateException("a pipe holds less than was put into it");
            }
            rest.writerIndex(rest.writerIndex() + (int) read);
        }
        return rest;
    }

    void close() {
        kernel.close(out);
        kernel.close(in);
    }
}
