package io.tombolo.wire.file;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import java.util.UUID;

/** Temporary file, fsync, rename, fsync of the directory. */
final class AtomicWrite {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private AtomicWrite() {}

    /**
     * Replaces a file, here and wherever it is mirrored.
     * @param target absolute; its directory exists
     */
    static void replace(Path target, byte[] bytes) {
        mirrored(new FileChange.Replaced(target, bytes), () -> replaceHere(target, bytes));
    }

    /** Deletes a file, if it is there, here and wherever it is mirrored. */
    static void delete(Path target) {
        mirrored(new FileChange.Deleted(target), () -> deleteHere(target));
    }

    private static void mirrored(FileChange change, Mirror.Local local) {
        try {
            Mirrors.of(change.file()).write(change, local);
        } catch (IOException failed) {
            throw storeFailed(change.file(), failed);
        }
    }

    /** On this disk only. */
    static void replaceHere(Path target, byte[] bytes) throws IOException {
        Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            writeNew(temporary, bytes);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            syncDirectory(target);
        } catch (IOException failed) {
            drop(temporary, failed);
            throw failed;
        }
    }

    /** On this disk only. */
    static void deleteHere(Path target) throws IOException {
        if (Files.deleteIfExists(target)) {
            syncDirectory(target);
        }
    }

    static void syncDirectory(Path target) throws IOException {
        try (FileChannel directory = FileChannel.open(target.resolveSibling("."), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    static FileChannel create(Path file) throws IOException {
        return FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_ONLY);
    }

    static void writeAll(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    static byte[] sha256(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    static TomboloException storeFailed(Path file, IOException failed) {
        return new TomboloException(
                Fault.STORE_FAILED,
                "file " + file,
                "cannot be written: " + failed,
                "check the directory's owner and free space",
                failed);
    }

    private static void writeNew(Path temporary, byte[] bytes) throws IOException {
        try (FileChannel channel = create(temporary)) {
            writeAll(channel, bytes);
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
}
