package io.tombolo.dataplane.feed;

import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.verify.VerifiedPeer;
import java.math.BigInteger;
import java.util.Optional;

/**
 * An identity that is no longer believed, though its certificate still verifies.
 * @param trustDomain whose cluster revoked it
 * @param id          all certificates of this id; or empty
 * @param serial      this one certificate of {@code trustDomain}; or empty
 */
public record Revocation(TrustDomain trustDomain, Optional<SpiffeId> id, Optional<BigInteger> serial) {
    /** Whether {@code peer} is meant. */
    public boolean hits(VerifiedPeer peer) {
        return peer.id().trustDomain().equals(trustDomain)
                && (id.map(peer.id()::equals).orElse(false)
                        || serial.map(peer.serial()::equals).orElse(false));
    }
}
