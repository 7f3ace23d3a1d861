package io.tombolo.wire.file;

import java.nio.file.Path;

/** What a write does to one file; the path is absolute. */
public sealed interface FileChange {
    Path file();

    /** The whole file is replaced, or made. */
    record Replaced(Path file, byte[] all) implements FileChange {}

    /** @param offsetBytes where {@code bytes} begin: the length of the file before */
    record Appended(Path file, long offsetBytes, byte[] bytes) implements FileChange {}

    /** The file goes. */
    record Deleted(Path file) implements FileChange {}
}
