package io.tombolo.cli.demo;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** What the load client reported so far. Filled by one reading thread, asked by the walk. */
final class Traffic {
    private static final int MOST_KEPT = 100_000;

    private final Deque<Sample> samples = new ArrayDeque<>();
    private long sent;
    private long failed;

    /** Reads lines until the client ends. */
    void read(InputStream lines) {
        try (var reader = new BufferedReader(new InputStreamReader(lines, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                Sample.parse(line).ifPresent(this::add);
            }
        } catch (IOException ended) {
            // The client was ended: there is nothing more to read.
        }
    }

    private synchronized void add(Sample sample) {
        samples.addLast(sample);
        if (samples.size() > MOST_KEPT) {
            samples.removeFirst();
        }
        sent++;
        failed += sample.ok() ? 0 : 1;
        notifyAll();
    }

    synchronized long sent() {
        return sent;
    }

    synchronized long failed() {
        return failed;
    }

    /** Some of those that failed, oldest first. */
    synchronized List<Sample> someThatFailed(int most) {
        return samples.stream().filter(sample -> !sample.ok()).limit(most).toList();
    }

    /** The samples that ended at or after a moment, by the time they were sent: those under way at that moment count. */
    synchronized List<Sample> since(long micros) {
        var later = new ArrayList<Sample>();
        samples.forEach(s -> {
            if (s.endMicros() >= micros) {
                later.add(s);
            }
        });
        later.sort((a, b) -> Long.compare(a.sentMicros(), b.sentMicros()));
        return later;
    }

    /**
     * Waits until {@code wanted} holds for the latest {@code inARow} answers that were sent after {@code micros}.
     * @throws TomboloException TIMED_OUT
     */
    void await(String what, long micros, int inARow, Predicate<Sample> wanted, Duration patience) {
        if (!within(patience, what, micros, inARow, wanted)) {
            throw new TomboloException(
                    Fault.TIMED_OUT,
                    what,
                    "did not happen within " + patience.toSeconds() + " s",
                    "see the logs that the first lines name");
        }
    }

    /** As {@link #await}, but false if it did not happen. */
    synchronized boolean within(Duration patience, String what, long micros, int inARow, Predicate<Sample> wanted) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!holds(micros, inARow, wanted)) {
            long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                return false;
            }
            try {
                wait(leftMillis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TomboloException(Fault.TIMED_OUT, what, "was interrupted", "start the demo again", e);
            }
        }
        return true;
    }

    private boolean holds(long micros, int inARow, Predicate<Sample> wanted) {
        int found = 0;
        var latest = samples.descendingIterator();
        while (latest.hasNext() && found < inARow) {
            Sample sample = latest.next();
            if (sample.sentMicros() < micros) {
                continue;
            }
            if (!wanted.test(sample)) {
                return false;
            }
            found++;
        }
        return found >= inARow;
    }
}
