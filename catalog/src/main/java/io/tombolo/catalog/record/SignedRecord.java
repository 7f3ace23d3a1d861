package io.tombolo.catalog.record;

import com.google.protobuf.ByteString;
import io.tombolo.model.name.ClusterId;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import io.tombolo.trustbundle.key.Sha256;
import io.tombolo.wire.log.Envelope;
import io.tombolo.wire.log.Kind;
import io.tombolo.wire.log.Log;
import io.tombolo.wire.log.SignedEnvelope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A record with the right shape: sizes, fields, key and payload fit each other. Who signed it is not decided yet; that is
 * {@link #isSignedBy}. Only {@link RecordReader} makes one. Equal when hash and signature are.
 */
public final class SignedRecord {
    private final SignedEnvelope signed;
    private final Envelope envelope;
    private final ClusterId origin;
    private final Payload payload;
    private final ByteString hash;

    SignedRecord(SignedEnvelope signed, Envelope envelope, ClusterId origin, Payload payload) {
        this.signed = signed;
        this.envelope = envelope;
        this.origin = origin;
        this.payload = payload;
        this.hash = ByteString.copyFrom(Sha256.of(signed.getEnvelope().toByteArray()));
    }

    /** Whether {@code key} is the one that the record names and its signature fits. About 0.1 ms. */
    public boolean isSignedBy(Ed25519PublicKey key) {
        return keyId().equals(ByteString.copyFrom(key.keyId()))
                && key.verify(
                        RecordFormat.signedBytes(signed.getEnvelope()),
                        signed.getSignature().toByteArray());
    }

    /** What was signed, to be signed again. */
    Envelope.Builder draft() {
        return envelope.toBuilder();
    }

    public SignedEnvelope signed() {
        return signed;
    }

    /** The cluster that says it wrote this. */
    public ClusterId origin() {
        return origin;
    }

    public Payload payload() {
        return payload;
    }

    /** SHA-256 of the envelope bytes; what chains and ids refer to. */
    public ByteString hash() {
        return hash;
    }

    /** SHA-256 of the payload bytes; what the live digest refers to. */
    public byte[] payloadHash() {
        return Sha256.of(envelope.getPayload().toByteArray());
    }

    public ByteString federationId() {
        return envelope.getFederationId();
    }

    public Log log() {
        return envelope.getLog();
    }

    /** UNRECOGNIZED for a kind that only a newer version knows. */
    public Kind kind() {
        return envelope.getKind();
    }

    public String key() {
        return envelope.getKey();
    }

    public Position position() {
        return new Position(envelope.getEpoch(), envelope.getTerm(), envelope.getSeq());
    }

    public boolean withdrawn() {
        return envelope.getWithdrawn();
    }

    /** By the origin's clock. */
    public Instant issuedAt() {
        return Instant.ofEpochMilli(envelope.getIssuedAtMs());
    }

    /** Digest of the origin's live set with this record applied; empty outside the catalog. */
    public ByteString liveDigest() {
        return envelope.getLiveDigest();
    }

    public ByteString keyId() {
        return signed.getKeyId();
    }

    /** The Kafka record's key. */
    public byte[] kafkaKey() {
        return key().getBytes(StandardCharsets.UTF_8);
    }

    /** The Kafka record's value. */
    public byte[] kafkaValue() {
        return RecordFormat.kafkaValue(signed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedRecord that && signed.equals(that.signed);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    /** {@code west exported-service/shop/checkout epoch 1 term 2 seq 30}. */
    @Override
    public String toString() {
        return origin + " " + key() + " " + position();
    }
}
