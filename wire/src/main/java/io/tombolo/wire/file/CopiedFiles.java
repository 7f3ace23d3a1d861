package io.tombolo.wire.file;

import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The files of this room's two forms below one directory, as a copy of them needs them. A file of another form, such as a key,
 * is none of them. Every call blocks on the disk; changes are fsynced when they return. Not safe for two threads at once.
 */
public final class CopiedFiles {
    private static final int MOST_LEVELS = 4;

    private final Path root;
    private final Predicate<String> without;

    /** @param without names, relative to {@code root}, of files that stay where they are */
    public CopiedFiles(Path root, Predicate<String> without) {
        this.root = root.toAbsolutePath().normalize();
        this.without = without;
    }

    /** Names of all that are there, relative, with {@code /} between the parts; in their order. */
    public List<String> names() {
        try (Stream<Path> all = Files.walk(root, MOST_LEVELS)) {
            return all.filter(Files::isRegularFile)
                    .filter(CopiedFiles::isOfThisRoom)
                    .map(this::name)
                    .filter(without.negate())
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Whether a change of it is for the copy. */
    public boolean has(Path file) {
        return file.startsWith(root) && !without.test(name(file));
    }

    /** How a file is named in a copy. */
    public String name(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    /** What is in it. */
    public byte[] read(String name) {
        try {
            return Files.readAllBytes(file(name));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A file by its name. @throws IllegalArgumentException if that leads out of the directory, or to what is no copy */
    public Path file(String name) {
        Path file = root.resolve(name).normalize();
        if (!file.startsWith(root) || file.equals(root) || !name(file).equals(name) || without.test(name)) {
            throw new IllegalArgumentException("no file of a copy: " + name);
        }
        return file;
    }

    /**
     * Does to the copy what was done to the original.
     * @throws IllegalStateException if the file is not what it was there before the change
     * @throws TomboloException STORE_FAILED
     */
    public void apply(FileChange change) {
        try {
            switch (change) {
                case FileChange.Replaced(Path file, byte[] all) -> {
                    Files.createDirectories(file.resolveSibling("."));
                    AtomicWrite.replaceHere(file, all);
                }
                case FileChange.Appended(Path file, long offset, byte[] bytes) -> append(file, offset, bytes);
                case FileChange.Deleted(Path file) -> AtomicWrite.deleteHere(file);
            }
        } catch (IOException failed) {
            throw AtomicWrite.storeFailed(change.file(), failed);
        }
    }

    private static void append(Path file, long offset, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (channel.size() != offset) {
                throw new IllegalStateException(file + " has " + channel.size() + " bytes, the original had " + offset);
            }
            AtomicWrite.writeAll(channel.position(offset), bytes);
            channel.force(false);
        }
    }

    private static boolean isOfThisRoom(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return FileKind.begins(ByteBuffer.wrap(in.readNBytes(FileKind.HEADER_LENGTH)));
        } catch (NoSuchFileException gone) {
            return false;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
