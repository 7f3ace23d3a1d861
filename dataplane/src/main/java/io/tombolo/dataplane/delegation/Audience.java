package io.tombolo.dataplane.delegation;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationName;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.trustbundle.svid.InstanceName;
import io.tombolo.trustbundle.verify.VerifiedPeer;
import java.util.Optional;

/** The one gateway process that a delegation is for, as its certificate proved it. */
public record Audience(SpiffeId id, InstanceId instance) {
    /** Empty if the peer is no gateway of that cluster. Its trust domain is for the caller to compare. */
    public static Optional<Audience> of(VerifiedPeer peer, ClusterId cluster, FederationName federation) {
        SpiffeId id = peer.id();
        return InstanceName.gateway(peer.instanceName(), cluster, federation)
                .filter(_ -> id.isGateway())
                .map(instance -> new Audience(id, instance));
    }
}
