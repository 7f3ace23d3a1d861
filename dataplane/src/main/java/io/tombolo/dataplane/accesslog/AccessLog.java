package io.tombolo.dataplane.accesslog;

import io.tombolo.dataplane.metrics.Counter;
import io.tombolo.dataplane.metrics.Counters;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes entries from any thread without waiting, and writes them in order on a thread of its own. */
public final class AccessLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    private static final int BATCH = 256;
    private static final long LOOK_MILLIS = 200;
    private static final long CLOSE_MILLIS = 2_000;

    private final AccessLogSettings settings;
    private final Party self;
    private final Taps taps;
    private final BlockingQueue<Access> waiting;
    private final Counter written;
    private final Counters dropped;
    private final Ration refused;
    private final @Nullable Thread writer;
    private volatile boolean closing;
    private boolean failing;

    /** Where lines go; may be slow, may fail. */
    interface Sink extends AutoCloseable {
        void write(byte[] lines) throws IOException;

        @Override
        void close() throws IOException;
    }

    AccessLog(AccessLogSettings settings, Party self, Metrics metrics, Sink sink) {
        this.settings = settings;
        this.self = self;
        this.taps = new Taps(metrics);
        this.waiting = new ArrayBlockingQueue<>(settings.isOff() ? 1 : settings.queue());
        this.written = metrics.counter("tombolo_access_log_lines_total", "Lines written to the access log.");
        this.dropped = metrics.counters(
                "tombolo_access_log_dropped_total", "Entries that were not written, by reason.", "reason");
        this.refused = new Ration(settings.maxRefused(), System.nanoTime());
        this.writer = settings.isOff()
                ? null
                : Thread.ofPlatform().daemon().name("access-log").start(() -> run(sink));
    }

    /** Logs nothing. */
    public static AccessLog off() {
        return new AccessLog(AccessLogSettings.OFF, Party.UNKNOWN, new Metrics(), new Stderr());
    }

    /**
     * Begins to log, if that is wanted.
     * @param self this process, as it appears in entries
     * @throws TomboloException STORE_FAILED if the file cannot be written to
     */
    public static AccessLog open(AccessLogSettings settings, Party self, Metrics metrics) {
        return new AccessLog(settings, self, metrics, sink(settings));
    }

    private static Sink sink(AccessLogSettings settings) {
        if (settings.isOff() || settings.isStderr()) {
            return new Stderr();
        }
        var file = new LogFile(settings.file());
        try {
            file.write(new byte[0]);
        } catch (IOException refused) {
            throw new TomboloException(
                    Fault.STORE_FAILED,
                    "access-log.to = " + settings.to(),
                    "cannot be written to: " + refused,
                    "name a file in a directory that this user may write to",
                    refused);
        }
        return file;
    }

    /** Whether entries are wanted at all: making one costs. */
    public boolean isOn() {
        return writer != null || !taps.isEmpty();
    }

    /** Who looks at entries as they come, whether they are written or not. */
    public Taps taps() {
        return taps;
    }

    /** This process. */
    public Party self() {
        return self;
    }

    /** Takes an entry, or drops it when too many wait. Never waits. */
    public void add(Access access) {
        taps.offer(access);
        if (writer != null && !waiting.offer(access)) {
            dropped.of("queue_full").increment();
        }
    }

    /** Takes the entry of what a stranger can cause without end, if it is wanted, or drops it when there were too many. */
    public void addRefused(Supplier<Access> access, long nowNanos) {
        if (!isOn()) {
            return;
        }
        if (refused.take(nowNanos)) {
            add(access.get());
        } else {
            dropped.of("refused").increment();
        }
    }

    private void run(Sink sink) {
        var batch = new ArrayList<Access>(BATCH);
        try (sink) {
            while (!closing || !waiting.isEmpty()) {
                Access first = waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, BATCH - 1);
                    write(sink, batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException notClosed) {
            LOG.atDebug().setCause(notClosed).log("access log not closed");
        }
    }

    private void write(Sink sink, List<Access> batch) {
        var text = new StringBuilder(batch.size() * 512);
        batch.forEach(access -> AccessLine.append(text, access, settings.query()));
        try {
            sink.write(text.toString().getBytes(StandardCharsets.UTF_8));
            written.add(batch.size());
            failing = false;
        } catch (IOException failed) {
            dropped.of("write_failed").add(batch.size());
            if (!failing) {
                failing = true; // said once, until it works again
                LOG.atWarn()
                        .addKeyValue("to", settings.to())
                        .addKeyValue("why", failed)
                        .log("access log not written");
            }
        }
    }

    /** Writes what waits, for at most 2 s. Not on an event loop. */
    @Override
    public void close() {
        closing = true;
        Thread thread = writer;
        if (thread != null) {
            try {
                thread.join(CLOSE_MILLIS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static final class Stderr implements Sink {
        @Override
        public void write(byte[] lines) {
            System.err.write(lines, 0, lines.length);
            System.err.flush();
        }

        @Override
        public void close() {
            // is the process'
        }
    }
}
