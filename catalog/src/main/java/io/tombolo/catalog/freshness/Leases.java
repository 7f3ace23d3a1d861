package io.tombolo.catalog.freshness;

import io.tombolo.model.catalog.Freshness;
import io.tombolo.model.name.ClusterId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When each origin was heard, on a clock that stands still while this cluster is cut off: then silence says nothing about
 * the others. Cut off = no own pulse was read back in time. Until the first one was, this cluster counts as cut off.
 * @param members      number of admitted members, which sets the interval
 * @param startedNanos when this process began to listen
 * @param frozenNanos  total of earlier times of being cut off
 * @param provenNanos  when the newest own pulse that came back in time had been written
 */
public record Leases(
        FreshnessSettings settings,
        int members,
        long startedNanos,
        long frozenNanos,
        OptionalLong provenNanos,
        Map<ClusterId, Heard> heard) {
    public Leases {
        heard = Map.copyOf(heard);
    }

    /**
     * The last news of one origin.
     * @param atNanos    arrival
     * @param leaseNanos arrival on the clock that stands still
     * @param live       false: it is known from the disk only
     */
    public record Heard(long atNanos, long leaseNanos, Duration offset, boolean live) {}

    /** Nothing heard yet. */
    public static Leases start(FreshnessSettings settings, int members, long nowNanos) {
        return new Leases(settings, members, nowNanos, 0, OptionalLong.empty(), Map.of());
    }

    /** With another number of members. */
    public Leases withMembers(int count) {
        return new Leases(settings, count, startedNanos, frozenNanos, provenNanos, heard);
    }

    /** An origin that is known from the disk: STALE until it is heard, its lease begins now. */
    public Leases known(ClusterId origin, long nowNanos) {
        return heard.containsKey(origin)
                ? this
                : with(origin, new Heard(nowNanos, leaseTime(nowNanos), Duration.ZERO, false));
    }

    /**
     * A new pulse arrived.
     * @param offset its issue time minus the wall clock at arrival
     */
    public Leases heard(ClusterId origin, Duration offset, long nowNanos) {
        return with(origin, new Heard(nowNanos, leaseTime(nowNanos), offset, true));
    }

    /** An origin that is no member any more. */
    public Leases forgotten(ClusterId origin) {
        var next = new HashMap<>(heard);
        next.remove(origin);
        return new Leases(settings, members, startedNanos, frozenNanos, provenNanos, next);
    }

    /**
     * The own pulse came back.
     * @param writtenNanos when it was handed to Kafka; too long ago proves nothing
     */
    public Leases ownPulseReadBack(long writtenNanos, long nowNanos) {
        if (nowNanos - writtenNanos > proofNanos() || provenNanos.orElse(Long.MIN_VALUE) >= writtenNanos) {
            return this;
        }
        long thawed = frozenNanos + (cutOff(nowNanos) ? nowNanos - frozenSince() : 0);
        return new Leases(settings, members, startedNanos, thawed, OptionalLong.of(writtenNanos), heard);
    }

    /** Whether it is this cluster that is cut off from the backbone. */
    public boolean cutOff(long nowNanos) {
        return provenNanos.isEmpty() || nowNanos - provenNanos.getAsLong() > proofNanos();
    }

    /** How current an origin is; empty = nothing is known of it at all. */
    public Optional<OriginAge> of(ClusterId origin, long nowNanos) {
        return Optional.ofNullable(heard.get(origin)).map(last -> age(last, nowNanos));
    }

    private OriginAge age(Heard last, long nowNanos) {
        Duration used = Duration.ofNanos(leaseTime(nowNanos) - last.leaseNanos());
        boolean delayed = !last.live() || last.offset().abs().compareTo(settings.delayedBy()) > 0;
        return new OriginAge(
                freshness(used, delayed), Duration.ofNanos(nowNanos - last.atNanos()), used, delayed, last.offset());
    }

    private Freshness freshness(Duration used, boolean delayed) {
        if (used.compareTo(settings.leaseOf(members)) > 0) {
            return Freshness.EXPIRED;
        }
        return delayed || used.compareTo(settings.staleAfter(members)) > 0 ? Freshness.STALE : Freshness.FRESH;
    }

    private long leaseTime(long nowNanos) {
        return nowNanos - frozenNanos - (cutOff(nowNanos) ? nowNanos - frozenSince() : 0);
    }

    private long frozenSince() {
        return provenNanos.isPresent() ? provenNanos.getAsLong() + proofNanos() : startedNanos;
    }

    private long proofNanos() {
        return settings.proofOf(members).toNanos();
    }

    private Leases with(ClusterId origin, Heard last) {
        var next = new HashMap<>(heard);
        next.put(origin, last);
        return new Leases(settings, members, startedNanos, frozenNanos, provenNanos, next);
    }
}
