package io.tombolo.controller.backbone;

import io.tombolo.model.name.ClusterId;

/**
 * An admitted member as Kafka must know it.
 * @param authority whether it may also write {@code members} and administer the federation's topics and ACLs
 */
public record BackboneMember(BackbonePrincipal principal, boolean authority) {
    public ClusterId cluster() {
        return principal.cluster();
    }
}
