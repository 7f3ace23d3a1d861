package io.tombolo.controller.identity;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.key.SecretFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The directory of one controller, 0700, locked while the process lives: two of them on one directory would fork its log. */
public final class StateDirectory implements AutoCloseable {
    private static final String READY = "ready.json";

    private final Path root;
    private final FileChannel channel;

    private StateDirectory(Path root, FileChannel channel) {
        this.root = root;
        this.channel = channel;
    }

    /**
     * Takes the directory, making it if need be.
     * @throws TomboloException {@link Fault#STATE_IN_USE} if another process has it; {@link Fault#STORE_FAILED}
     */
    public static StateDirectory take(Path root) {
        Path absolute = root.toAbsolutePath().normalize();
        try {
            makeDirectory(absolute);
            FileChannel channel =
                    FileChannel.open(absolute.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock(absolute, channel);
            Files.deleteIfExists(absolute.resolve(READY));
            return new StateDirectory(absolute, channel);
        } catch (IOException failed) {
            throw new TomboloException(
                    Fault.STORE_FAILED,
                    "state directory " + absolute,
                    "cannot be used: " + failed.getMessage(),
                    "check its owner, or choose another one with controller.state-dir",
                    failed);
        }
    }

    private static void lock(Path root, FileChannel channel) throws IOException {
        @Nullable FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new TomboloException(
                    Fault.STATE_IN_USE,
                    "state directory " + root,
                    "another controller works on it",
                    "stop that one, or give this one a directory of its own");
        }
    }

    private static void makeDirectory(Path directory) throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    public Path root() {
        return root;
    }

    /** A file in it. */
    public Path file(String name) {
        return root.resolve(name);
    }

    /** A directory in it, made if need be, 0700. */
    public Path directory(String name) {
        Path directory = root.resolve(name);
        try {
            makeDirectory(directory);
            return directory;
        } catch (IOException failed) {
            throw new TomboloException(
                    Fault.STORE_FAILED, "directory " + directory, "cannot be made", "check its owner", failed);
        }
    }

    /**
     * Moves files or directories of it into a new one, {@code former-1} and so on, for they belong to what is over.
     * @param names relative; those that are not there are left out
     */
    public void setAside(List<String> names) {
        List<Path> there = names.stream().map(this::file).filter(Files::exists).toList();
        if (there.isEmpty()) {
            return;
        }
        int number = 1;
        while (Files.exists(file("former-" + number))) {
            number++;
        }
        Path target = directory("former-" + number);
        for (Path one : there) {
            try {
                Files.move(one, target.resolve(one.getFileName()));
            } catch (IOException failed) {
                throw new TomboloException(
                        Fault.STORE_FAILED, one.toString(), "cannot be set aside", "check its owner", failed);
            }
        }
    }

    /** Writes {@code ready.json}: who waits for this program reads the real ports there. */
    public void ready(String json) {
        SecretFile.write(file(READY), json.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file(READY));
            channel.close();
        } catch (IOException _) {
            // The process ends; the lock ends with it.
        }
    }
}
