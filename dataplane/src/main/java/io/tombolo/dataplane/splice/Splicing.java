package io.tombolo.dataplane.splice;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pipe for each loop, through which bytes go from socket to socket. A pipe is empty whenever nobody is inside
 * {@link #move}, so it serves all connections of its loop, and no byte can come to another connection.
 * <p>The first that asks has the system calls linked, which takes some hundred milliseconds and happens on a thread of its
 * own; until then, and where the system has none, nothing is moved.
 */
public final class Splicing {
    /** Moves nothing. */
    public static final Splicing OFF = new Splicing(false, bytes -> {});

    private static final Logger LOG = LoggerFactory.getLogger(Splicing.class);

    private final LongConsumer count;
    private final AtomicBoolean asked;
    private volatile @Nullable Kernel kernel;
    private final Queue<Pipe> pipes = new ConcurrentLinkedQueue<>();
    private final FastThreadLocal<Optional<Pipe>> ofLoop = new FastThreadLocal<>();

    private Splicing(boolean on, LongConsumer count) {
        this.asked = new AtomicBoolean(!on);
        this.count = count;
    }

    /**
     * Made ready when it is needed first.
     * @param count is told how many bytes went on, on their loop
     */
    public static Splicing whenNeeded(LongConsumer count) {
        return new Splicing(true, count);
    }

    /**
     * What went on.
     * @param bytes   are in the other socket
     * @param waiting were taken from the first one and found the other one full or broken; to be written next, and released
     */
    public record Moved(long bytes, ByteBuf waiting) {
        /** Not a byte. */
        public static final Moved NOTHING = new Moved(0, Unpooled.EMPTY_BUFFER);
    }

    /**
     * Moves what is there, about {@code most} bytes. On the loop of both, when nothing waits to be written to {@code to}. An end
     * or an error of either is not told: the next read or write meets it again.
     */
    public Moved move(UnixChannel from, UnixChannel to, int most) {
        Kernel calls = kernel;
        if (calls == null) {
            return Moved.NOTHING;
        }
        Moved moved = pipe(calls).map(pipe -> pipe.move(from, to, most)).orElse(Moved.NOTHING);
        count.accept(moved.bytes());
        return moved;
    }

    /** Whether bytes can be moved by now; asking has it made ready. */
    public boolean isReady() {
        if (!asked.get() && asked.compareAndSet(false, true)) {
            link();
        }
        return kernel != null;
    }

    private void link() {
        Thread.ofPlatform().daemon().name("splice-link").start(() -> {
            try {
                kernel = new Kernel();
            } catch (RuntimeException | LinkageError absent) {
                LOG.atDebug().addKeyValue("cause", absent).log("bytes are not spliced here");
            }
        });
    }

    private Optional<Pipe> pipe(Kernel calls) {
        Optional<Pipe> known = ofLoop.getIfExists();
        if (known == null) {
            known = Pipe.open(calls);
            known.ifPresent(pipes::add);
            ofLoop.set(known);
        }
        return known;
    }

    /** Gives the pipes back, once the loops have ended. */
    public void close() {
        for (Pipe pipe = pipes.poll(); pipe != null; pipe = pipes.poll()) {
            pipe.close();
        }
    }
}
