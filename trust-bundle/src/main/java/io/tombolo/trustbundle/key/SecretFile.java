package io.tombolo.trustbundle.key;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Files with secrets in them. Every method blocks on the disk. */
public final class SecretFile {
    /** Largest secret read or written, in bytes: a chain with its key is far smaller. */
    public static final int MAX_BYTES = 256 * 1_024;

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private SecretFile() {}

    /**
     * Replaces {@code file} as a whole; when it returns, the bytes survive a power cut. At no moment is there a file that
     * others can read, or one with half of the bytes.
     * @throws TomboloException {@link Fault#STORE_FAILED}; the old file, if any, is as it was
     */
    public static void write(Path file, byte[] bytes) {
        Path target = file.toAbsolutePath();
        Path directory = target.getParent();
        if (directory == null || bytes.length > MAX_BYTES) {
            throw storeFailed(file, bytes.length + " bytes cannot be stored there", null);
        }
        Path temporary = directory.resolve("." + target.getFileName() + "." + UUID.randomUUID());
        try {
            writeNew(temporary, bytes);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            sync(directory);
        } catch (IOException failed) {
            drop(temporary, failed);
            throw storeFailed(file, String.valueOf(failed.getMessage()), failed);
        }
    }

    /**
     * Reads a whole file, unless others than its owner may read or write it.
     * @throws TomboloException {@link Fault#FILE_TOO_OPEN}; {@link Fault#FILE_UNREADABLE} if it is missing, too large, or
     *     cannot be read
     */
    public static byte[] read(Path file) {
        return read(file, "OWNER_");
    }

    /**
     * As {@link #read}, but the file's group may read it too: what Kubernetes mounts belongs to root and to the pod's group.
     * @throws TomboloException {@link Fault#FILE_TOO_OPEN}, {@link Fault#FILE_UNREADABLE}
     */
    public static byte[] readOfGroup(Path file) {
        return read(file, "OWNER_", PosixFilePermission.GROUP_READ.name());
    }

    private static byte[] read(Path file, String... allowed) {
        try (InputStream in = Files.newInputStream(file)) {
            refuseIfOpen(file, Files.getPosixFilePermissions(file), allowed);
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new TomboloException(
                        Fault.FILE_UNREADABLE,
                        "file " + file,
                        "is larger than " + MAX_BYTES + " bytes",
                        "check that it is the right file");
            }
            return bytes;
        } catch (IOException failed) {
            throw new TomboloException(
                    Fault.FILE_UNREADABLE,
                    "file " + file,
                    "cannot be read: " + failed,
                    "check that it exists and belongs to this user",
                    failed);
        }
    }

    private static void refuseIfOpen(Path file, Set<PosixFilePermission> permissions, String... allowed) {
        if (permissions.stream().anyMatch(p -> Stream.of(allowed).noneMatch(p.name()::startsWith))) {
            throw new TomboloException(
                    Fault.FILE_TOO_OPEN,
                    "file " + file,
                    "has the mode " + PosixFilePermissions.toString(permissions),
                    "run: chmod 600 " + file + "; if others could read it, make a new secret");
        }
    }

    private static void writeNew(Path temporary, byte[] bytes) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(temporary, options, OWNER_ONLY)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /** Makes the rename durable. */
    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void drop(Path temporary, IOException failed) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException alsoFailed) {
            failed.addSuppressed(alsoFailed);
        }
    }

    private static TomboloException storeFailed(Path file, String what, @Nullable Throwable cause) {
        return new TomboloException(
                Fault.STORE_FAILED, "file " + file, what, "check the directory's owner and free space", cause);
    }
}
