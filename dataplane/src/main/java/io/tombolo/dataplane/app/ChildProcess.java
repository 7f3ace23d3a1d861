package io.tombolo.dataplane.app;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * One program with the terminal of this one. It ends with this process, also when that is killed: a {@link Watchdog} sees to it,
 * and on Linux with util-linux the kernel at once, which tells it when the thread that started it is gone; so that thread lives
 * as long as the child.
 */
public final class ChildProcess {
    /** Between asking a program whose sidecar died to end, and making it. */
    private static final int GRACE_SECONDS = 5;

    private final Process process;
    private final CompletableFuture<Integer> ended;

    private ChildProcess(Process process, CompletableFuture<Integer> ended) {
        this.process = process;
        this.ended = ended;
    }

    /**
     * Starts it; blocks until it runs.
     * @param command     program and arguments; at least one
     * @param environment added to this process' own; empty values are removed
     * @throws TomboloException PROGRAM_FAILED if there is no such program
     */
    public static ChildProcess start(List<String> command, Map<String, String> environment) {
        var started = new CompletableFuture<Process>();
        var ended = new CompletableFuture<Integer>();
        Thread.ofPlatform().daemon().name("app").start(() -> run(command, environment, started, ended));
        try {
            return new ChildProcess(started.join(), ended);
        } catch (CompletionException failed) {
            throw new TomboloException(
                    Fault.PROGRAM_FAILED,
                    "program " + command.getFirst(),
                    "cannot be started: " + failed.getMessage(),
                    "check its name and that it may be executed");
        }
    }

    private static void run(
            List<String> command,
            Map<String, String> environment,
            CompletableFuture<Process> started,
            CompletableFuture<Integer> ended) {
        try {
            var builder = new ProcessBuilder(DeathSignal.wrap(command)).inheritIO();
            environment.forEach((name, value) -> {
                if (value.isEmpty()) {
                    builder.environment().remove(name);
                } else {
                    builder.environment().put(name, value);
                }
            });
            ended.complete(watched(builder, started));
        } catch (IOException notStarted) {
            started.completeExceptionally(notStarted);
        } catch (InterruptedException cannotBe) {
            Thread.currentThread().interrupt();
        }
    }

    /** The watchdog is gone before anybody hears of the end, and with that perhaps ends this process. */
    private static int watched(ProcessBuilder builder, CompletableFuture<Process> started)
            throws IOException, InterruptedException {
        Optional<Watchdog> watchdog = Watchdog.start(GRACE_SECONDS);
        try {
            Process process = builder.start();
            watchdog.ifPresent(dog -> dog.over(process.pid()));
            started.complete(process);
            return process.waitFor();
        } finally {
            watchdog.ifPresent(Watchdog::close);
        }
    }

    /** Completes with the exit code; 128 + n when signal n ended it. */
    public CompletableFuture<Integer> ended() {
        return ended;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Passes a signal on, by its number. Does nothing when the program is gone. */
    public void signal(int number) {
        if (process.isAlive()) {
            Signals.send(process.pid(), number);
        }
    }

    /** Asks it to end, and makes it end after {@code grace}. Blocks. */
    public void terminate(Duration grace) {
        process.destroy();
        try {
            if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    /** The words of {@code command} as a list that can be wrapped. */
    static List<String> prefixed(List<String> prefix, List<String> command) {
        var all = new ArrayList<>(prefix);
        all.addAll(command);
        return all;
    }
}
