package io.tombolo.dataplane.enrol;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A proxy may start before its controller, or while the machine is busy: it asks again for a while before it gives up. */
final class FirstContact {
    private static final Logger LOG = LoggerFactory.getLogger(FirstContact.class);
    private static final long PAUSE_MILLIS = 500;

    private FirstContact() {}

    /**
     * Asks until there is an answer. Asking twice is safe: the same node key gets the same registration.
     * @throws TomboloException a refusal at once; CONTROLLER_UNREACHABLE, or KUBERNETES_UNREACHABLE from there, after {@code patience}
     */
    static <T> T insist(Supplier<T> call, Duration patience) {
        long deadlineNanos = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return call.get();
            } catch (TomboloException failed) {
                boolean silence = failed.fault() == Fault.CONTROLLER_UNREACHABLE
                        || failed.fault() == Fault.KUBERNETES_UNREACHABLE;
                if (!silence || System.nanoTime() - deadlineNanos > 0) {
                    throw failed;
                }
                LOG.atWarn().log("no answer yet, asking again: {}", failed.getMessage());
                pause(failed);
            }
        }
    }

    private static void pause(TomboloException failed) {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed;
        }
    }
}
