package io.tombolo.controller.importing;

import io.tombolo.controller.exporting.LocalService;
import io.tombolo.controller.exporting.LocalServices;
import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.trustbundle.bundle.TrustBundle;
import io.tombolo.wire.codec.FeedCodec;
import io.tombolo.wire.codec.FeedEntry;
import io.tombolo.wire.feed.Entry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The feed of a cluster that is no member any more: its own services go on among themselves, nobody else's are there. */
public final class LocalFeed implements FeedSource {
    private final ImportSettings settings;
    private final Supplier<LocalServices> services;
    private final Supplier<TrustBundle> ownBundle;

    public LocalFeed(ImportSettings settings, Supplier<LocalServices> services, Supplier<TrustBundle> ownBundle) {
        this.settings = settings;
        this.services = services;
        this.ownBundle = ownBundle;
    }

    @Override
    public Optional<SortedMap<String, Entry>> entriesFor(ProxyRole role) {
        SortedMap<String, Entry> entries = new TreeMap<>();
        put(entries, settings.entry(Optional.empty()));
        put(entries, settings.bundle(ownBundle.get()));
        if (role instanceof ProxyRole.Workload workload) {
            LocalServices local = services.get();
            List<LocalService> known = local.all().stream()
                    .filter(service -> !service.ports().isEmpty())
                    .toList();
            known.forEach(service -> add(entries, service, role));
            List<ImportedService> imports = known.stream()
                    .map(service -> Imports.onlyLocal(settings, service))
                    .toList();
            Policies.of(local, role).forEach(policy -> put(entries, new FeedEntry.Authorization(policy)));
            TrafficPolicies.of(local, role, imports).forEach(policy -> put(entries, new FeedEntry.Traffic(policy)));
            var surroundings = new RouteSurroundings(imports, Set.of(), local.grants());
            Routes.of(local.routes(), surroundings, workload.namespace())
                    .forEach(route -> put(entries, new FeedEntry.Route(route)));
        }
        return Optional.of(entries);
    }

    private void add(SortedMap<String, Entry> entries, LocalService service, ProxyRole role) {
        var trustDomain = settings.own().trustDomain();
        if (service.isServedBy(role)) {
            put(entries, new FeedEntry.Served(service.unexported().served(trustDomain)));
        }
        put(entries, new FeedEntry.Imported(Imports.onlyLocal(settings, service)));
        LocalInstances.of(service, trustDomain).forEach(instance -> put(entries, new FeedEntry.Local(instance)));
    }

    private static void put(SortedMap<String, Entry> entries, FeedEntry entry) {
        entries.put(entry.key(), FeedCodec.toWire(entry));
    }
}
