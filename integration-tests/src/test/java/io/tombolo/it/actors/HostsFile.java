package io.tombolo.it.actors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where programs that were told to look up names: stands for a name server whose answers a test can change. */
public final class HostsFile {
    private final Path file;

    /** @param directory gets the file */
    public HostsFile(Path directory) {
        this.file = directory.resolve("hosts");
    }

    /** The only name there is besides {@code localhost} means this address from now on. */
    public void says(String name, String address) {
        try {
            Path next = file.resolveSibling("hosts.new");
            Files.writeString(next, "127.0.0.1 localhost\n" + address + " " + name + "\n");
            Files.move(next, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a command has to begin with to look up names here. */
    public List<String> askedBy() {
        return List.of("env", "JAVA_TOOL_OPTIONS=-Djdk.net.hosts.file=" + file);
    }
}
