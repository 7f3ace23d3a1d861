package io.tombolo.trustbundle.x509;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.key.P256Key;
import java.security.PublicKey;

/** The one rule for keys in certificates. */
final class Keys {
    private Keys() {}

    static void requireP256(PublicKey key) {
        if (!P256Key.isP256(key)) {
            throw new TomboloException(
                    Fault.BAD_KEY, "public key for " + key.getAlgorithm(), "is not on P-256", "make one on P-256");
        }
    }
}
