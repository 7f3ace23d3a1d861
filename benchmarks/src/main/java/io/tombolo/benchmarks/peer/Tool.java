package io.tombolo.benchmarks.peer;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds programs, and asks them for their version. */
final class Tool {
    private Tool() {}

    /** A program on PATH, or where distributions put servers. */
    static Optional<Path> onPath(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("") + File.pathSeparator + "/usr/sbin";
        return Pattern.compile(File.pathSeparator)
                .splitAsStream(path)
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A program anywhere below a directory. */
    static Optional<Path> below(Path directory, String name) {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
            return all.filter(file -> file.endsWith(name) && Files.isRegularFile(file) && Files.isExecutable(file))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first number of three parts that a program prints when asked. */
    static String version(Path program, String option) {
        try {
            Process process = new ProcessBuilder(program.toString(), option)
                    .redirectErrorStream(true)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher number = Pattern.compile("\\d+\\.\\d+\\.\\d+").matcher(text);
            return number.find() ? number.group() : "unknown";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
