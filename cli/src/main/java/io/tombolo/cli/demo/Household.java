package io.tombolo.cli.demo;

import io.tombolo.cli.program.ExecPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;

/** All processes of a demo or a rehearsal. Whatever ends it ends them, the last started first. */
final class Household implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Path logs;
    private final Duration patience;
    private volatile boolean closed;
    private final List<Started> running = Collections.synchronizedList(new ArrayList<>());

    Household(Path logs) {
        this(logs, PATIENCE);
    }

    /** @param patience how long a process may take to end before it is killed; on Ctrl-C it is less */
    Household(Path logs, Duration patience) {
        this.logs = logs;
        this.patience = patience;
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> end(PATIENCE)));
    }

    Started start(String name, ExecPlan plan) {
        return start(name, plan, false);
    }

    Started start(String name, ExecPlan plan, boolean pipeOutput) {
        Started started = Started.start(name, plan, logs, pipeOutput);
        running.add(started);
        if (closed) {
            // The demo failed elsewhere while this one was being started.
            close();
        }
        return started;
    }

    /** SIGKILL. */
    void kill(Started started) {
        running.remove(started);
        started.kill();
    }

    @Override
    public void close() {
        end(patience);
    }

    private void end(Duration within) {
        closed = true;
        List<Started> all;
        synchronized (running) {
            all = new ArrayList<>(running).reversed();
            running.clear();
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            all.stream().filter(s -> !s.name().equals("backbone")).forEach(s -> threads.submit(() -> s.end(within)));
        }
        all.forEach(s -> s.end(within));
    }
}
