package io.tombolo.controller.join;

import io.tombolo.controller.identity.SigningKeys;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import java.util.List;

/** Signatures by which a member changes the keys that sign its records. */
interface KeyProofs {
    /**
     * What is asked for, of which {@link io.tombolo.trustbundle.proof.ProofText#changeSigningKeys} makes the text.
     * @param exporter the channel binding of the connection to the authority
     * @param keys     all that the member wants to have
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Asked(byte[] exporter, long issuedAtMillis, List<Ed25519PublicKey> keys) {
        public Asked {
            keys = List.copyOf(keys);
        }
    }

    /** By a key that the members list. */
    byte[] asMember(byte[] text);

    /** By {@code key}, which may be new to them; empty if nobody here has it. */
    byte[] possession(Ed25519PublicKey key, Asked asked, byte[] text);

    /** By the keys on this disk: the present one, and the next one. */
    static KeyProofs of(SigningKeys keys) {
        return new KeyProofs() {
            @Override
            public byte[] asMember(byte[] text) {
                return keys.present().sign(text);
            }

            @Override
            public byte[] possession(Ed25519PublicKey key, Asked asked, byte[] text) {
                return keys.next()
                        .filter(made -> made.publicKey().equals(key))
                        .map(made -> made.sign(text))
                        .orElse(new byte[0]);
            }
        };
    }
}
