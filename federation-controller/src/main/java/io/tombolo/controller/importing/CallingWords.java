package io.tombolo.controller.importing;

import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.ServiceAddresses;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.wire.codec.FeedEntry;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a workload is told of services: of those of its cluster, and of those that it may call. Pure.
 * @param imports   that it may call
 * @param federated of the view that {@code imports} are of
 * @param addresses that are known of services
 */
record CallingWords(
        ServingWords serving,
        List<ImportedService> imports,
        List<ImportedService> federated,
        SortedMap<ServiceName, ServiceAddresses> addresses,
        FailoverEntries.Basis failover,
        SpiffeId caller)
        implements Told.Basis {
    @Override
    public boolean isLike(Told.Basis other) {
        return other instanceof CallingWords that
                && serving.isLike(that.serving)
                && imports == that.imports
                && federated == that.federated
                && addresses == that.addresses
                && failover.isLike(that.failover);
    }

    void say(Told.Words words, ProxyRole role) {
        serving.say(words, role);
        imports.forEach(imported -> words.add(imported, () -> Stream.of(new FeedEntry.Imported(imported))));
        KnownAddresses.of(addresses, imports.stream().map(ImportedService::service))
                .forEach(known -> words.add(known, () -> Stream.of(new FeedEntry.Addresses(known))));
        FailoverEntries.of(failover, imports).forEach(words::add);
        TrafficPolicies.of(serving.local(), role, imports).forEach(policy -> words.add(new FeedEntry.Traffic(policy)));
        var surroundings =
                new RouteSurroundings(imports, exported(), serving.local().grants());
        Routes.of(serving.local().routes(), surroundings, caller.namespace())
                .forEach(route -> words.add(new FeedEntry.Route(route)));
    }

    /** The services that some cluster exports now. */
    private Set<ServiceName> exported() {
        return federated.stream()
                .filter(imported -> imported.withdrawnAt().isEmpty())
                .map(ImportedService::service)
                .collect(Collectors.toSet());
    }
}
