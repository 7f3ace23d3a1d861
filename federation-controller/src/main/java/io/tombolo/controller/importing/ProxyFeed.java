package io.tombolo.controller.importing;

import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.view.CatalogView;
import io.tombolo.catalog.view.OriginView;
import io.tombolo.controller.exporting.LocalService;
import io.tombolo.controller.exporting.LocalServices;
import io.tombolo.controller.health.EndpointTable;
import io.tombolo.controller.health.PathTable;
import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.model.catalog.ClusterGateways;
import io.tombolo.model.catalog.Freshness;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.MemberEntry;
import io.tombolo.model.catalog.OriginFreshness;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.trustbundle.bundle.TrustBundle;
import io.tombolo.wire.codec.FeedCodec;
import io.tombolo.wire.codec.FeedEntry;
import io.tombolo.wire.feed.Entry;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The feed of a member's proxies, from the view of the federation and from what is local. */
public final class ProxyFeed implements FeedSource {
    private final ImportSettings settings;
    private final Supplier<Optional<CatalogView>> view;
    private final Supplier<LocalServices> services;
    private final PathTable paths;
    private final EndpointTable endpoints;
    private final KnownAddresses addresses;
    private final FailoverEntries failover;
    private final Supplier<TrustBundle> ownBundle;

    /** @param view empty while there is nothing to go by */
    public ProxyFeed(
            ImportSettings settings,
            Supplier<Optional<CatalogView>> view,
            Supplier<LocalServices> services,
            PathTable paths,
            EndpointTable endpoints,
            KnownAddresses addresses,
            FailoverEntries failover,
            Supplier<TrustBundle> ownBundle) {
        this.settings = settings;
        this.view = view;
        this.services = services;
        this.paths = paths;
        this.endpoints = endpoints;
        this.addresses = addresses;
        this.failover = failover;
        this.ownBundle = ownBundle;
    }

    @Override
    public Optional<SortedMap<String, Entry>> entriesFor(ProxyRole role) {
        return view.get().map(now -> {
            if (role instanceof ProxyRole.Names) {
                return new NamesFeed(settings, services.get(), addresses, ownBundle.get()).of(now);
            }
            SortedMap<String, Entry> entries = new TreeMap<>();
            addTrust(entries, now, role);
            addRoutes(entries, now);
            addServices(entries, now, role);
            return entries;
        });
    }

    private void addTrust(SortedMap<String, Entry> entries, CatalogView now, ProxyRole role) {
        put(
                entries,
                settings.entry(role instanceof ProxyRole.Gateway ? Optional.of(settings.control()) : Optional.empty()));
        put(entries, MembersNewsEntry.of(now));
        put(entries, new FeedEntry.Dialing(settings.dialing()));
        for (MemberEntry member : now.members().entries()) {
            put(entries, new FeedEntry.Member(member));
        }
        put(entries, settings.bundle(ownBundle.get()));
        others(now)
                .forEach(origin -> origin.bundle()
                        .ifPresent(b -> put(
                                entries,
                                new FeedEntry.Bundle(b.trustDomain(), b.sequence(), b.jwks(), origin.cluster()))));
        now.origins().forEach(origin -> addRevocations(entries, origin));
    }

    private static void addRevocations(SortedMap<String, Entry> entries, OriginView origin) {
        int number = 0;
        for (Payload.Revocation revoked : origin.revocations()) {
            String name = origin.cluster() + "-" + number++;
            put(
                    entries,
                    new FeedEntry.Revocation(
                            name,
                            revoked.id(),
                            revoked.serial(),
                            origin.member().trustDomain()));
        }
    }

    private void addRoutes(SortedMap<String, Entry> entries, CatalogView now) {
        for (OriginView origin : others(now)) {
            ClusterId cluster = origin.cluster();
            List<PathHealth> measured = paths.best().stream()
                    .filter(path -> path.cluster().equals(cluster))
                    .map(ProxyFeed::coarse)
                    .toList();
            put(
                    entries,
                    new FeedEntry.Gateways(new ClusterGateways(
                            cluster,
                            origin.gateways(),
                            SpiffeId.gateway(origin.member().trustDomain()),
                            measured,
                            now.trusted(cluster))));
            Freshness freshness = origin.age().map(age -> age.freshness()).orElse(Freshness.STALE);
            put(entries, new FeedEntry.Fresh(new OriginFreshness(cluster, freshness, now.cutOff())));
        }
    }

    private void addServices(SortedMap<String, Entry> entries, CatalogView now, ProxyRole role) {
        boolean gateway = role instanceof ProxyRole.Gateway;
        LocalServices local = services.get();
        for (LocalService service : local.all()) {
            boolean known = !service.ports().isEmpty();
            boolean answers = gateway ? service.export().isPresent() : service.isServedBy(role);
            if (known && answers) {
                put(entries, new FeedEntry.Served(service.served(settings.own().trustDomain())));
            }
            if (known && (!gateway || service.export().isPresent())) {
                LocalInstances.of(service, settings.own().trustDomain())
                        .forEach(instance -> put(entries, new FeedEntry.Local(instance)));
            }
        }
        if (gateway) { // addresses of workloads are for nobody else
            local.all().stream()
                    .flatMap(service -> service.reachable().stream())
                    .forEach(endpoint -> put(entries, new FeedEntry.Endpoint(endpoints.look(endpoint))));
        }
        Policies.of(local, role).forEach(policy -> put(entries, new FeedEntry.Authorization(policy)));
        if (role instanceof ProxyRole.Workload workload) {
            SpiffeId caller = workload.idIn(settings.own().trustDomain());
            var all = new Imports(settings, now, local);
            List<ImportedService> imports = all.visibleTo(caller);
            imports.forEach(imported -> put(entries, new FeedEntry.Imported(imported)));
            addresses
                    .of(imports.stream().map(ImportedService::service))
                    .forEach(known -> put(entries, new FeedEntry.Addresses(known)));
            failover.of(now, imports).forEach(entry -> put(entries, entry));
            TrafficPolicies.of(local, role, imports).forEach(policy -> put(entries, new FeedEntry.Traffic(policy)));
            var surroundings = new RouteSurroundings(imports, all.exported(), local.grants());
            Routes.of(local.routes(), surroundings, caller.namespace())
                    .forEach(route -> put(entries, new FeedEntry.Route(route)));
        }
    }

    /** Nobody else while it is not known who was evicted: local only. */
    private List<OriginView> others(CatalogView now) {
        if (now.blindness().isBlind()) {
            return List.of();
        }
        return now.origins().stream()
                .filter(origin -> !origin.cluster().equals(settings.own().cluster()))
                .toList();
    }

    /** A prior needs no precise round trip, and a new number each second would be a new state for every proxy. */
    private static PathHealth coarse(PathHealth path) {
        return new PathHealth(path.cluster(), path.gateway(), Integer.highestOneBit(path.rttMicros()), path.state());
    }

    private static void put(SortedMap<String, Entry> entries, FeedEntry entry) {
        entries.put(entry.key(), FeedCodec.toWire(entry));
    }
}
