package io.tombolo.wire.file;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps a second process out of one state directory; the operating system frees it when the holder dies. */
public final class DirectoryLock implements AutoCloseable {
    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes {@code <directory>/lock}.
     * @throws TomboloException {@link Fault#STATE_IN_USE} if another process has it
     */
    public static DirectoryLock acquire(Path directory) {
        try {
            FileChannel channel =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new TomboloException(
                        Fault.STATE_IN_USE,
                        "state directory " + directory,
                        "is used by another process",
                        "stop that one, or give this one a directory of its own");
            }
            return new DirectoryLock(channel);
        } catch (IOException failed) {
            throw AtomicWrite.storeFailed(directory, failed);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldHere) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException harmless) {
            // Nothing was written to it, and the lock goes with the descriptor.
            return;
        }
    }
}
