package io.tombolo.trustbundle.x509;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.trustbundle.key.P256Key;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An SVID to be issued; the caller has proven everything in it.
 * @param publicKey on P-256
 * @param id        who the holder is
 * @param dnsName   the text of an {@code InstanceName}
 * @param now       the issuer's time
 * @param life      1 s to 30 d; cut to what is left of the CA's
 */
public record SvidRequest(PublicKey publicKey, SpiffeId id, Optional<String> dnsName, Instant now, Duration life) {
    /** Longest life. */
    public static final Duration MAX_LIFE = Duration.ofDays(30);

    private static final int MAX_DNS_LENGTH = 253;

    public SvidRequest {
        check(P256Key.isP256(publicKey), id, "its key is not on P-256");
        check(life.toSeconds() >= 1 && life.compareTo(MAX_LIFE) <= 0, id, "its life " + life + " is not 1 s to 30 d");
        check(dnsName.map(SvidRequest::isDnsName).orElse(true), id, "its DNS name is not one");
    }

    private static boolean isDnsName(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_DNS_LENGTH
                && text.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.');
    }

    private static void check(boolean holds, SpiffeId id, String what) {
        if (!holds) {
            throw new TomboloException(Fault.BAD_KEY, "SVID for " + id, what, "send a request for a new key on P-256");
        }
    }
}
