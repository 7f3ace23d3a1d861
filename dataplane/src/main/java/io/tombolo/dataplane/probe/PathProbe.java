package io.tombolo.dataplane.probe;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.tls.MeshTls;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.fault.Fault;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures one target for as long as it is wanted. Everything on one loop; results are handed out on it. */
final class PathProbe implements ProbeConnection.Events {
    private static final Logger LOG = LoggerFactory.getLogger(PathProbe.class);

    /** Part of a new sample in the smoothed round trip (RFC 6298 §2). */
    private static final int SMOOTHING = 8;

    /** Who missed a ping is asked so many times as often: silence is known soon, and a lost moment is not taken for it. */
    private static final int IN_DOUBT = 4;

    private final ProbeTarget target;
    private final Loops loops;
    private final EventLoop loop;
    private final MeshTls tls;
    private final ProbeSettings settings;
    private final Consumer<ProbeResult> listener;

    private @Nullable ProbeConnection current;
    private @Nullable ProbeConnection successor;
    private @Nullable ScheduledFuture<?> tick;
    private @Nullable ScheduledFuture<?> refresh;
    private ProbeResult result;
    private boolean stopped;
    private int failures;
    private int missed;
    private long number;
    private long heardNumber;
    private boolean doubted;
    private long sentNanos;
    private boolean awaiting;

    PathProbe(ProbeTarget target, Loops loops, MeshTls tls, ProbeSettings settings, Consumer<ProbeResult> listener) {
        this.target = target;
        this.loops = loops;
        this.loop = loops.next();
        this.tls = tls;
        this.settings = settings;
        this.listener = listener;
        this.result = new ProbeResult(
                new PathHealth(target.cluster(), target.gateway(), 0, PathHealth.State.UNKNOWN),
                false,
                Optional.empty());
    }

    ProbeTarget target() {
        return target;
    }

    void start() {
        loop.execute(this::connect);
    }

    void stop() {
        loop.execute(() -> {
            stopped = true;
            cancel(tick);
            cancel(refresh);
            close(current);
            close(successor);
        });
    }

    private void connect() {
        if (!stopped) {
            current = open();
        }
    }

    private ProbeConnection open() {
        var connection = new ProbeConnection(target, this);
        connection.open(
                loops,
                loop,
                tls,
                target.addresses().get(failures % target.addresses().size()),
                settings.dialTimeout());
        return connection;
    }

    @Override
    public void connected(ProbeConnection connection) {
        if (stopped) {
            connection.close();
            return;
        }
        if (connection == successor) {
            close(current);
            current = connection;
            successor = null;
        }
        missed = 0;
        awaiting = false;
        cancel(tick);
        tick = loop.schedule(this::beat, 0, TimeUnit.NANOSECONDS);
        cancel(refresh);
        refresh = loop.schedule(this::replace, jittered(settings.rehandshake()), TimeUnit.NANOSECONDS);
    }

    /** Proves anew that a handshake works, beside the connection that works. */
    private void replace() {
        successor = open();
    }

    private void beat() {
        if (awaiting && ++missed >= settings.misses()) {
            down(Fault.PATH_SILENT);
            return;
        }
        ProbeConnection connection = current;
        if (connection != null && connection.isUp()) {
            awaiting = true;
            sentNanos = System.nanoTime();
            connection.ping(++number);
        }
        long untilNext = settings.interval().toNanos() / (missed > 0 ? IN_DOUBT : 1);
        tick = loop.schedule(this::beat, untilNext, TimeUnit.NANOSECONDS);
    }

    @Override
    public void answered(ProbeConnection connection, long answeredNumber, boolean draining) {
        if (connection != current || answeredNumber > number || answeredNumber <= heardNumber) {
            return; // of a connection that was replaced
        }
        heardNumber = answeredNumber;
        missed = 0;
        failures = 0;
        doubted = false;
        boolean late = answeredNumber < number; // a sign of life, but of no ping whose time is known
        awaiting = late;
        int before = result.health().rttMicros();
        int sample = Math.clamp((System.nanoTime() - sentNanos) / 1_000, 1, Integer.MAX_VALUE);
        tell(late ? before : smoothed(before, sample), PathHealth.State.UP, draining, Optional.empty());
    }

    /** Slowly up, quickly down: the first sample of a process is mostly its own warming up. */
    private static int smoothed(int before, int sample) {
        if (before == 0) {
            return sample;
        }
        return sample < before ? before - (before - sample) / 2 : before + (sample - before) / SMOOTHING;
    }

    @Override
    public void ended(ProbeConnection connection, Fault why) {
        if (connection != current && connection != successor) {
            return;
        }
        if (why == Fault.CONNECTION_LOST && target.isShared() && !doubted) {
            again();
        } else {
            down(why);
        }
    }

    /**
     * One gateway of several behind an address went away, perhaps before it answered for the first time. Whether the way still
     * works is what the next handshake and its answer show.
     */
    private void again() {
        doubted = true;
        leave();
        loop.schedule(this::connect, backoffNanos(), TimeUnit.NANOSECONDS);
    }

    /** Also when only the fresh handshake failed: new connections of callers would fail as well. */
    private void down(Fault why) {
        leave();
        if (stopped) {
            return;
        }
        failures++;
        tell(result.health().rttMicros(), PathHealth.State.DOWN, result.draining(), Optional.of(why));
        loop.schedule(this::connect, backoffNanos(), TimeUnit.NANOSECONDS);
    }

    private void leave() {
        cancel(tick);
        cancel(refresh);
        close(current);
        close(successor);
        current = null;
        successor = null;
    }

    private long backoffNanos() {
        long doubled = settings.interval().toNanos() / 4 << Math.min(failures, 12);
        return jittered(Duration.ofNanos(Math.min(doubled, settings.maxBackoff().toNanos())));
    }

    /** Plus or minus 20 %. */
    private static long jittered(Duration time) {
        long fifth = Math.max(1, time.toNanos() / 5);
        return time.toNanos() + ThreadLocalRandom.current().nextLong(-fifth, fifth + 1);
    }

    private void tell(int rttMicros, PathHealth.State state, boolean draining, Optional<Fault> why) {
        if (state != result.health().state()) {
            LOG.atInfo()
                    .addKeyValue("cluster", target.cluster())
                    .addKeyValue("gateway", target.gateway())
                    .addKeyValue("state", state)
                    .addKeyValue("rttMicros", rttMicros)
                    .addKeyValue("fault", why.map(Fault::code).orElse(""))
                    .log("path changed");
        }
        result = new ProbeResult(new PathHealth(target.cluster(), target.gateway(), rttMicros, state), draining, why);
        listener.accept(result);
    }

    private static void close(@Nullable ProbeConnection connection) {
        if (connection != null) {
            connection.close();
        }
    }

    private static void cancel(@Nullable ScheduledFuture<?> task) {
        if (task != null) {
            task.cancel(false);
        }
    }
}
