package io.tombolo.catalog.audit;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.members.Verified;
import io.tombolo.catalog.record.Applied;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.RecordSigner;
import io.tombolo.catalog.record.Refusal;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.model.fault.Fault;
import java.time.Instant;
import java.util.Map;

/**
 * The end of one origin's audit chain.
 * @param index of the last entry; 0 = none
 * @param head  hash of the last entry; empty = none
 */
public record AuditChain(long index, ByteString head) {
    /** No entry yet. */
    public static final AuditChain EMPTY = new AuditChain(0, ByteString.EMPTY);

    /**
     * Signs the next entry; {@link #then} it when it is stored.
     * @param actor   a context's user name, a SPIFFE id, or {@code controller}
     * @param action  verb.object, such as {@code token.create}
     * @param details facts; never a secret
     */
    public SignedRecord next(
            RecordSigner signer,
            long term,
            String actor,
            String action,
            String subject,
            Map<String, String> details,
            Instant now) {
        var entry = new Payload.Audit(index + 1, head, now, actor, action, subject, details);
        return signer.sign(entry, term, entry.index(), now);
    }

    /** After {@code entry}. */
    public AuditChain then(SignedRecord entry) {
        return new AuditChain(entry.position().seq(), entry.hash());
    }

    /** Follows another origin's chain: OLD_RECORD for what is behind, DIGEST_MISMATCH where an entry is missing. */
    public Applied<AuditChain> apply(Verified verified) {
        return Applied.orRefused(this, () -> {
            SignedRecord record = verified.record();
            if (!(record.payload() instanceof Payload.Audit entry)
                    || entry.index() != record.position().seq()) {
                throw Refusal.of(Fault.MALFORMED_RECORD, "record " + record, "its index is not its seq");
            }
            if (entry.index() == index && record.hash().equals(head)) {
                return Applied.known(this);
            }
            if (entry.index() <= index) {
                throw Refusal.of(Fault.OLD_RECORD, "record " + record, "entry " + index + " came before");
            }
            if (entry.index() == index + 1 && !entry.prevHash().equals(head)) {
                throw Refusal.of(Fault.DIGEST_MISMATCH, "record " + record, "it does not follow entry " + index);
            }
            // After a gap (retention) the chain goes on from here; the pulse's head tells whether it is the right one.
            return Applied.changed(then(record));
        });
    }
}
