package io.tombolo.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tombolo.cli.program.ExecPlan;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One process that the demo started, with its log. */
final class Started {
    private static final int TAIL_LINES = 15;

    private final String name;
    private final Process process;
    private final Path log;

    private Started(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a process.
     * @param pipeOutput whether standard output is for the demo to read; else it goes to the log
     */
    static Started start(String name, ExecPlan plan, Path logs, boolean pipeOutput) {
        Path log = logs.resolve(name + ".log");
        var builder = new ProcessBuilder(plan.arguments());
        builder.environment().putAll(plan.environment());
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        if (!pipeOutput) {
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        }
        try {
            return new Started(name, builder.start(), log);
        } catch (IOException e) {
            throw new TomboloException(
                    Fault.PROGRAM_FAILED, name, "does not start: " + e.getMessage(), "see " + log, e);
        }
    }

    String name() {
        return name;
    }

    Process process() {
        return process;
    }

    /** Waits until the program says, in a file, that it is ready, and reads what it says. */
    JsonNode awaitReady(Path file, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!Files.exists(file)) {
            if (!process.isAlive()) {
                throw failed("ended with exit code " + process.exitValue());
            }
            if (System.nanoTime() > deadline) {
                throw failed("was not ready within " + patience.toSeconds() + " s");
            }
            pause();
        }
        try {
            String text = Files.readString(file);
            return text.stripLeading().startsWith("{")
                    ? new ObjectMapper().readTree(text)
                    : new ObjectMapper().createObjectNode().put("text", text.strip());
        } catch (IOException e) {
            throw failed("wrote no readable " + file);
        }
    }

    /** SIGKILL, to the program and to what it started. */
    void kill() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
    }

    /** SIGTERM, then SIGKILL for what is left. */
    void end(Duration patience) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(15);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TomboloException(Fault.TIMED_OUT, "demo", "was interrupted", "start it again", e);
        }
    }

    private TomboloException failed(String what) {
        return new TomboloException(
                Fault.PROGRAM_FAILED, name, what + "; its last lines:\n" + tail() + "\n", "the whole log is " + log);
    }

    private String tail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException unreadable) {
            return "(no log)";
        }
    }
}
