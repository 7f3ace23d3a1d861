package io.tombolo.catalog.origin;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.PayloadWriter;
import io.tombolo.catalog.record.Position;
import io.tombolo.catalog.record.RecordKeys;
import io.tombolo.catalog.record.RecordSigner;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.trustbundle.key.Sha256;
import io.tombolo.wire.log.Kind;
import java.time.Instant;

/** Writes the next record of the own catalog, with the digest that the live set has then. */
public final class OriginWriter {
    private final RecordSigner signer;

    public OriginWriter(RecordSigner signer) {
        this.signer = signer;
    }

    /**
     * Publishes a value, new or instead of the one under its key.
     * @param own as it is with everything signed so far applied
     * @param seq above every seq that was ever used
     */
    public SignedRecord publish(OriginState own, Payload payload, long term, long seq, Instant now) {
        Kind kind = RecordKeys.kindOf(payload);
        byte[] hash = Sha256.of(PayloadWriter.bytes(payload).toByteArray());
        var position = new Position(signer.epoch(), term, seq);
        ByteString digest = base(own).digestWith(RecordKeys.of(payload, signer.origin()), kind, position, hash);
        return signer.sign(payload, term, seq, now, digest);
    }

    /** Withdraws what is under a key. */
    public SignedRecord withdraw(OriginState own, String key, Kind kind, long term, long seq, Instant now) {
        return signer.withdraw(key, kind, term, seq, now, base(own).digestWithout(key));
    }

    /** Whether another key than the writer's signed a record of the own catalog. */
    public boolean isOfAnotherKey(SignedRecord record) {
        return !record.keyId().equals(ByteString.copyFrom(signer.publicKey().keyId()));
    }

    /** Publishes what is kept under a key once more, withdrawals too, with the writer's key. */
    public SignedRecord again(OriginState own, SignedRecord kept, long term, long seq) {
        var position = new Position(signer.epoch(), term, seq);
        ByteString digest = kept.withdrawn()
                ? own.digestWithout(kept.key())
                : own.digestWith(kept.key(), kept.kind(), position, kept.payloadHash());
        return signer.again(kept, term, seq, digest);
    }

    /** Whether publishing {@code payload} would say anything new. */
    public boolean isNews(OriginState own, Payload payload) {
        return own.position().epoch() != signer.epoch()
                || own.live(RecordKeys.of(payload, signer.origin()))
                        .filter(live -> live.equals(payload)
                                || PayloadWriter.bytes(live).equals(PayloadWriter.bytes(payload)))
                        .isEmpty();
    }

    /** The first record of an epoch stands alone: what the epoch before left is gone with it. */
    private OriginState base(OriginState own) {
        return own.position().epoch() == signer.epoch() ? own : OriginState.of(signer.origin());
    }
}
