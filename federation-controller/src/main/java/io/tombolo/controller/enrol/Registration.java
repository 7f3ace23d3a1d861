package io.tombolo.controller.enrol;

import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.model.name.InstanceId;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A proxy that this controller knows.
 * @param node     its node key: whoever holds the private half is this proxy
 * @param role     from the token, for ever
 * @param instance chosen by the controller
 * @param seenAt   last registration or renewal
 * @param pod      the pod's uid, if it is one
 */
public record Registration(
        Ed25519PublicKey node, ProxyRole role, InstanceId instance, Instant seenAt, Optional<String> pod) {
    /** Of no pod. */
    public Registration(Ed25519PublicKey node, ProxyRole role, InstanceId instance, Instant seenAt) {
        this(node, role, instance, seenAt, Optional.empty());
    }

    Registration seen(Instant now) {
        return new Registration(node, role, instance, now, pod);
    }

    /** Whether it is not known any more at {@code now}. A pod that is gone never comes back; others may have slept. */
    boolean isForgotten(Instant now) {
        Duration remembered = pod.isPresent() ? Registrations.POD_REMEMBERED : Registrations.REMEMBERED;
        return !seenAt.plus(remembered).isAfter(now);
    }
}
