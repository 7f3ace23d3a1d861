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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code leave} in a program's state directory: whoever may write there asks it to get nothing new, while it goes on with all else.
 * So a pod says at once that it ends. Needs no right but that on the directory, and no program but {@code touch}.
 */
public final class LeaveFile implements AutoCloseable {
    // Looked at again and again: what would tell of a change is scarce on machines with many containers.
    private static final Duration LOOK = Duration.ofMillis(200);

    private static final Logger LOG = LoggerFactory.getLogger(LeaveFile.class);

    private final Path file;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("leave-file").factory());

    private LeaveFile(Path file) {
        this.file = file;
    }

    /**
     * What an earlier run was asked is over; what this one is asked from now on counts.
     * @throws TomboloException STORE_FAILED
     */
    public static LeaveFile in(Path stateDir) {
        var leave = new LeaveFile(stateDir.resolve("leave"));
        leave.forget();
        return leave;
    }

    /** Begins to look. @param then once, on a thread of this class */
    public void watch(Runnable then) {
        var _ = thread.scheduleWithFixedDelay(() -> look(then), 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
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

    private void look(Runnable then) {
        if (Files.exists(file)) {
            thread.shutdown();
            try {
                then.run();
            } catch (RuntimeException failed) {
                LOG.error("asked to leave, and could not", failed);
            }
        }
    }

    /** Nobody is listened to any more. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
