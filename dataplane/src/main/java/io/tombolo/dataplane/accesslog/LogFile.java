package io.tombolo.dataplane.accesslog;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file that lines are appended to, and that is made anew when somebody moved it away. On one thread. */
final class LogFile implements AccessLog.Sink {
    private final Path path;
    private @Nullable OutputStream out;
    private @Nullable Object fileKey;

    LogFile(Path path) {
        this.path = path;
    }

    @Override
    public void write(byte[] lines) throws IOException {
        if (out == null || isAnother()) {
            open();
        }
        if (out != null) {
            out.write(lines);
        }
    }

    /** Who rotates logs renames the file; what comes next belongs into a new one of that name. */
    private boolean isAnother() throws IOException {
        try {
            Object there = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            return there != null && !there.equals(fileKey);
        } catch (NoSuchFileException moved) {
            return true;
        }
    }

    /** Only its owner and its group may read it: it says who calls whom. */
    private void open() throws IOException {
        close();
        var channel = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
        out = Channels.newOutputStream(channel);
        fileKey = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
            out = null;
        }
    }
}
