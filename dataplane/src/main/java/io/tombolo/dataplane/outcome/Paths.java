package io.tombolo.dataplane.outcome;

import io.tombolo.model.catalog.PathHealth;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The evidence about paths. A path is down after one failed dial and up after one handshake; in between it is probed, quickly
 * at first. One loop's own; time is handed in.
 */
public final class Paths {
    /** Most paths remembered. */
    public static final int MAX_PATHS = 1_024;

    /** Losses of different endpoints within this time are the path's doing. */
    private static final long TOGETHER_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final Backoff PROBE = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
    private static final double RTT_WEIGHT = 0.3;

    private final RandomGenerator random;
    private final Map<PathKey, Known> known = new HashMap<>();
    private long version;

    public Paths(RandomGenerator random) {
        this.random = random;
    }

    /** Grows whenever a path went up or down. */
    public long version() {
        return version;
    }

    /** A handshake through it worked, or a probe of it. */
    public void worked(PathKey path, long rttNanos) {
        Known of = of(path);
        of.failures = 0;
        of.rttNanos = of.rttNanos == 0 ? rttNanos : (long) (of.rttNanos * (1 - RTT_WEIGHT) + rttNanos * RTT_WEIGHT);
        of.losses.clear();
        of.silent = false;
        become(of, PathHealth.State.UP);
    }

    /**
     * Connections through it are open, and nothing comes back: it is down, and what was sent by it is not answered.
     * @return whether that is news
     */
    public boolean fellSilent(PathKey path, long nowNanos) {
        Known of = of(path);
        become(of, PathHealth.State.DOWN);
        if (of.silent) {
            return false;
        }
        of.silent = true;
        of.silentSinceNanos = nowNanos;
        return true;
    }

    /** Whether nothing comes back by it, since it was last seen to work. */
    public boolean isSilent(PathKey path) {
        @Nullable Known of = known.get(path);
        return of != null && of.silent;
    }

    /** Whether nothing has come back by it for {@code nanos}. */
    public boolean isSilentFor(PathKey path, long nanos, long nowNanos) {
        @Nullable Known of = known.get(path);
        return of != null && of.silent && nowNanos - of.silentSinceNanos >= nanos;
    }

    /**
     * It did not answer.
     * @return nanoseconds after which it should be probed
     */
    public long failed(PathKey path) {
        Known of = of(path);
        of.failures++;
        become(of, PathHealth.State.DOWN);
        return PROBE.nanos(of.failures, random);
    }

    /**
     * An established connection through it broke. That says nothing alone; two endpoints at once say that it is the path.
     * @return whether the path is held to be down now
     */
    public boolean lost(PathKey path, EndpointKey endpoint, long nowNanos) {
        Known of = of(path);
        of.losses.addLast(new Loss(endpoint, nowNanos));
        while (of.losses.size() > 64 || nowNanos - of.losses.getFirst().atNanos() > TOGETHER_NANOS) {
            of.losses.removeFirst();
        }
        Set<EndpointKey> endpoints = new HashSet<>();
        of.losses.forEach(loss -> endpoints.add(loss.endpoint()));
        if (endpoints.size() >= 2) {
            become(of, PathHealth.State.DOWN);
            return true;
        }
        return false;
    }

    /** It leads elsewhere now: nothing that was known of it holds. */
    public void forget(PathKey path) {
        if (known.remove(path) != null) {
            version++;
        }
    }

    /** What own evidence says; UNKNOWN without any. */
    public PathHealth.State state(PathKey path) {
        @Nullable Known of = known.get(path);
        return of == null ? PathHealth.State.UNKNOWN : of.state;
    }

    /** Smoothed time of a TCP handshake; 0 = not measured. */
    public long rttNanos(PathKey path) {
        @Nullable Known of = known.get(path);
        return of == null ? 0 : of.rttNanos;
    }

    private void become(Known of, PathHealth.State state) {
        if (of.state != state) {
            of.state = state;
            version++;
        }
    }

    private Known of(PathKey path) {
        if (known.size() >= MAX_PATHS && !known.containsKey(path)) {
            known.clear();
        }
        return known.computeIfAbsent(path, unknown -> new Known());
    }

    private record Loss(EndpointKey endpoint, long atNanos) {}

    private static final class Known {
        private PathHealth.State state = PathHealth.State.UNKNOWN;
        private int failures;
        private long rttNanos;
        private boolean silent;
        private long silentSinceNanos;
        private final Deque<Loss> losses = new ArrayDeque<>();
    }
}
