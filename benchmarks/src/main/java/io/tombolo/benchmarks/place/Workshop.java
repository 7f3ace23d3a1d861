package io.tombolo.benchmarks.place;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The directories of one run, below {@code benchmarks/target/work}. Nobody else may read them: keys lie there. */
public final class Workshop {
    private final Path directory;

    private Workshop(Path directory) {
        this.directory = directory;
    }

    /** An empty workshop; what a former run left is removed. */
    public static Workshop open(String name) {
        Path directory = home().resolve("benchmarks/target/work").resolve(name);
        try {
            if (Files.exists(directory)) {
                remove(directory);
            }
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return new Workshop(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The checkout, as the launcher says. */
    public static Path home() {
        return Path.of(System.getProperty("tombolo.home", "."));
    }

    public Path directory() {
        return directory;
    }

    public Path file(String name) {
        return directory.resolve(name);
    }

    /** A directory in it, which may be there already. */
    public Path directory(String name) {
        try {
            return Files.createDirectories(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a small file. */
    public Path write(String name, String text) {
        try {
            return Files.writeString(file(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path directory) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(directory)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
