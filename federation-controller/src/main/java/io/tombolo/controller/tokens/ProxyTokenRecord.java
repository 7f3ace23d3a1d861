package io.tombolo.controller.tokens;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import java.time.Instant;
import java.util.Optional;

/**
 * What is kept of one workload or gateway token.
 * @param node    the node key that used it
 * @param blocked a second key tried it, so that one of the two is a thief: neither gets anything more
 */
public record ProxyTokenRecord(
        TokenId id,
        Ed25519PublicKey key,
        ProxyRole role,
        Instant expiresAt,
        Optional<Ed25519PublicKey> node,
        boolean blocked) {
    /** What came of a use. */
    public sealed interface Use {
        /** The token as it must be stored before the answer. */
        ProxyTokenRecord token();

        /** The node may register. */
        record Granted(ProxyTokenRecord token) implements Use {}

        /** A second key used it: alarm. */
        record Alarm(ProxyTokenRecord token) implements Use {}
    }

    /** @throws TomboloException WORKLOAD_TOKEN_REFUSED */
    public Use use(Ed25519PublicKey by, Instant now) {
        if (blocked) {
            throw refused("is blocked because two keys used it");
        }
        if (node.isEmpty() && !now.isBefore(expiresAt)) {
            throw refused("expired at " + expiresAt);
        }
        return node.isPresent() && !node.get().equals(by)
                ? new Use.Alarm(new ProxyTokenRecord(id, key, role, expiresAt, node, true))
                : new Use.Granted(new ProxyTokenRecord(id, key, role, expiresAt, Optional.of(by), false));
    }

    TomboloException refused(String what) {
        return new TomboloException(
                Fault.WORKLOAD_TOKEN_REFUSED, "token " + id.hex(), what, "create a new one and tell nobody");
    }
}
