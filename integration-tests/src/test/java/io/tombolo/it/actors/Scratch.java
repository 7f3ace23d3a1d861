package io.tombolo.it.actors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Directories for what tests and their programs write: under target, so that they can be read afterwards, and go with it. */
public final class Scratch {
    private Scratch() {}

    public static Path directory(String name) {
        Path all = Path.of(System.getProperty("tombolo.home", ".."), "integration-tests/target/scratch");
        try {
            return Files.createTempDirectory(Files.createDirectories(all).toRealPath(), name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
