package io.tombolo.benchmarks.mesh;

import io.tombolo.benchmarks.place.Child;
import io.tombolo.benchmarks.place.Workshop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One run of {@code tombolo demo}: three clusters that are left running until this is closed. */
final class Demo implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String LEFT_RUNNING = "The three clusters are running";

    private final Child process;
    private final Path stateDirectory;
    private final Path output;

    private Demo(Child process, Path stateDirectory, Path output) {
        this.process = process;
        this.stateDirectory = stateDirectory;
        this.output = output;
    }

    /** Starts it and waits until its walk is done. */
    static Demo run(Workshop workshop) {
        Path state = workshop.file("state");
        Path launcher = Workshop.home().resolve("tombolo");
        var command = List.of(launcher.toString(), "demo", "--state-dir", state.toString());
        Child child = Child.start("demo", command, Map.of("TOMBOLO_NO_BUILD", "1"), workshop.directory());
        var demo = new Demo(child, state, workshop.file("demo.log"));
        child.await(() -> demo.lines().stream().anyMatch(line -> line.contains(LEFT_RUNNING)), PATIENCE);
        return demo;
    }

    /** What it said so far. */
    List<String> lines() {
        try {
            return Files.readAllLines(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    Path stateDirectory() {
        return stateDirectory;
    }

    /** SIGTERM: the demo ends what it started. */
    @Override
    public void close() {
        process.close();
    }
}
