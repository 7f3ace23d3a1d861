package io.tombolo.controller.importing;

import com.google.protobuf.ByteString;
import io.tombolo.controller.identity.Membership;
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.OwnCluster;
import io.tombolo.model.name.Locality;
import io.tombolo.trustbundle.bundle.TrustBundle;
import io.tombolo.wire.codec.FeedEntry;
import java.util.Optional;

/**
 * What does not change while this cluster is a member.
 * @param control where gateways pass control connections on to
 * @param dialing which addresses of other clusters' gateways are dialled
 */
public record ImportSettings(Membership own, Locality locality, HostPort control, AddressRules dialing) {
    /** The cluster, as its proxies are told. */
    FeedEntry entry(Optional<HostPort> reached) {
        return new FeedEntry.Own(new OwnCluster(
                own.cluster(), own.federation(), own.federationId(), own.trustDomain(), locality, reached));
    }

    /** Its roots, as its proxies are told. */
    FeedEntry bundle(TrustBundle roots) {
        return new FeedEntry.Bundle(
                roots.trustDomain(), roots.sequence(), ByteString.copyFrom(roots.toJwks()), own.cluster());
    }
}
