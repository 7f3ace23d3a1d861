package io.tombolo.dataplane.drain;

import io.tombolo.dataplane.accept.Acceptor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drains one acceptor, once. */
public final class Drain {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
    private static final long LOOK_MILLIS = 50;

    private final DrainSettings settings;
    private final Acceptor acceptor;
    private final IntSupplier active;
    private final Runnable announce;
    private final AtomicBoolean draining = new AtomicBoolean();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private volatile boolean announced;
    private long beganNanos;

    /**
     * Does nothing yet.
     * @param active   connections that are waited for; kept probes are not among them
     * @param announce tells controller and peers; must not block for long
     */
    public Drain(DrainSettings settings, Acceptor acceptor, IntSupplier active, Runnable announce) {
        this.settings = settings;
        this.acceptor = acceptor;
        this.active = active;
        this.announce = announce;
    }

    /** Whether it has begun: who asks whether new connections may come is told no. */
    public boolean isDraining() {
        return draining.get();
    }

    /** Whether peers were told. */
    public boolean isAnnounced() {
        return announced;
    }

    /** Begins, at the first call; later calls give the same future. It completes when nothing is open any more. */
    public CompletableFuture<Void> begin() {
        if (draining.compareAndSet(false, true)) {
            LOG.atInfo()
                    .addKeyValue("connections", acceptor.connections())
                    .addKeyValue("deadline", settings.deadline())
                    .log("draining");
            beganNanos = System.nanoTime();
            ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("drain").factory());
            if (settings.announceAfter().isZero()) {
                say(timer);
            } else {
                timer.schedule(() -> say(timer), settings.announceAfter().toNanos(), TimeUnit.NANOSECONDS);
            }
            done.whenComplete((nothing, failed) -> timer.shutdownNow());
        }
        return done;
    }

    /** What follows counts from here: peers get their time also when the word went out late. */
    private void say(ScheduledExecutorService timer) {
        announced = true;
        try {
            announce.run();
        } finally {
            long left = settings.deadline().toNanos() - (System.nanoTime() - beganNanos);
            long acceptNanos = Math.max(0, Math.min(settings.acceptFor().toNanos(), left));
            timer.schedule(acceptor::stopAccepting, acceptNanos, TimeUnit.NANOSECONDS);
            timer.scheduleWithFixedDelay(
                    this::look, acceptNanos, TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS), TimeUnit.NANOSECONDS);
        }
    }

    private void look() {
        boolean late = System.nanoTime() - beganNanos >= settings.deadline().toNanos();
        if (late || active.getAsInt() == 0) {
            LOG.atInfo().addKeyValue("connections", active.getAsInt()).log("drained, closing what is left");
            acceptor.closeConnections();
            done.complete(null);
        }
    }
}
