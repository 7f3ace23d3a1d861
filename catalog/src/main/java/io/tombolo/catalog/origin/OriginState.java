package io.tombolo.catalog.origin;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.members.Verified;
import io.tombolo.catalog.record.Applied;
import io.tombolo.catalog.record.Kinds;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.Position;
import io.tombolo.catalog.record.Refusal;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.name.ClusterId;
import io.tombolo.wire.log.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The catalog of one cluster as far as it was read and verified. Immutable. Also the origin itself uses it, to know the
 * digest that its next record must name.
 */
public final class OriginState {
    /** Most keys of one origin, withdrawn ones included; {@code catalog.origin.max-keys}. */
    public static final int MAX_KEYS = 65_536;

    private final ClusterId cluster;
    private final Position position;
    private final Buckets<SignedRecord> records;
    private final ByKind byKind;
    private final LiveDigest digest;
    private final ByteString signedDigest;
    private final Completeness completeness;

    private OriginState(
            ClusterId cluster,
            Position position,
            Buckets<SignedRecord> records,
            ByKind byKind,
            LiveDigest digest,
            ByteString signedDigest,
            Completeness completeness) {
        this.cluster = cluster;
        this.position = position;
        this.records = records;
        this.byKind = byKind;
        this.digest = digest;
        this.signedDigest = signedDigest;
        this.completeness = completeness;
    }

    /** Nothing was read yet. */
    public static OriginState of(ClusterId cluster) {
        return new OriginState(
                cluster,
                Position.BEFORE_ALL,
                Buckets.empty(),
                ByKind.EMPTY,
                LiveDigest.EMPTY,
                LiveDigest.EMPTY.value(),
                new Completeness.Unknown());
    }

    /**
     * Applies one record. The first one of a new epoch discards everything of the old one.
     * @return refused: OLD_RECORD, WRONG_KEY (another cluster's), OUTSIDE_GRANT, RECORD_TOO_LARGE
     */
    public Applied<OriginState> apply(Verified verified) {
        return Applied.orRefused(this, () -> {
            SignedRecord record = verified.record();
            if (!record.origin().equals(cluster)) {
                throw Refusal.of(Fault.WRONG_KEY, "record " + record, "it was found in the catalog of " + cluster);
            }
            Optional<SignedRecord> before = records.get(record.key());
            if (before.filter(record::equals).isPresent()) {
                return Applied.known(this);
            }
            if (!record.position().isAfter(position)) {
                throw Refusal.of(Fault.OLD_RECORD, "record " + record, position + " was read before");
            }
            OriginState base = record.position().epoch() > position.epoch() ? of(cluster) : this;
            OriginRules.check(verified, base.records.get(record.key()));
            return Applied.changed(base.with(record));
        });
    }

    private OriginState with(SignedRecord record) {
        Optional<SignedRecord> before = records.get(record.key());
        if (records.size() >= MAX_KEYS && before.isEmpty()) {
            throw Refusal.of(Fault.RECORD_TOO_LARGE, "record " + record, "its origin has " + MAX_KEYS + " keys");
        }
        Buckets<SignedRecord> next = records.with(record.key(), record);
        LiveDigest nextDigest = digestWith(record);
        var undecided = new Completeness.Unknown();
        ByKind nextByKind = byKind.with(record, before);
        return new OriginState(
                cluster, record.position(), next, nextByKind, nextDigest, record.liveDigest(), undecided);
    }

    private LiveDigest digestWith(SignedRecord record) {
        if (!Kinds.inDigest(record.kind())) {
            return digest;
        }
        return record.withdrawn()
                ? digest.without(record.key())
                : digest.with(record.key(), record.position(), record.payloadHash());
    }

    /**
     * Compares at the tail: nothing newer is in the topic, so the live set must have the digest of the last record. Before
     * the tail a difference says nothing, because compaction takes records out of the middle.
     */
    public OriginState comparedAtTail() {
        return with(digest.value().equals(signedDigest) ? complete() : new Completeness.Mismatch(position));
    }

    /**
     * Compares with what a pulse of this origin says.
     * @param epoch of the pulse
     * @param seq   last one that the origin published
     * @param named digest of its live set then
     */
    public OriginState comparedWith(long epoch, long seq, ByteString named) {
        if (epoch != position.epoch() && position.epoch() != 0) {
            return epoch > position.epoch() ? with(new Completeness.Behind(position, seq)) : this;
        }
        if (seq > position.seq()) {
            return with(new Completeness.Behind(position, seq));
        }
        if (seq < position.seq()) {
            return this;
        }
        return with(digest.value().equals(named) ? complete() : new Completeness.Mismatch(position));
    }

    private Completeness complete() {
        return new Completeness.Complete(position);
    }

    private OriginState with(Completeness found) {
        return new OriginState(cluster, position, records, byKind, digest, signedDigest, found);
    }

    /** At least at {@code highWater}: what a snapshot says was read, though its last record may be collected since. */
    public OriginState notBefore(Position highWater) {
        return highWater.isAfter(position)
                ? new OriginState(cluster, highWater, records, byKind, digest, signedDigest, completeness)
                : this;
    }

    public ClusterId cluster() {
        return cluster;
    }

    /** Of the last record that was applied. */
    public Position position() {
        return position;
    }

    /** Digest of the live set, computed. */
    public ByteString digest() {
        return digest.value();
    }

    /** Digest that the last applied record named. */
    public ByteString signedDigest() {
        return signedDigest;
    }

    public Completeness completeness() {
        return completeness;
    }

    /** Number of live keys in the digest. */
    public int liveKeys() {
        return digest.size();
    }

    /** What {@code digest()} will be once {@code key} holds a payload, for the writer. */
    public ByteString digestWith(String key, Kind kind, Position at, byte[] payloadHash) {
        return Kinds.inDigest(kind) ? digest.with(key, at, payloadHash).value() : digest.value();
    }

    /** What {@code digest()} will be once {@code key} is withdrawn, for the writer. */
    public ByteString digestWithout(String key) {
        return digest.without(key).value();
    }

    /** The record under a key, withdrawn or not. */
    public Optional<SignedRecord> record(String key) {
        return records.get(key);
    }

    /** The payload under a key, unless it is withdrawn. */
    public Optional<Payload> live(String key) {
        return records.get(key).filter(record -> !record.withdrawn()).map(SignedRecord::payload);
    }

    /** All live payloads of one kind, by key; the same object while nothing of the kind changes. */
    public <P extends Payload> List<P> live(Class<P> kind) {
        return byKind.payloads(kind);
    }

    /** The same as records, by key; the same object while nothing of the kind changes. */
    public List<SignedRecord> liveRecords(Class<? extends Payload> kind) {
        return byKind.records(kind);
    }

    /** What was published and is gone, by key; the same object while nothing is withdrawn and nothing of it comes back. */
    public List<SignedRecord> withdrawn() {
        return byKind.records(Payload.Withdrawn.class);
    }

    /** Whether this and {@code other} hold the same records, as far as that costs nothing to see. */
    public boolean isUnchangedSince(OriginState other) {
        return records == other.records && cluster.equals(other.cluster);
    }

    /** Every record that is kept, in the order in which it was applied: for the snapshot. */
    public List<SignedRecord> all() {
        return records.values()
                .sorted(Comparator.comparing(SignedRecord::position))
                .toList();
    }
}
