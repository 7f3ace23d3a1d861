package io.tombolo.cli.drill;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One drill from its first look to the return. The outage is ended whatever happens, and by itself if this process is killed. */
final class Drill {
    private static final long EACH_MILLIS = 100;
    private static final Duration BASELINE = Duration.ofSeconds(2);

    private final Outage outage;
    private final Asked controller;
    private final Watched watched;
    private final Guard guard;
    private boolean stopped;
    private boolean undone = true;

    Drill(Outage outage, Asked controller, Watched watched, Guard guard) {
        this.outage = outage;
        this.controller = controller;
        this.watched = watched;
        this.guard = guard;
    }

    /**
     * What is so before it.
     * @throws TomboloException DRILL_REFUSED if nobody calls, or calls fail already: the guard would see nothing, or too much
     */
    Baseline baseline() throws InterruptedException {
        Look look = controller
                .look()
                .orElseThrow(
                        () -> refused("the controller does not say how calls are divided", "see the controller's log"));
        Seen first = seen();
        boolean trips = guard.trips(first);
        long until = first.atNanos() + BASELINE.toNanos();
        Seen last = first;
        while (last.atNanos() < until) {
            TimeUnit.MILLISECONDS.sleep(EACH_MILLIS);
            last = seen();
            trips |= guard.trips(last);
        }
        if (trips) {
            throw refused("calls fail already: " + guard.said(), "mend that first, or raise --stop-at");
        }
        var baseline = new Baseline(look, first, last);
        if (baseline.calls() == 0) {
            throw refused(
                    "there are no calls: " + watched.said(), "let a workload call, or the drill itself with --url");
        }
        return baseline;
    }

    /** Takes the cluster away for {@code time}, or until the guard has seen enough. */
    void outage(Timeline timeline, Duration time) throws InterruptedException {
        Thread undo = Thread.ofPlatform().unstarted(this::undo);
        timeline.saw(seen());
        timeline.begins(System.nanoTime());
        outage.begin(time.toMillis());
        Runtime.getRuntime().addShutdownHook(undo);
        try {
            if (outage.isTold()) {
                timeline.isTold(System.nanoTime());
            }
            watch(timeline, time, () -> stopped);
        } finally {
            undo();
            timeline.ends(System.nanoTime());
            Runtime.getRuntime().removeShutdownHook(undo);
        }
    }

    /** An outage that cannot be ended now ends by itself, when its time is over. */
    private void undo() {
        try {
            outage.end();
        } catch (TomboloException silent) {
            undone = false;
        }
    }

    /** Waits until the cluster has its part again, for {@code most} at most. */
    void comeback(Timeline timeline, Duration most) throws InterruptedException {
        watch(timeline, most, timeline::isBack);
    }

    private void watch(Timeline timeline, Duration most, BooleanSupplier enough) throws InterruptedException {
        long until = System.nanoTime() + most.toNanos();
        while (System.nanoTime() < until && !enough.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(EACH_MILLIS);
            Seen now = seen();
            timeline.saw(now);
            stopped |= guard.trips(now) && timeline.end().isEmpty();
            controller.look().ifPresent(timeline::saw);
        }
    }

    Outage outage() {
        return outage;
    }

    Guard guard() {
        return guard;
    }

    /** Whether it was ended as soon as it was to be; else it ends when its time is over. */
    boolean isUndone() {
        return undone;
    }

    /** Whether the guard ended it. */
    boolean isStopped() {
        return stopped;
    }

    private Seen seen() {
        Calls calls = watched.now();
        return new Seen(System.nanoTime(), calls);
    }

    private static TomboloException refused(String what, String remedy) {
        return new TomboloException(Fault.DRILL_REFUSED, "drill", "does not begin: " + what, remedy);
    }
}
