package io.tombolo.benchmarks.place;

import io.tombolo.cli.program.ExecPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One process that a benchmark started; its output is in a log. It ends with this JVM at the latest. */
public final class Child implements AutoCloseable {
    private static final int TAIL_LINES = 20;

    private final String name;
    private final Process process;
    private final Path log;

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroyForcibly));
    }

    /** Starts a program of the product. */
    public static Child start(String name, ExecPlan plan, Path logs) {
        return start(name, plan.arguments(), plan.environment(), logs);
    }

    /** Starts any program. */
    public static Child start(String name, List<String> command, Map<String, String> environment, Path logs) {
        Path log = logs.resolve(name + ".log");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            return new Child(name, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " does not start", e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Waits until {@code ready} holds, asking every 10 ms.
     * @throws IllegalStateException with the last lines of the log, if the process ends before or takes longer
     */
    public Child await(BooleanSupplier ready, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!ready.getAsBoolean()) {
            if (!process.isAlive()) {
                throw new IllegalStateException(name + " ended with " + process.exitValue() + ":\n" + tail());
            }
            if (System.nanoTime() > deadline) {
                close();
                throw new IllegalStateException(name + " not ready in " + patience.toSeconds() + " s:\n" + tail());
            }
            Pause.millis(10);
        }
        return this;
    }

    /** SIGKILL, to it and to what it started. */
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }

    /** SIGTERM, and SIGKILL after 5 s. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    private String tail() {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException unreadable) {
            return "(no log)";
        }
    }
}
