package io.tombolo.dataplane.program;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.key.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** {@code ready.json} in a program's state directory: there exactly while the program serves. */
public final class ReadyFile {
    private final String program;
    private final Path directory;
    private final Path file;
    private final Path configured;

    private ReadyFile(String program, Path directory) {
        this.program = program;
        this.directory = directory;
        this.file = directory.resolve("ready.json");
        this.configured = directory.resolve("configured");
    }

    /**
     * Makes the directory if it is missing, and removes what an earlier run left.
     * @throws TomboloException STORE_FAILED
     */
    public static ReadyFile in(String program, Path stateDir) {
        try {
            if (!Files.isDirectory(stateDir)) {
                Files.createDirectories(
                        stateDir, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            var ready = new ReadyFile(program, stateDir);
            Files.deleteIfExists(ready.file);
            Files.deleteIfExists(ready.configured);
            return ready;
        } catch (IOException failed) {
            throw new TomboloException(
                    Fault.STORE_FAILED,
                    program + ".state-dir = " + stateDir,
                    "cannot be used: " + failed,
                    "name a directory that this user may write to",
                    failed);
        }
    }

    public void write(Announcement announcement) {
        SecretFile.write(file, announcement.json().getBytes(StandardCharsets.UTF_8));
    }

    /** Says that the program has a configuration, before it has anybody to serve: {@code configured}. */
    public void configured() {
        SecretFile.write(configured, new byte[0]);
    }

    /** The program does not serve any more. */
    public void remove() {
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(configured);
        } catch (IOException harmless) {
            file.toFile().deleteOnExit();
        }
    }

    /** Deletes the whole directory: the key in it was for one run. */
    public void removeDirectory() {
        try (Stream<Path> all = Files.walk(directory)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException kept) {
            System.err.println(program + ": " + directory + " could not be deleted: " + kept.getMessage());
        }
    }
}
