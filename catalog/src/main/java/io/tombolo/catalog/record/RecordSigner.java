package io.tombolo.catalog.record;

import com.google.protobuf.ByteString;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationId;
import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import io.tombolo.wire.log.Envelope;
import io.tombolo.wire.log.Kind;
import io.tombolo.wire.log.Log;
import io.tombolo.wire.log.SignedEnvelope;
import java.time.Instant;

/** Signs records of one origin and epoch. Holds a private key; immutable, safe on any thread that may block for 0.1 ms. */
public final class RecordSigner {
    private final ByteString federation;
    private final ClusterId origin;
    private final long epoch;
    private final Ed25519Key key;

    private RecordSigner(ByteString federation, ClusterId origin, long epoch, Ed25519Key key) {
        this.federation = federation;
        this.origin = origin;
        this.epoch = epoch;
        this.key = key;
    }

    /** @param key one that the members log binds to (origin, epoch), or an authority's */
    public RecordSigner(FederationId federation, ClusterId origin, long epoch, Ed25519Key key) {
        this(ByteString.copyFrom(federation.bytes()), origin, epoch, key);
    }

    /** Signs the record that founds a federation; {@code key} is one of the authorities it names. */
    public static SignedRecord genesis(Payload.Genesis genesis, ClusterId origin, Ed25519Key key) {
        return new RecordSigner(ByteString.EMPTY, origin, 1, key)
                .sign(genesis, 0, 1, genesis.foundedAt(), ByteString.EMPTY);
    }

    public ClusterId origin() {
        return origin;
    }

    public long epoch() {
        return epoch;
    }

    /**
     * Signs a payload of the logs without a digest: members, health, pulse, audit.
     * @param seq strictly increasing within this log
     */
    public SignedRecord sign(Payload payload, long term, long seq, Instant now) {
        return sign(payload, term, seq, now, ByteString.EMPTY);
    }

    /**
     * Signs a payload.
     * @param liveDigest of the live set with this payload applied; empty outside the catalog
     * @throws io.tombolo.model.fault.TomboloException if the payload would be refused by readers
     */
    public SignedRecord sign(Payload payload, long term, long seq, Instant now, ByteString liveDigest) {
        Kind kind = RecordKeys.kindOf(payload);
        return finish(draft(RecordKeys.of(payload, origin), kind, term, seq, now)
                .setPayload(PayloadWriter.bytes(payload))
                .setLiveDigest(liveDigest));
    }

    /** Signs that what was under {@code key} is gone. */
    public SignedRecord withdraw(String key, Kind kind, long term, long seq, Instant now, ByteString liveDigest) {
        return finish(draft(key, kind, term, seq, now).setWithdrawn(true).setLiveDigest(liveDigest));
    }

    /**
     * Signs once more what an older key of the same origin and epoch signed, at a place after all others. It says what it
     * said, and when; only who vouches for it is new.
     */
    public SignedRecord again(SignedRecord record, long term, long seq, ByteString liveDigest) {
        return finish(record.draft().setTerm(term).setSeq(seq).setLiveDigest(liveDigest));
    }

    public Ed25519PublicKey publicKey() {
        return key.publicKey();
    }

    private Envelope.Builder draft(String recordKey, Kind kind, long term, long seq, Instant now) {
        Log log = Kinds.log(kind);
        return Envelope.newBuilder()
                .setFederationId(federation)
                .setLog(log)
                .setOrigin(origin.value())
                .setEpoch(epoch)
                .setTerm(term)
                .setSeq(seq)
                .setKey(recordKey)
                .setKind(kind)
                .setSchemaVersion(RecordFormat.SCHEMA_VERSION)
                .setIssuedAtMs(now.toEpochMilli());
    }

    private SignedRecord finish(Envelope.Builder draft) {
        ByteString envelope = draft.build().toByteString();
        SignedEnvelope signed = SignedEnvelope.newBuilder()
                .setEnvelope(envelope)
                .setSignature(ByteString.copyFrom(key.sign(RecordFormat.signedBytes(envelope))))
                .setKeyId(ByteString.copyFrom(key.publicKey().keyId()))
                .build();
        SignedRecord record = RecordReader.reopen(signed);
        int limit = record.log() == Log.LOG_PULSE ? RecordFormat.MAX_PULSE_BYTES : RecordFormat.MAX_RECORD_BYTES;
        if (record.kafkaValue().length > limit) {
            throw Refusal.of(
                    io.tombolo.model.fault.Fault.RECORD_TOO_LARGE, "record " + record, "more than " + limit + " bytes");
        }
        return record;
    }
}
