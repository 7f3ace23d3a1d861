package io.tombolo.dataplane.program;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * {@code leave} in a program's state directory: whoever may write there asks it to get nothing new, while it goes on with all else.
 * So a pod says that it ends before its application knows. Needs no right but that on the directory, and no program but {@code touch}.
 */
public final class LeaveFile implements AutoCloseable {
    // Looked at again and again: what would tell of a change is scarce on machines with many containers.
    private static final Duration LOOK = Duration.ofMillis(200);

    private final Path file;
    private final Runnable then;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("leave-file").factory());

    private LeaveFile(Path file, Runnable then) {
        this.file = file;
        this.then = then;
    }

    /**
     * Begins to look; what an earlier run was asked is over.
     * @param then once, on a thread of this class
     * @throws TomboloException STORE_FAILED
     */
    public static LeaveFile watched(Path stateDir, Runnable then) {
        var leave = new LeaveFile(stateDir.resolve("leave"), then);
        leave.forget();
        leave.thread.scheduleWithFixedDelay(leave::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
        return leave;
    }

    private void forget() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw new TomboloException(
                    Fault.STORE_FAILED,
                    file.toString(),
                    "cannot be deleted: " + failed,
                    "let this program's user write to that directory",
                    failed);
        }
    }

    private void look() {
        if (Files.exists(file)) {
            thread.shutdown();
            then.run();
        }
    }

    /** Nobody is listened to any more. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
