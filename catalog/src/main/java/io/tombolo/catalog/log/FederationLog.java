package io.tombolo.catalog.log;

import io.tombolo.catalog.freshness.FreshnessSettings;
import io.tombolo.catalog.freshness.Leases;
import io.tombolo.catalog.freshness.MembersNews;
import io.tombolo.catalog.members.MembersLog;
import io.tombolo.catalog.members.Verified;
import io.tombolo.catalog.origin.OriginState;
import io.tombolo.catalog.pulse.PulseBoard;
import io.tombolo.catalog.record.Applied;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.RecordReader;
import io.tombolo.catalog.record.Refusal;
import io.tombolo.catalog.record.Refusals;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.catalog.record.Verdict;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.wire.log.Log;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Everything that was read of a federation and believed. Immutable. */
public final class FederationLog {
    private final MembersLog members;
    private final TreeMap<ClusterId, OriginLog> origins;
    private final PulseBoard pulses;
    private final Leases leases;
    private final Refusals refusals;
    private final MembersNews news;

    private FederationLog(
            MembersLog members,
            TreeMap<ClusterId, OriginLog> origins,
            PulseBoard pulses,
            Leases leases,
            Refusals refusals,
            MembersNews news) {
        this.news = news;
        this.members = members;
        this.origins = origins;
        this.pulses = pulses;
        this.leases = leases;
        this.refusals = refusals;
    }

    /**
     * A log to be read from its beginning, or from where a snapshot ends.
     * @param members at least {@link MembersLog#of} the federation's id
     * @param origins from the snapshot or the outbox; may be empty
     */
    public static FederationLog of(
            MembersLog members, Iterable<OriginState> origins, FreshnessSettings settings, Now now) {
        var byCluster = new TreeMap<ClusterId, OriginLog>();
        Leases leases = Leases.start(settings, members.admitted().size(), now.nanos());
        for (OriginState origin : origins) {
            byCluster.put(origin.cluster(), OriginLog.of(origin.cluster()).with(origin));
            leases = leases.known(origin.cluster(), now.nanos());
        }
        MembersNews news = MembersNews.of(settings.maxBlind(), Duration.ZERO, now.nanos());
        return new FederationLog(members, byCluster, PulseBoard.EMPTY, leases, Refusals.NONE, news);
    }

    /**
     * Looks at one Kafka record.
     * @param log   of the topic
     * @param owner the cluster that the topic belongs to; empty for topics that all write
     * @return refused records change nothing but the count of refusals
     */
    public Applied<FederationLog> apply(
            Log log, Optional<ClusterId> owner, byte @Nullable [] key, byte @Nullable [] value, Now now) {
        String counted = owner.map(ClusterId::value).orElse(log.name());
        try {
            return apply(RecordReader.read(log, key, value), owner, now);
        } catch (TomboloException refused) {
            return counted(counted, new Verdict.Refused(refused.fault(), refused.where() + ": " + refused.what()), now);
        }
    }

    /** Looks at a record that came another way: signed here, from a peer, at joining. */
    public Applied<FederationLog> apply(SignedRecord record, Now now) {
        return apply(record, Optional.of(record.origin()), now);
    }

    private Applied<FederationLog> apply(SignedRecord record, Optional<ClusterId> owner, Now now) {
        String counted = owner.orElse(record.origin()).value();
        Applied<FederationLog> applied = Applied.orRefused(this, () -> believed(record, owner, now));
        return applied.verdict() instanceof Verdict.Refused refused
                ? applied.state().counted(counted, refused, now)
                : applied;
    }

    private Applied<FederationLog> believed(SignedRecord record, Optional<ClusterId> owner, Now now) {
        return switch (record.log()) {
            case LOG_MEMBERS -> withMembers(members.apply(record));
            case LOG_CATALOG -> {
                Verified verified = verified(record, owner);
                yield inOrigin(record.origin(), now, log -> mapped(log.catalog().apply(verified), log::with));
            }
            case LOG_HEALTH -> {
                Verified verified = verified(record, owner);
                yield inOrigin(record.origin(), now, log -> mapped(log.health().apply(verified), log::with));
            }
            case LOG_AUDIT -> {
                Verified verified = members.verify(record);
                yield inOrigin(record.origin(), now, log -> mapped(log.audit().apply(verified), log::with));
            }
            case LOG_PULSE -> pulse(members.verify(record), now);
            case LOG_UNSPECIFIED, UNRECOGNIZED ->
                throw Refusal.of(Fault.MALFORMED_RECORD, "record " + record, "its log is unknown");
        };
    }

    private Verified verified(SignedRecord record, Optional<ClusterId> owner) {
        if (owner.filter(cluster -> !cluster.equals(record.origin())).isPresent()) {
            throw Refusal.of(Fault.WRONG_KEY, "record " + record, "it was found in the topic of " + owner.get());
        }
        return members.verify(record);
    }

    /** A forked record is refused and yet changes the list, if it is the one that counts. */
    private Applied<FederationLog> withMembers(Applied<MembersLog> applied) {
        MembersLog next = applied.state();
        Leases counted = leases.withMembers(next.admitted().size());
        return new Applied<>(new FederationLog(next, origins, pulses, counted, refusals, news), applied.verdict());
    }

    private Applied<FederationLog> inOrigin(ClusterId cluster, Now now, Function<OriginLog, Applied<OriginLog>> step) {
        OriginLog before = origins.getOrDefault(cluster, OriginLog.of(cluster));
        Applied<OriginLog> applied = step.apply(before);
        if (!applied.verdict().changedSomething()) {
            return new Applied<>(this, applied.verdict());
        }
        var next = new TreeMap<>(origins);
        next.put(cluster, applied.state());
        Leases known = leases.known(cluster, now.nanos());
        return new Applied<>(new FederationLog(members, next, pulses, known, refusals, news), applied.verdict());
    }

    private Applied<FederationLog> pulse(Verified verified, Now now) {
        Applied<PulseBoard> applied = pulses.apply(verified);
        if (!applied.verdict().changedSomething()) {
            return new Applied<>(this, applied.verdict());
        }
        SignedRecord record = verified.record();
        Duration offset = Duration.between(now.wall(), record.issuedAt());
        Leases heard = leases.heard(record.origin(), offset, now.nanos());
        var pulse = (Payload.Pulse) record.payload();
        return new Applied<>(
                new FederationLog(members, origins, applied.state(), heard, refusals, news)
                        .compared(record.origin(), record.position().epoch(), pulse),
                applied.verdict());
    }

    private FederationLog compared(ClusterId cluster, long epoch, Payload.Pulse pulse) {
        OriginLog origin = origins.get(cluster);
        return origin == null
                ? this
                : with(cluster, origin.catalog().comparedWith(epoch, pulse.catalogSeq(), pulse.liveDigest()));
    }

    /** The reader is at the end of an origin's topic: compares what it has with what the origin signed. */
    public FederationLog atTail(ClusterId cluster) {
        OriginLog origin = origins.get(cluster);
        return origin == null ? this : with(cluster, origin.catalog().comparedAtTail());
    }

    /**
     * The own pulse was read back.
     * @param writtenNanos when it was handed to Kafka
     */
    public FederationLog ownPulseReadBack(long writtenNanos, Now now) {
        Leases proven = leases.ownPulseReadBack(writtenNanos, now.nanos());
        return new FederationLog(members, origins, pulses, proven, refusals, news);
    }

    /** The members are known to be {@code age} old; for a log that begins from a snapshot. */
    public FederationLog withNewsAge(Duration age, Now now) {
        MembersNews kept = MembersNews.of(news.maxBlind(), age, now.nanos());
        return new FederationLog(members, origins, pulses, leases, refusals, kept);
    }

    /**
     * Takes the newest pulse of {@code origin} as news of the members, if it names no newer list than this one.
     * @param origin another cluster than the reader's own
     */
    public FederationLog newsFrom(ClusterId origin, Now now) {
        return pulses.record(origin)
                .filter(pulse -> isNoNewer((Payload.Pulse) pulse.payload()))
                .map(pulse -> news.heard(Duration.between(pulse.issuedAt(), now.wall()), now.nanos()))
                .map(heard -> new FederationLog(members, origins, pulses, leases, refusals, heard))
                .orElse(this);
    }

    private boolean isNoNewer(Payload.Pulse pulse) {
        return pulse.membersVersion() < members.version()
                || (pulse.membersVersion() == members.version()
                        && pulse.membersHead().equals(members.head()));
    }

    private FederationLog with(ClusterId cluster, OriginState state) {
        var next = new TreeMap<>(origins);
        next.put(cluster, origins.getOrDefault(cluster, OriginLog.of(cluster)).with(state));
        return new FederationLog(members, next, pulses, leases, refusals, news);
    }

    private Applied<FederationLog> counted(String origin, Verdict.Refused refused, Now now) {
        Refusals more = refusals.plus(origin, refused, now.wall());
        return new Applied<>(new FederationLog(members, origins, pulses, leases, more, news), refused);
    }

    private static <S> Applied<OriginLog> mapped(Applied<S> applied, Function<S, OriginLog> put) {
        return new Applied<>(put.apply(applied.state()), applied.verdict());
    }

    public MembersLog members() {
        return members;
    }

    public PulseBoard pulses() {
        return pulses;
    }

    public Leases leases() {
        return leases;
    }

    public MembersNews news() {
        return news;
    }

    public Refusals refusals() {
        return refusals;
    }

    /** What a cluster wrote, whatever its state is now; empty if nothing was read. */
    public Optional<OriginLog> origin(ClusterId cluster) {
        return Optional.ofNullable(origins.get(cluster));
    }

    /** All of them, by cluster: for the snapshot. */
    public Map<ClusterId, OriginLog> origins() {
        return java.util.Collections.unmodifiableSortedMap(origins);
    }

    /** What an admitted member wrote in its present epoch; empty for all others: an epoch that is over stays dead. */
    public Optional<OriginLog> live(ClusterId cluster) {
        return members.member(cluster)
                .filter(member -> member.state() == MemberState.ADMITTED)
                .flatMap(member -> origin(cluster).flatMap(log -> log.inEpoch(member.epoch())));
    }
}
