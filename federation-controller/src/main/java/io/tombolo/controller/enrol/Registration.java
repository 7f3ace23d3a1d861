package io.tombolo.controller.enrol;

import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.model.name.InstanceId;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import java.time.Instant;

/**
 * A proxy that this controller knows.
 * @param node     its node key: whoever holds the private half is this proxy
 * @param role     from the token, for ever
 * @param instance chosen by the controller
 * @param seenAt   last registration or renewal
 */
public record Registration(Ed25519PublicKey node, ProxyRole role, InstanceId instance, Instant seenAt) {
    Registration seen(Instant now) {
        return new Registration(node, role, instance, now);
    }
}
