package io.tombolo.benchmarks.load;

import io.netty.channel.EventLoop;
import io.tombolo.benchmarks.figure.Samples;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Sends at fixed times, whatever the answers do; what is late counts from when it was due. On the loop, but for {@link #latencies}. */
final class Pacing {
    private final EventLoop loop;
    private final long everyNanos;
    private final ArrayDeque<Call> idle = new ArrayDeque<>();
    private final ArrayDeque<Long> late = new ArrayDeque<>();
    private List<Long> micros = new ArrayList<>();
    private long dueNanos;
    private boolean stopped;

    Pacing(EventLoop loop, int perSecond) {
        this.loop = loop;
        this.everyNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    void begin() {
        dueNanos = System.nanoTime();
        tick();
    }

    private void tick() {
        if (stopped) {
            return;
        }
        long now = System.nanoTime();
        while (dueNanos <= now) {
            late.addLast(dueNanos);
            dueNanos += everyNanos;
        }
        sendLate();
        loop.schedule(this::tick, dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void sendLate() {
        while (!late.isEmpty() && !idle.isEmpty()) {
            idle.removeFirst().send(late.removeFirst());
        }
    }

    /** It may take a request from now on. */
    void free(Call call) {
        idle.addLast(call);
    }

    /** @param sinceNanos when the request was due */
    void answered(Call call, long sinceNanos) {
        micros.add((System.nanoTime() - sinceNanos) / 1_000);
        idle.addLast(call);
        sendLate();
    }

    /** How long answers took since this was asked last, in µs. Any other thread. */
    Optional<Samples> latencies() {
        List<Long> taken = CompletableFuture.supplyAsync(this::take, loop).join();
        return taken.isEmpty() ? Optional.empty() : Optional.of(Samples.of(taken));
    }

    private List<Long> take() {
        List<Long> taken = micros;
        micros = new ArrayList<>();
        return taken;
    }

    void stop() {
        loop.execute(() -> stopped = true);
    }
}
