package io.tombolo.controller.importing;

import io.tombolo.catalog.view.CatalogView;
import io.tombolo.controller.exporting.LocalServices;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.ImportedService.Source;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.ServiceAddresses;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.name.ServiceName;
import io.tombolo.trustbundle.bundle.TrustBundle;
import io.tombolo.wire.codec.FeedEntry;
import io.tombolo.wire.feed.Entry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * What the one that answers for names is told: the name, kind, ports and addresses of each service that anybody exports, whoever may call it,
 * because who may is decided where calls are served; of headless services the ready instances of this cluster, and whether anybody is
 * ready anywhere. No members, gateways, routes or policies, and no id that may answer elsewhere. A pure function.
 */
record NamesFeed(
        ImportSettings settings,
        LocalServices local,
        SortedMap<ServiceName, ServiceAddresses> addresses,
        TrustBundle ownBundle) {
    /** @param told what was said the last time */
    SortedMap<String, Entry> of(CatalogView now, Told told) {
        List<FeedEntry> first =
                List.of(settings.entry(Optional.empty()), settings.bundle(ownBundle), MembersNewsEntry.of(now));
        return told.say(first, new Basis(now.imports(), local, addresses), words -> say(words, now.imports()));
    }

    private record Basis(
            List<ImportedService> imports, LocalServices local, SortedMap<ServiceName, ServiceAddresses> addresses)
            implements Told.Basis {
        @Override
        public boolean isLike(Told.Basis other) {
            return other instanceof Basis that
                    && imports == that.imports
                    && local == that.local
                    && addresses == that.addresses;
        }
    }

    private void say(Told.Words words, List<ImportedService> imports) {
        List<ImportedService> services = imports.stream()
                .filter(service -> service.withdrawnAt().isEmpty())
                .toList();
        for (ImportedService service : services) {
            words.add(service, () -> Stream.of(new FeedEntry.Imported(named(service))));
            addInstances(words, service);
        }
        KnownAddresses.of(addresses, services.stream().map(ImportedService::service))
                .forEach(known -> words.add(known, () -> Stream.of(new FeedEntry.Addresses(known))));
    }

    private void addInstances(Told.Words words, ImportedService service) {
        if (service.type() == ServiceType.HEADLESS) {
            local.find(service.service()).stream()
                    .flatMap(here -> LocalInstances.there(here, settings.own().trustDomain()).stream())
                    .filter(instance -> instance.state() == InstanceState.READY)
                    .forEach(instance -> words.add(new FeedEntry.Local(instance)));
        }
    }

    private ImportedService named(ImportedService service) {
        List<Source> sources =
                service.type() == ServiceType.HEADLESS && !service.sources().isEmpty()
                        ? List.of(all(service))
                        : List.of();
        return new ImportedService(
                service.service(), service.ports(), service.type(), service.affinity(), sources, Optional.empty());
    }

    /** Whether anybody is ready in any cluster, as if it were one of this one's; not said if one of them does not say it. */
    private Source all(ImportedService service) {
        Source first = service.sources().getFirst();
        boolean known =
                service.sources().stream().allMatch(source -> source.health().isPresent());
        boolean anybody = service.sources().stream()
                .flatMap(source -> source.health().stream())
                .anyMatch(health -> health.ready() > 0);
        int ready = anybody ? 1 : 0;
        Optional<ServiceHealth> counts = known
                ? Optional.of(new ServiceHealth(service.service(), ready, ready, 0, 0, List.of()))
                : Optional.empty();
        return new Source(
                settings.own().cluster(),
                settings.locality(),
                Set.of(),
                Set.of(),
                first.mode(),
                counts,
                first.createdAt());
    }
}
