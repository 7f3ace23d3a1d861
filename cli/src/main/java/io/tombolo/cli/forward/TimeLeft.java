package io.tombolo.cli.forward;

import io.tombolo.model.fault.TomboloException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How long all of a look may take together, whoever is slow in it. Safe on every thread.
 * @param whole   at most
 * @param began   when, by {@code nanos}
 * @param nanos   a clock that only goes on
 */
public record TimeLeft(Duration whole, long began, LongSupplier nanos) {
    private static final Duration NO_LIMIT = Duration.ofDays(1);

    /** From now on. */
    public static TimeLeft of(Duration whole) {
        return new TimeLeft(whole, System.nanoTime(), System::nanoTime);
    }

    /** For who limits each of his questions alone. */
    public static TimeLeft unlimited() {
        return of(NO_LIMIT);
    }

    /** Zero or negative once it is over. */
    public Duration left() {
        return whole.minusNanos(nanos.getAsLong() - began);
    }

    public boolean isOver() {
        return !left().isPositive();
    }

    /** The fault of who was not asked for it. */
    TomboloException over(Function<String, TomboloException> late) {
        return late.apply("was not asked: the " + whole.toSeconds() + " s for the whole look are over");
    }

    /**
     * What {@code work} gives; who is late is interrupted and not waited for.
     * @param most for this work alone
     * @param late the fault then, of a reason
     */
    public <T> T within(Duration most, Function<String, TomboloException> late, Supplier<T> work) {
        Duration left = left();
        if (!left.isPositive()) {
            throw over(late);
        }
        Duration wait = most.compareTo(left) < 0 ? most : left;
        var task = new FutureTask<T>(work::get);
        Thread worker = Thread.ofVirtual().start(task);
        try {
            return task.get(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            throw late.apply("did not answer within " + wait.toMillis() + " ms");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw late.apply("was interrupted");
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof TomboloException told
                    ? told
                    : new IllegalStateException(failed.getCause());
        } finally {
            worker.interrupt();
        }
    }
}
