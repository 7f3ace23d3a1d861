package io.tombolo.catalog.origin;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether signing keys of an origin may be removed: only once the log holds nothing under any key of the catalog that one of
 * them signed, for whoever begins to read afterwards refuses that, and would hold an incomplete origin for the true one. What
 * is in a compacted topic once stays there until its origin replaces it, so what holds for one reader holds for all. Pure.
 */
public final class KeyRemoval {
    private KeyRemoval() {}

    /**
     * Looks for what is in the way.
     * @param read    the origin's catalog as the log has it; empty = nothing of it was read
     * @param staying the keys that the origin would have
     * @return a sentence; empty if nothing is
     */
    public static Optional<String> hindrance(Optional<OriginState> read, Collection<Ed25519PublicKey> staying) {
        if (read.isEmpty() || !(read.get().completeness() instanceof Completeness.Complete)) {
            return Optional.of("its catalog was not read to its end here");
        }
        Set<ByteString> ids =
                staying.stream().map(key -> ByteString.copyFrom(key.keyId())).collect(Collectors.toSet());
        long others = read.get().all().stream()
                .map(SignedRecord::keyId)
                .filter(id -> !ids.contains(id))
                .count();
        return others == 0
                ? Optional.empty()
                : Optional.of(others + " of its records are signed by a key that would be gone");
    }
}
