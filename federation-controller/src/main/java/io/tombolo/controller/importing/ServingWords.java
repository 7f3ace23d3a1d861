package io.tombolo.controller.importing;

import io.tombolo.controller.exporting.LocalService;
import io.tombolo.controller.exporting.LocalServices;
import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.model.catalog.WorkloadEndpoint;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.wire.codec.FeedEntry;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a proxy is told of the services of its own cluster. Pure.
 * @param endpoints workloads without a sidecar, as they were found; for gateways only
 */
record ServingWords(LocalServices local, ImportSettings settings, List<WorkloadEndpoint> endpoints)
        implements Told.Basis {
    @Override
    public boolean isLike(Told.Basis other) {
        return other instanceof ServingWords that && local == that.local && endpoints.equals(that.endpoints);
    }

    void say(Told.Words words, ProxyRole role) {
        local.all().forEach(service -> words.add(service, () -> of(service, role)));
        endpoints.forEach(endpoint -> words.add(new FeedEntry.Endpoint(endpoint)));
        Policies.of(local, role).forEach(policy -> words.add(new FeedEntry.Authorization(policy)));
    }

    private Stream<FeedEntry> of(LocalService service, ProxyRole role) {
        boolean gateway = role instanceof ProxyRole.Gateway;
        boolean exported = service.export().isPresent();
        if (service.ports().isEmpty()) {
            return Stream.empty();
        }
        TrustDomain own = settings.own().trustDomain();
        Stream<FeedEntry> served = (gateway ? exported : service.isServedBy(role))
                ? Stream.of(new FeedEntry.Served(service.served(own)))
                : Stream.empty();
        Stream<FeedEntry> instances = !gateway || exported
                ? LocalInstances.of(service, own).stream().map(FeedEntry.Local::new)
                : Stream.empty();
        return Stream.concat(served, instances);
    }
}
