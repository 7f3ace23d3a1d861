package io.tombolo.it.actors;

import io.tombolo.cli.program.ExecPlan;
import io.tombolo.cli.program.Program;
import io.tombolo.cli.program.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/**
 * One process of the product, started as the launcher starts it. What it prints goes to {@code target/logs/NAME.log} and can
 * be waited for. Closing kills it.
 */
public final class RunningProgram implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name;
    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private RunningProgram(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.reader = Thread.ofVirtual().name(name + "-output").start(() -> copyOutput(log));
    }

    /** @param settings the program's keys; @param rest what follows them */
    public static RunningProgram start(String name, Program program, Settings settings, String... rest) {
        return startBehind(List.of(), name, program, settings, rest);
    }

    /** @param before a command that runs what follows it, such as one that enters a network namespace */
    static RunningProgram startBehind(
            List<String> before, String name, Program program, Settings settings, String... rest) {
        if (System.getProperty("tombolo.java") == null) {
            System.setProperty(
                    "tombolo.java", ProcessHandle.current().info().command().orElse("java"));
        }
        if (System.getProperty("tombolo.installation") == null) {
            System.setProperty("tombolo.installation", System.getProperty("tombolo.home", ".."));
        }
        return start(name, before, ExecPlan.of(program, settings, List.of(rest)));
    }

    /** Any process, also one that is no program of the product. */
    static RunningProgram start(String name, ExecPlan plan) {
        return start(name, List.of(), plan);
    }

    private static RunningProgram start(String name, List<String> before, ExecPlan plan) {
        var command = new ArrayList<>(before);
        command.addAll(plan.arguments());
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(plan.environment());
        return start(name, builder);
    }

    /** Starts a class with a main method from the tests' own class path. */
    static RunningProgram startMain(List<String> before, String name, Class<?> main, String... arguments) {
        var command = new ArrayList<>(before);
        command.addAll(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return start(name, new ProcessBuilder(command));
    }

    /** As above. */
    static RunningProgram start(String name, ProcessBuilder builder) {
        builder.redirectErrorStream(true);
        try {
            Path log = Files.createDirectories(Path.of("target/logs")).resolve(name + ".log");
            return new RunningProgram(name, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void copyOutput(Path log) {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
                var file = Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                file.write(line + "\n");
                file.flush();
            }
        } catch (IOException e) {
            lines.add("(no more output: " + e + ")");
        }
    }

    /** Waits for a line; fails at once with the last lines if the process ends without it. */
    public String awaitLine(Predicate<String> wanted) {
        Awaitility.await(name + " to say that it is ready")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> lines.stream().anyMatch(wanted) || !reader.isAlive());
        return lines.stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " ended early:\n" + String.join("\n", lines)));
    }

    /** Waits for the end. @return the exit code */
    public int awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(name + " did not end");
            }
            reader.join(PATIENCE);
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** What it printed so far. */
    public List<String> lines() {
        return new ArrayList<>(lines);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** SIGSTOP: it is there and does nothing, until {@link #resume}. */
    public void pause() {
        signal("STOP");
    }

    /** SIGCONT. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String signal) {
        try {
            int code = new ProcessBuilder("kill", "-" + signal, Long.toString(pid()))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new AssertionError("kill -" + signal + " " + name + " ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** SIGTERM. @return the exit code */
    public int stop() {
        asksToEnd();
        return awaitEnd();
    }

    /** SIGTERM, not waiting for the end. By its handle: a process that is destroyed is not heard to its end. */
    public void asksToEnd() {
        process.toHandle().destroy();
    }

    /** SIGKILL, to it and to what it started. */
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGKILL to it alone, as the kernel does when memory is short: what it started is not asked. */
    public void killAlone() {
        process.destroyForcibly();
        awaitEnd();
    }

    @Override
    public void close() {
        kill();
    }
}
