package io.tombolo.kafka.state;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The broker's directory, held by this process until it is closed or the process ends, however it ends:
 * {@code data/} Kafka's log, {@code admin/} certificates for the federation's authority, {@code lock}, {@code port},
 * {@code ready}.
 */
public final class StateDirectory implements AutoCloseable {
    private final Path root;
    private final FileChannel lockFile;

    private StateDirectory(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /**
     * Makes the directory if need be (0700), takes it, and removes what a previous run said about being ready.
     * @throws TomboloException {@link Fault#STATE_IN_USE}, or {@link Fault#FILE_UNREADABLE} if it cannot be written
     */
    public static StateDirectory take(Path root) {
        try {
            if (!Files.isDirectory(root)) {
                Files.createDirectories(
                        root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            var directory = new StateDirectory(root, locked(root.resolve("lock"), root));
            Files.deleteIfExists(directory.readyFile());
            return directory;
        } catch (IOException e) {
            throw new TomboloException(
                    Fault.FILE_UNREADABLE,
                    "state-dir " + root,
                    "cannot be made or written: " + e,
                    "name a directory that this user may write",
                    e);
        }
    }

    // Held from here to StateDirectory.close: leaving this method is the point of it.
    @SuppressWarnings("resource")
    private static FileChannel locked(Path file, Path root) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = lockOrNull(channel);
        if (lock == null) {
            channel.close();
            String holder = Files.readString(file).strip();
            throw new TomboloException(
                    Fault.STATE_IN_USE,
                    "state-dir " + root,
                    "process " + holder + " runs a broker on it",
                    "stop that one first, or name another --state-dir");
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)), 0);
        return channel;
    }

    private static @Nullable FileLock lockOrNull(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    /** Where Kafka keeps its log. */
    public Path data() {
        return root.resolve("data");
    }

    /** Where the authority's credentials lie. */
    public Path admin() {
        return root.resolve("admin");
    }

    /** Remembers the port that clients know. */
    Path portFile() {
        return root.resolve("port");
    }

    /** Exists while the broker serves; holds its bootstrap address. */
    public Path readyFile() {
        return root.resolve("ready");
    }

    /** Says that clients may come to {@code bootstrap}; who looks for the file never sees half of it. */
    public void ready(String bootstrap) throws IOException {
        Path unfinished = Files.writeString(root.resolve("ready.new"), bootstrap + "\n");
        Files.move(unfinished, readyFile(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Takes the ready mark back and lets the directory go. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(readyFile());
        lockFile.close();
    }
}
