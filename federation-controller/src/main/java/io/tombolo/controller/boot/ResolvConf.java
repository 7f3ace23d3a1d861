package io.tombolo.controller.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What this machine, or pod, asks for names (resolv.conf(5)). */
final class ResolvConf {
    private static final Path FILE = Path.of("/etc/resolv.conf");
    private static final String NAMESERVER = "nameserver";

    private ResolvConf() {}

    /** The address of the first nameserver; empty if there is none. */
    static Optional<String> first() {
        try (Stream<String> lines = Files.lines(FILE)) {
            return lines.map(line -> line.strip().split("\\s+"))
                    .filter(words -> words.length > 1 && words[0].equals(NAMESERVER))
                    .map(words -> words[1])
                    .findFirst();
        } catch (IOException | java.io.UncheckedIOException unreadable) {
            return Optional.empty();
        }
    }
}
