package io.tombolo.controller.importing;

import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.view.CatalogView;
import io.tombolo.catalog.view.OriginView;
import io.tombolo.controller.exporting.LocalServices;
import io.tombolo.controller.health.EndpointTable;
import io.tombolo.controller.health.PathTable;
import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.model.catalog.ClusterGateways;
import io.tombolo.model.catalog.Freshness;
import io.tombolo.model.catalog.MemberEntry;
import io.tombolo.model.catalog.OriginFreshness;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.catalog.WorkloadEndpoint;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.trustbundle.bundle.TrustBundle;
import io.tombolo.wire.codec.FeedEntry;
import io.tombolo.wire.feed.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The feed of a member's proxies, from the view of the federation and from what is local. Remembers of each role what it was told
 * last, so that a change costs what changed.
 */
public final class ProxyFeed implements FeedSource {
    private final ImportSettings settings;
    private final Supplier<Optional<CatalogView>> view;
    private final Supplier<LocalServices> services;
    private final PathTable paths;
    private final EndpointTable endpoints;
    private final KnownAddresses addresses;
    private final FailoverEntries failover;
    private final Supplier<TrustBundle> ownBundle;
    private final Map<ProxyRole, Told> roles = new ConcurrentHashMap<>();

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
            Told told = roles.computeIfAbsent(role, _ -> new Told());
            synchronized (told) {
                return entries(told, now, role);
            }
        });
    }

    @Override
    public void keepOnly(Set<ProxyRole> wanted) {
        roles.keySet().retainAll(wanted);
    }

    private SortedMap<String, Entry> entries(Told told, CatalogView now, ProxyRole role) {
        LocalServices local = services.get();
        if (role instanceof ProxyRole.Names) {
            return new NamesFeed(settings, local, addresses.now(), ownBundle.get()).of(now, told);
        }
        List<FeedEntry> first = new ArrayList<>();
        addTrust(first, now, role);
        addRoutes(first, now);
        return switch (role) {
            case ProxyRole.Workload workload -> {
                var basis = callers(told, now, local, workload);
                yield told.say(first, basis, words -> basis.say(words, role));
            }
            default -> {
                var basis = new ServingWords(local, settings, endpoints(local, role));
                yield told.say(first, basis, words -> basis.say(words, role));
            }
        };
    }

    private CallingWords callers(Told told, CatalogView now, LocalServices local, ProxyRole.Workload workload) {
        SpiffeId caller = workload.idIn(settings.own().trustDomain());
        var all = new Imports(settings, now, local);
        return new CallingWords(
                new ServingWords(local, settings, List.of()),
                all.visibleTo(caller, told.imports()),
                now.imports(),
                addresses.now(),
                failover.basis(now),
                caller);
    }

    /** Addresses of workloads are for nobody but gateways. */
    private List<WorkloadEndpoint> endpoints(LocalServices local, ProxyRole role) {
        return role instanceof ProxyRole.Gateway
                ? local.all().stream()
                        .flatMap(service -> service.reachable().stream())
                        .map(endpoints::look)
                        .toList()
                : List.of();
    }

    private void addTrust(List<FeedEntry> entries, CatalogView now, ProxyRole role) {
        entries.add(
                settings.entry(role instanceof ProxyRole.Gateway ? Optional.of(settings.control()) : Optional.empty()));
        entries.add(MembersNewsEntry.of(now));
        entries.add(new FeedEntry.Dialing(settings.dialing()));
        for (MemberEntry member : now.members().entries()) {
            entries.add(new FeedEntry.Member(member));
        }
        entries.add(settings.bundle(ownBundle.get()));
        others(now)
                .forEach(origin -> origin.bundle()
                        .ifPresent(b -> entries.add(
                                new FeedEntry.Bundle(b.trustDomain(), b.sequence(), b.jwks(), origin.cluster()))));
        now.origins().forEach(origin -> addRevocations(entries, origin));
    }

    private static void addRevocations(List<FeedEntry> entries, OriginView origin) {
        int number = 0;
        for (Payload.Revocation revoked : origin.revocations()) {
            String name = origin.cluster() + "-" + number++;
            entries.add(new FeedEntry.Revocation(
                    name, revoked.id(), revoked.serial(), origin.member().trustDomain()));
        }
    }

    private void addRoutes(List<FeedEntry> entries, CatalogView now) {
        for (OriginView origin : others(now)) {
            ClusterId cluster = origin.cluster();
            List<PathHealth> measured = paths.best().stream()
                    .filter(path -> path.cluster().equals(cluster))
                    .map(ProxyFeed::coarse)
                    .toList();
            entries.add(new FeedEntry.Gateways(new ClusterGateways(
                    cluster,
                    origin.gateways(),
                    SpiffeId.gateway(origin.member().trustDomain()),
                    measured,
                    now.trusted(cluster))));
            Freshness freshness = origin.age().map(age -> age.freshness()).orElse(Freshness.STALE);
            entries.add(new FeedEntry.Fresh(new OriginFreshness(cluster, freshness, now.cutOff())));
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
}
