package io.tombolo.dataplane.outcome;

import io.tombolo.model.outcome.Blame;
import io.tombolo.model.traffic.EjectionPolicy;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The evidence about endpoints. One loop's own; every method takes the monotonic time at which something was seen. */
public final class Outcomes {
    /** Most endpoints remembered; the longest unused one is forgotten first. */
    public static final int MAX_ENDPOINTS = 4_096;

    private static final Backoff UNREACHABLE = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(10));
    private static final double CLEARLY = 2;

    /** Who answered so lately is there, whatever becomes of one more connection. */
    private static final long ANSWERS_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long FORGIVEN_AFTER_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final RandomGenerator random;
    private long version;
    private final Map<EndpointKey, EndpointRecord> records = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<EndpointKey, EndpointRecord> eldest) {
            return size() > MAX_ENDPOINTS && eldest.getValue().inFlight == 0;
        }
    };

    public Outcomes(RandomGenerator random) {
        this.random = random;
    }

    /** Grows whenever who may be picked changed, except by time passing. */
    public long version() {
        return version;
    }

    /** A request goes out. Must be followed by {@link #ended}. */
    public void began(EndpointKey endpoint, long nowNanos) {
        EndpointRecord record = record(endpoint);
        record.inFlight++;
        record.usedNanos = nowNanos;
    }

    /** A request that went out is over, however it ended. */
    public void ended(EndpointKey endpoint) {
        EndpointRecord record = records.get(endpoint);
        if (record != null && record.inFlight > 0) {
            record.inFlight--;
        }
    }

    /** It answered, and nobody is to blame. */
    public void succeeded(EndpointKey endpoint, long latencyNanos, long nowNanos) {
        EndpointRecord record = record(endpoint);
        record.failuresInARow = 0;
        record.failed(false);
        record.latency(latencyNanos, nowNanos);
        reached(record);
        if (record.ejected && record.ejectedUntilNanos - nowNanos <= 0) {
            record.ejected = false;
        }
        if (nowNanos - record.ejectedUntilNanos > FORGIVEN_AFTER_NANOS) {
            record.ejections = 0;
        }
    }

    /**
     * Something went wrong. Only what the application or its sidecar did counts against the endpoint. It is ejected after
     * enough failures in a row, unless its siblings do not do clearly better: then ejecting it would help nobody.
     * @param siblings all endpoints of the same service port that are known now, itself included or not
     * @return whether it was ejected by this
     */
    public boolean failed(
            EndpointKey endpoint, Blame blame, EjectionPolicy policy, Collection<EndpointKey> siblings, long nowNanos) {
        if (!blame.againstInstance()) {
            return false;
        }
        EndpointRecord record = record(endpoint);
        record.failuresInARow++;
        record.failed(true);
        if (record.failuresInARow < policy.ejectAfter()
                || record.isEjected(nowNanos)
                || !mayEject(endpoint, policy, siblings, nowNanos)
                || !isWorse(record, endpoint, siblings)) {
            return false;
        }
        record.failuresInARow = 0;
        record.ejections++;
        record.ejected = true;
        var backoff = new Backoff(policy.ejectFor(), policy.longest());
        record.ejectedUntilNanos = nowNanos + backoff.nanos(record.ejections, random);
        version++;
        return true;
    }

    /** Twice as often failing as the others are on average, as far as these were called. */
    private boolean isWorse(EndpointRecord record, EndpointKey endpoint, Collection<EndpointKey> siblings) {
        double sum = 0;
        int called = 0;
        for (EndpointKey sibling : siblings) {
            EndpointRecord other = sibling.equals(endpoint) ? null : records.get(sibling);
            if (other != null && other.wasCalled()) {
                sum += other.failureShare();
                called++;
            }
        }
        return called == 0 || record.failureShare() >= CLEARLY * sum / called;
    }

    private boolean mayEject(
            EndpointKey endpoint, EjectionPolicy policy, Collection<EndpointKey> siblings, long nowNanos) {
        int total = 1;
        int out = 0;
        for (EndpointKey sibling : siblings) {
            if (!sibling.equals(endpoint)) {
                total++;
                out += isUsable(sibling, nowNanos) ? 0 : 1;
            }
        }
        return out + 1 < total && out + 1 <= Math.max(1, policy.maxShare() * total) && policy.maxShare() > 0;
    }

    /** No connection to it could be made, though the path to it worked: skipped for a moment, without being ejected. */
    public void refused(EndpointKey endpoint, long nowNanos) {
        EndpointRecord record = record(endpoint);
        record.refusalsInARow++;
        record.unreachable = true;
        record.unreachableUntilNanos = nowNanos + UNREACHABLE.nanos(record.refusalsInARow, random);
        version++;
    }

    /** A handshake with it took too long: says the same, unless it answered others meanwhile. */
    public void late(EndpointKey endpoint, long nowNanos) {
        @Nullable EndpointRecord record = records.get(endpoint);
        if (record == null || !record.answeredSince(nowNanos - ANSWERS_NANOS)) {
            refused(endpoint, nowNanos);
        }
    }

    /** A connection to it was made. */
    public void connected(EndpointKey endpoint) {
        EndpointRecord record = records.get(endpoint);
        if (record != null) {
            reached(record);
        }
    }

    private void reached(EndpointRecord record) {
        if (record.unreachable) {
            record.unreachable = false;
            record.refusalsInARow = 0;
            version++;
        }
    }

    /** Whether it may be picked now. */
    public boolean isUsable(EndpointKey endpoint, long nowNanos) {
        @Nullable EndpointRecord record = records.get(endpoint);
        return record == null || !(record.isEjected(nowNanos) || record.isUnreachable(nowNanos));
    }

    public boolean isEjected(EndpointKey endpoint, long nowNanos) {
        @Nullable EndpointRecord record = records.get(endpoint);
        return record != null && record.isEjected(nowNanos);
    }

    /** Expected wait behind it, relative to others; an endpoint that nobody measured yet is cheap and so gets tried. */
    public double cost(EndpointKey endpoint) {
        @Nullable EndpointRecord record = records.get(endpoint);
        return record == null ? 0 : record.cost();
    }

    /** Endpoints that are ejected now. */
    public int ejectedCount(long nowNanos) {
        return (int) records.values().stream()
                .filter(record -> record.isEjected(nowNanos))
                .count();
    }

    private EndpointRecord record(EndpointKey endpoint) {
        return records.computeIfAbsent(endpoint, unknown -> new EndpointRecord());
    }
}
