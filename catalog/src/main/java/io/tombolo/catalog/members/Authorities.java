package io.tombolo.catalog.members;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.record.AuthorityKey;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.Refusal;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.name.ClusterId;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Who may sign records of the members log: those that the genesis names, until an {@code AuthorityChange} that one of them
 * or the recovery key signed. Changes form a chain, so none can be left out or put in between.
 */
record Authorities(
        SignedRecord genesis,
        Payload.Genesis founding,
        List<SignedRecord> changes,
        List<AuthorityKey> keys,
        List<AuthorityKey> former) {
    Authorities {
        changes = List.copyOf(changes);
        keys = List.copyOf(keys);
        former = List.copyOf(former);
    }

    /** @param record one whose hash is the federation's id */
    static Authorities of(SignedRecord record, Payload.Genesis genesis) {
        var authorities = new Authorities(record, genesis, List.of(), genesis.authorities(), List.of());
        authorities.requireAuthority(record);
        return authorities;
    }

    boolean includes(ClusterId cluster) {
        return keys.stream().anyMatch(key -> key.cluster().equals(cluster));
    }

    /** Refuses what no authority signed; the recovery key is none. */
    void requireAuthority(SignedRecord record) {
        if (!isSignedByOne(record, keys)) {
            throw Refusal.of(Fault.BAD_SIGNATURE, "record " + record, "no authority signed it");
        }
    }

    /** For records that were verified before: one that is no authority any more may have signed them when it was one. */
    void requireAuthorityOnce(SignedRecord record) {
        if (!isSignedByOne(record, former)) {
            requireAuthority(record);
        }
    }

    private static boolean isSignedByOne(SignedRecord record, List<AuthorityKey> keys) {
        return keys.stream()
                .anyMatch(key -> key.cluster().equals(record.origin()) && record.isSignedBy(key.publicKey()));
    }

    /** Whether this very record was applied. */
    boolean knows(SignedRecord record) {
        return genesis.equals(record) || changes.contains(record);
    }

    Authorities changed(SignedRecord record, Payload.AuthorityChange change) {
        if (!isRecovery(record)) {
            requireAuthority(record);
        }
        requireNext(record, change);
        var next = new ArrayList<>(changes);
        next.add(record);
        var before = new ArrayList<>(former);
        before.addAll(keys);
        return new Authorities(genesis, founding, next, change.authorities(), before);
    }

    private boolean isRecovery(SignedRecord record) {
        Ed25519PublicKey recovery = founding.recoveryKey();
        return record.keyId().equals(ByteString.copyFrom(recovery.keyId())) && record.isSignedBy(recovery);
    }

    private void requireNext(SignedRecord record, Payload.AuthorityChange change) {
        if (change.version() <= changes.size()) {
            throw Refusal.of(Fault.FORKED_MEMBERS, "record " + record, "there is another change of that version");
        }
        if (change.version() != changes.size() + 1L || !change.prevHash().equals(lastHash())) {
            throw Refusal.of(Fault.FORKED_MEMBERS, "record " + record, "it does not follow the last change");
        }
    }

    ByteString lastHash() {
        return changes.isEmpty() ? genesis.hash() : changes.getLast().hash();
    }
}
