package io.tombolo.controller.replica;

import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.Metrics;
import io.tombolo.wire.file.CopiedFiles;
import io.tombolo.wire.file.FileChange;
import io.tombolo.wire.replica.Alive;
import io.tombolo.wire.replica.Complete;
import io.tombolo.wire.replica.FromLeader;
import io.tombolo.wire.replica.Piece;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The leader's side of one follower: what is still to be sent, and how far the follower has written it. Safe on any thread; sending
 * is one thread's. Bounded: a follower that has too much to come is none any more.
 */
final class Link {
    /** How often a word is sent where there is no other. */
    static final Duration WORD = Duration.ofMillis(500);

    private static final int PIECE_BYTES = 256 * 1_024;
    private static final long NOT_YET = -1;
    private static final Outgoing ALIVE = new Outgoing.Message(
            FromLeader.newBuilder().setAlive(Alive.getDefaultInstance()).build());

    /** Sends one message; blocks until the transport takes it. */
    interface Wire {
        void send(FromLeader message) throws InterruptedException;
    }

    private sealed interface Outgoing {
        record Change(long number, FileChange change) implements Outgoing {}

        record Message(FromLeader message) implements Outgoing {}
    }

    private final String name;
    private final CopiedFiles files;
    private final Duration patience;
    private final long mostWaitingBytes;
    private final Deque<Outgoing> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private long enqueued;
    private long written;
    private long heardNanos = System.nanoTime();
    private long awaitedFrom = NOT_YET;
    private boolean able;
    private boolean broken;
    private String why = "";

    /**
     * @param patience         how long nothing is heard of a follower that lives
     * @param mostWaitingBytes that wait for a follower
     */
    Link(String name, CopiedFiles files, Duration patience, long mostWaitingBytes) {
        this.name = name;
        this.files = files;
        this.patience = patience;
        this.mostWaitingBytes = mostWaitingBytes;
    }

    String name() {
        return name;
    }

    /** Every file as it is now. While this runs nothing may be written. */
    void begin() {
        List<String> names = files.names();
        for (String each : names) {
            Path file = files.file(each);
            enqueue(new FileChange.Replaced(file, files.read(each)));
        }
        synchronized (this) {
            var all = Complete.newBuilder().setChange(++enqueued).addAllPaths(names);
            waiting.add(new Outgoing.Message(
                    FromLeader.newBuilder().setComplete(all).build()));
            notifyAll();
        }
    }

    /** @return the number of the change, for {@link #isWritten} */
    synchronized long enqueue(FileChange change) {
        if (!broken) {
            waiting.add(new Outgoing.Change(++enqueued, change));
            waitingBytes += bytes(change).length;
            if (waitingBytes > mostWaitingBytes) {
                Metrics.counter("tombolo.replica.overrun").increment();
                end("more than controller.replica.max-waiting-bytes = " + mostWaitingBytes
                        + " wait for it, a first copy or changes: it is too slow, or the files are too large");
            }
            notifyAll();
        }
        return enqueued;
    }

    synchronized void say(FromLeader message) {
        waiting.add(new Outgoing.Message(message));
        notifyAll();
    }

    /** Sends what is to be sent, until the link ends. */
    void sendTo(Wire wire) throws InterruptedException {
        boolean more = true;
        while (more) {
            more = sendOne(wire);
        }
    }

    /** Sends the next message or change, or a word if there is none for a while. @return false once the link has ended */
    boolean sendOne(Wire wire) throws InterruptedException {
        @Nullable Outgoing next = next();
        switch (next) {
            case Outgoing.Message(FromLeader message) -> wire.send(message);
            case Outgoing.Change(long number, FileChange change) -> sendPieces(wire, number, change);
            case null -> {
                return false;
            }
        }
        return true;
    }

    /** Whether the follower has not written all yet. */
    synchronized boolean isWaitedFor() {
        return written < enqueued && !broken;
    }

    private synchronized @Nullable Outgoing next() throws InterruptedException {
        if (waiting.isEmpty() && !broken) {
            TimeUnit.NANOSECONDS.timedWait(this, WORD.toNanos());
        }
        if (broken) {
            return null;
        }
        @Nullable Outgoing next = waiting.poll();
        if (next == null) {
            return ALIVE;
        }
        if (next instanceof Outgoing.Change(long _, FileChange change)) {
            waitingBytes -= bytes(change).length;
        }
        return next;
    }

    private void sendPieces(Wire wire, long number, FileChange change) throws InterruptedException {
        byte[] all = bytes(change);
        int from = 0;
        do {
            int length = Math.min(PIECE_BYTES, all.length - from);
            var piece = Piece.newBuilder()
                    .setChange(number)
                    .setPath(files.name(change.file()))
                    .setBytes(ByteString.copyFrom(all, from, length))
                    .setMore(from + length < all.length);
            switch (change) {
                case FileChange.Replaced _ -> piece.setKind(Piece.Kind.KIND_REPLACED);
                case FileChange.Deleted _ -> piece.setKind(Piece.Kind.KIND_DELETED);
                case FileChange.Appended appended ->
                    piece.setKind(Piece.Kind.KIND_APPENDED).setOffset(appended.offsetBytes());
            }
            wire.send(FromLeader.newBuilder().setPiece(piece).build());
            from += length;
        } while (from < all.length);
    }

    private static byte[] bytes(FileChange change) {
        return switch (change) {
            case FileChange.Replaced(Path _, byte[] all) -> all;
            case FileChange.Appended(Path _, long _, byte[] bytes) -> bytes;
            case FileChange.Deleted _ -> new byte[0];
        };
    }

    /** Something came from the follower. */
    synchronized void heard() {
        heardNanos = System.nanoTime();
    }

    synchronized void written(long number) {
        written = Math.max(written, Math.min(number, enqueued));
        notifyAll();
    }

    /** It says that it could lead: it has certificates for its keys. */
    synchronized void able() {
        able = true;
    }

    /** From now on changes wait for it, if it could lead. Nothing may be written while this runs. */
    synchronized void awaitFromNow() {
        if (able && !broken && awaitedFrom == NOT_YET) {
            awaitedFrom = enqueued;
        }
    }

    /** Whether changes wait for it. */
    synchronized boolean isAwaited() {
        return awaitedFrom != NOT_YET && !broken;
    }

    /** Whether it has all that was ever acknowledged, and what it needs to lead. */
    synchronized boolean isInStep() {
        return isAwaited() && written >= awaitedFrom;
    }

    /**
     * Waits until the follower has written a change.
     * @return false if it will not: the link ended, or it is too slow, which ends the link
     */
    synchronized boolean isWritten(long number) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (written < number && !broken) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    end("it did not write a change within " + patience.toMillis() + " ms");
                } else {
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
        return written >= number;
    }

    synchronized boolean isBroken() {
        if (!broken && System.nanoTime() - heardNanos > patience.toNanos()) {
            end("nothing was heard of it for " + patience.toMillis() + " ms");
        }
        return broken;
    }

    /** Why it ended, for the log. */
    synchronized String why() {
        return why;
    }

    /** @param because only the first one counts */
    synchronized void end(String because) {
        if (!broken) {
            why = because;
        }
        broken = true;
        waiting.clear();
        waitingBytes = 0;
        notifyAll();
    }
}
