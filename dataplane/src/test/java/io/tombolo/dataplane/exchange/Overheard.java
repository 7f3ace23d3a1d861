package io.tombolo.dataplane.exchange;

import io.tombolo.dataplane.loop.Loops;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What Netty complains of on one loop: exceptions that nobody caught, promises kept twice. */
final class Overheard extends Handler {
    private static final Logger ROOT = Logger.getLogger("");

    private final long thread;
    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());

    private Overheard(long thread) {
        this.thread = thread;
    }

    /** @param loops of one thread */
    static Overheard on(Loops loops) throws InterruptedException, ExecutionException {
        long thread =
                loops.next().submit(() -> Thread.currentThread().threadId()).get();
        var listening = new Overheard(thread);
        ROOT.addHandler(listening);
        return listening;
    }

    List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void publish(LogRecord record) {
        String logger = String.valueOf(record.getLoggerName());
        if (record.getLongThreadID() == thread
                && record.getLevel().intValue() >= Level.WARNING.intValue()
                && !logger.startsWith("io.tombolo.")
                && !logger.endsWith(".ResourceLeakDetector")) { // of whatever test, and the build looks for it
            complaints.add(logger + ": " + record.getMessage() + " " + record.getThrown());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        ROOT.removeHandler(this);
    }
}
