package io.tombolo.it.actors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A user at a machine of its own: a home directory, a working directory, and {@code tombolo} on the path. */
public final class Terminal {
    private static final Duration PATIENCE = Duration.ofSeconds(300);

    private final Path home;
    private final Map<String, String> environment = new HashMap<>();

    /** @param home made if need be; nothing outside of it is written */
    public Terminal(Path home) {
        this.home = home;
        Path bin = home.resolve("bin");
        try {
            Files.createDirectories(bin);
            if (!Files.exists(bin.resolve("tombolo"))) {
                Files.createSymbolicLink(bin.resolve("tombolo"), checkout().resolve("tombolo"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        environment.put("HOME", home.toString());
        environment.put("PATH", bin + ":" + System.getenv("PATH"));
        environment.put("TOMBOLO_NO_BUILD", "1");
        environment.put("TOMBOLO_JAVA_HOME", System.getProperty("java.home"));
    }

    /** The checkout that is tested. */
    public static Path checkout() {
        return Path.of(System.getProperty("tombolo.home", ".."))
                .toAbsolutePath()
                .normalize();
    }

    /** Skips the test, with the reason, where a program that a document uses is not installed. */
    public static void assumeInstalled(String... programs) {
        for (String program : programs) {
            boolean there = Stream.of(System.getenv("PATH").split(":"))
                    .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
            Assumptions.assumeTrue(there, () -> "no " + program + " on this machine");
        }
    }

    public Path home() {
        return home;
    }

    /** Sets a variable for what is run from now on. */
    public Terminal with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** What a command did. */
    public record Outcome(int exitCode, String output, String errors) {
        /** @throws AssertionError unless it succeeded */
        public Outcome ok() {
            if (exitCode != 0) {
                throw new AssertionError("exit code " + exitCode + "\n" + output + "\n" + errors);
            }
            return this;
        }
    }

    /** Runs {@code tombolo} with arguments to its end. */
    public Outcome tombolo(String... arguments) {
        var line = new ArrayList<>(List.of("tombolo"));
        line.addAll(List.of(arguments));
        return run(line);
    }

    /** Runs a line of sh to its end. */
    public Outcome sh(String line) {
        return run(List.of("sh", "-c", line));
    }

    /** Runs a command to its end; kills it, and fails, when it takes longer than 5 minutes. */
    public Outcome run(List<String> command) {
        try {
            Path output = Files.createTempFile(home, "out", "");
            Path errors = Files.createTempFile(home, "err", "");
            Process process = builder(command)
                    .redirectInput(new java.io.File("/dev/null"))
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError(command + " did not end: " + text(output) + text(errors));
            }
            return new Outcome(process.exitValue(), text(output), text(errors));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** A command with this terminal's environment and directory; the path is looked up by {@code env}. */
    private ProcessBuilder builder(List<String> command) {
        var line = new ArrayList<>(List.of("/usr/bin/env"));
        line.addAll(command);
        var builder = new ProcessBuilder(line).directory(home.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }

    /** Starts a line of sh that goes on. */
    public RunningProgram start(String name, String line) {
        return RunningProgram.start(name, builder(List.of("sh", "-c", line)));
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
