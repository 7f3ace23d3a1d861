package io.tombolo.dataplane.splice;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The system calls that are needed, as Linux has them. Negative = failed; why does not matter here. */
final class Kernel {
    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x80000;
    private static final int F_SETPIPE_SZ = 1031;
    private static final int SPLICE_F_MOVE = 1;
    private static final int SPLICE_F_NONBLOCK = 2;

    private static final int[] NONE = {};

    private final MethodHandle pipe2;
    private final MethodHandle fcntl;
    private final MethodHandle splice;
    private final MethodHandle read;
    private final MethodHandle close;

    /** Takes some hundred milliseconds; fails where one of them is missing. */
    Kernel() {
        Linker linker = Linker.nativeLinker();
        this.pipe2 = call(linker, "pipe2", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
        this.fcntl = call(
                linker,
                "fcntl",
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT),
                Linker.Option.firstVariadicArg(2));
        this.splice = call(
                linker,
                "splice",
                FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
        this.read = call(linker, "read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
        this.close = call(linker, "close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    }

    private static MethodHandle call(Linker linker, String name, FunctionDescriptor shape, Linker.Option... options) {
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), shape, options);
    }

    /** The end to read from and the one to write to; empty if there is none to be had. */
    int[] pipe() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ends = arena.allocate(JAVA_INT, 2L);
            int failed = (int) pipe2.invokeExact(ends, O_NONBLOCK | O_CLOEXEC);
            return failed == 0 ? ends.toArray(JAVA_INT) : NONE;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Asks for room for that many bytes; less is what there was before. */
    void resize(int pipe, int bytes) {
        try {
            int ignored = (int) fcntl.invokeExact(pipe, F_SETPIPE_SZ, bytes);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    long splice(int from, int to, long most) {
        try {
            return (long) splice.invokeExact(
                    from, MemorySegment.NULL, to, MemorySegment.NULL, most, SPLICE_F_MOVE | SPLICE_F_NONBLOCK);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    long read(int from, long address, long most) {
        try {
            return (long) read.invokeExact(from, MemorySegment.ofAddress(address), most);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    void close(int end) {
        try {
            int ignored = (int) close.invokeExact(end);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }
}
