package io.tombolo.model.catalog;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationId;
import io.tombolo.model.name.FederationName;
import io.tombolo.model.name.Locality;
import io.tombolo.model.name.TrustDomain;
import java.util.Optional;

/**
 * The cluster that a proxy belongs to.
 * @param control where a gateway passes control connections on to; empty for sidecars
 */
public record OwnCluster(
        ClusterId cluster,
        FederationName federation,
        FederationId federationId,
        TrustDomain trustDomain,
        Locality locality,
        Optional<HostPort> control) {}
