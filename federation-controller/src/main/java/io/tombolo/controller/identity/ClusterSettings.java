package io.tombolo.controller.identity;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationName;
import io.tombolo.model.name.Labels;
import io.tombolo.model.name.Locality;
import io.tombolo.model.name.TrustDomain;
import java.util.Map;
import java.util.Optional;

/**
 * What the operator says this cluster is.
 * @param labels      what others may choose it by
 * @param trustDomain empty = {@code <cluster>.<federation>.tombolo}, known when the cluster joins
 */
public record ClusterSettings(
        ClusterId cluster, Locality locality, Map<String, String> labels, Optional<TrustDomain> trustDomain) {
    private static final FederationName NONE_YET = new FederationName("unjoined");

    public ClusterSettings {
        labels = Labels.require(labels);
    }

    /** The trust domain that it will have in {@code federation}. */
    public TrustDomain trustDomainIn(FederationName federation) {
        return trustDomain.orElseGet(() -> TrustDomain.of(cluster, federation));
    }

    /** What its CA is named while it is in no federation. Nobody outside this cluster ever sees it. */
    public TrustDomain provisional() {
        return trustDomainIn(NONE_YET);
    }
}
