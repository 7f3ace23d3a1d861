package io.tombolo.controller.exporting;

import io.tombolo.controller.enrol.LiveProxy;
import io.tombolo.controller.enrol.OfferedPort;
import io.tombolo.controller.store.ResourceKind;
import io.tombolo.controller.store.Spec;
import io.tombolo.controller.store.StoredResource;
import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.model.authorization.AuthorizationPolicy;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.httproute.HttpRoute;
import io.tombolo.model.httproute.ReferenceGrant;
import io.tombolo.model.httproute.RouteRule;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.routing.FailoverRule;
import io.tombolo.model.traffic.TrafficPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The services of this cluster: what resources declare, and what sidecars offer under the account of the service's own name.
 * A pure function of resources, proxies and the ports that were known before. Immutable; from the one before ({@link #next}) only
 * services are made of which something changed.
 */
public final class LocalServices {
    private final List<StoredResource> resources;
    private final List<LiveProxy> proxies;
    private final Map<ServiceName, List<ExportedPort>> knownPorts;
    private final Map<ServiceName, Made> services;
    private final List<LocalService> all;
    private final List<HttpRoute> routes;
    private final List<ReferenceGrant> grants;
    private final List<AuthorizationPolicy> policies;
    private final List<TrafficPolicy> trafficPolicies;
    private final List<FailoverRule> failoverRules;

    /** A service, and all that it is a function of. */
    private record Made(
            List<StoredResource> said, List<LiveProxy> offering, List<ExportedPort> known, LocalService service) {
        private boolean isOf(List<StoredResource> nowSaid, List<LiveProxy> nowOffering, List<ExportedPort> nowKnown) {
            return said.equals(nowSaid) && offering.equals(nowOffering) && known.equals(nowKnown);
        }
    }

    private LocalServices(
            List<StoredResource> resources,
            List<LiveProxy> proxies,
            Map<ServiceName, List<ExportedPort>> knownPorts,
            Map<ServiceName, Made> services,
            List<LocalService> before) {
        this.resources = resources;
        this.proxies = proxies;
        this.knownPorts = knownPorts;
        this.services = services;
        this.all = sorted(services, before);
        this.routes = resources.stream().flatMap(LocalServices::route).toList();
        this.grants = resources.stream().flatMap(LocalServices::grant).toList();
        this.policies = resources.stream().flatMap(LocalServices::policy).toList();
        this.trafficPolicies =
                resources.stream().flatMap(LocalServices::trafficPolicy).toList();
        this.failoverRules =
                resources.stream().flatMap(LocalServices::failoverRule).toList();
    }

    /**
     * Computes them.
     * @param knownPorts ports that offers had when they were last seen: a service whose sidecars are all gone keeps them
     */
    public static LocalServices of(
            List<StoredResource> resources, List<LiveProxy> proxies, Map<ServiceName, List<ExportedPort>> knownPorts) {
        return new LocalServices(
                resources, proxies, knownPorts, made(resources, proxies, knownPorts, Map.of()), List.of());
    }

    /**
     * The same as {@link #of} says of these; a service of which nothing changed is the same object as in this one, and so is all of
     * it if nothing changed at all.
     */
    public LocalServices next(
            List<StoredResource> nowResources,
            List<LiveProxy> nowProxies,
            Map<ServiceName, List<ExportedPort>> nowKnown) {
        boolean same = resources.equals(nowResources) && proxies.equals(nowProxies) && knownPorts.equals(nowKnown);
        return same
                ? this
                : new LocalServices(
                        nowResources, nowProxies, nowKnown, made(nowResources, nowProxies, nowKnown, services), all);
    }

    /** In the order of before, as long as there are the same names. */
    private static List<LocalService> sorted(Map<ServiceName, Made> services, List<LocalService> before) {
        List<LocalService> all = new ArrayList<>(services.size());
        for (LocalService each : before) {
            @Nullable Made now = services.get(each.name());
            if (now != null) {
                all.add(now.service());
            }
        }
        if (all.size() < services.size()) {
            all.clear();
            services.values().forEach(made -> all.add(made.service()));
            all.sort(Comparator.comparing(LocalService::name));
        }
        return List.copyOf(all);
    }

    private static Map<ServiceName, Made> made(
            List<StoredResource> resources,
            List<LiveProxy> proxies,
            Map<ServiceName, List<ExportedPort>> knownPorts,
            Map<ServiceName, Made> before) {
        Map<ServiceName, List<StoredResource>> declared = new HashMap<>();
        resources.stream()
                .filter(r -> r.spec() instanceof Spec.OfService)
                .forEach(r -> declared.computeIfAbsent(r.key().name(), _ -> new ArrayList<>(2))
                        .add(r));
        Map<ServiceName, List<LiveProxy>> offering = offering(proxies);
        Set<ServiceName> names = new HashSet<>(declared.keySet());
        for (LiveProxy proxy : proxies) {
            proxy.offers().stream()
                    .map(OfferedPort::service)
                    .filter(service -> ownName(proxy.registration().role(), service))
                    .forEach(names::add);
        }
        Map<ServiceName, Made> services = new HashMap<>(2 * names.size());
        for (ServiceName name : names) {
            List<StoredResource> said = declared.getOrDefault(name, List.of());
            List<LiveProxy> offered = offering.getOrDefault(name, List.of());
            List<ExportedPort> known = knownPorts.getOrDefault(name, List.of());
            services.put(name, made(name, said, offered, known, Optional.ofNullable(before.get(name))));
        }
        return services;
    }

    private static Made made(
            ServiceName name,
            List<StoredResource> said,
            List<LiveProxy> offering,
            List<ExportedPort> known,
            Optional<Made> before) {
        return before.filter(last -> last.isOf(said, offering, known)).orElseGet(() -> {
            LocalService now = service(name, said, offering, known);
            LocalService same = before.map(Made::service).filter(now::equals).orElse(now);
            return new Made(said, offering, known, same);
        });
    }

    /** Who offers each service, in the order of {@code proxies}. */
    private static Map<ServiceName, List<LiveProxy>> offering(List<LiveProxy> proxies) {
        Map<ServiceName, List<LiveProxy>> offering = new HashMap<>();
        for (LiveProxy proxy : proxies) {
            proxy.offers().stream()
                    .map(OfferedPort::service)
                    .distinct()
                    .forEach(service -> offering.computeIfAbsent(service, _ -> new ArrayList<>())
                            .add(proxy));
        }
        return offering;
    }

    public Optional<LocalService> find(ServiceName name) {
        return Optional.ofNullable(services.get(name)).map(Made::service);
    }

    /**
     * Hands out what differs from {@code before}, by name; O(services), some 20 ns for each.
     * @param gone every service of {@code before} that is not the same object here
     * @param come every service of this that is not the same object there
     */
    public void differences(LocalServices before, Consumer<LocalService> gone, Consumer<LocalService> come) {
        int at = 0;
        for (LocalService now : all) {
            while (at < before.all.size()
                    && before.all.get(at) != now
                    && before.all.get(at).name().compareTo(now.name()) <= 0) {
                gone.accept(before.all.get(at++));
            }
            if (at < before.all.size() && before.all.get(at) == now) {
                at++;
            } else {
                come.accept(now);
            }
        }
        before.all.subList(at, before.all.size()).forEach(gone);
    }

    /** By name. */
    public List<LocalService> all() {
        return all;
    }

    /** The routes of this cluster as they were written: for its own workloads, whatever they call. */
    public List<HttpRoute> routes() {
        return routes;
    }

    /** What routes of other namespaces may lead to. */
    public List<ReferenceGrant> grants() {
        return grants;
    }

    private static Stream<ReferenceGrant> grant(StoredResource resource) {
        return resource.spec() instanceof Spec.Grant(ReferenceGrant grant) ? Stream.of(grant) : Stream.empty();
    }

    /** Empty for a resource of another kind. */
    public static Stream<HttpRoute> route(StoredResource resource) {
        return resource.spec()
                        instanceof
                        Spec.Route(HttpRoute.Kind kind, List<HttpRoute.Parent> parents, List<RouteRule> rules)
                ? Stream.of(new HttpRoute(kind, resource.key().name(), resource.createdAt(), parents, rules))
                : Stream.empty();
    }

    /** The authorization policies of this cluster, for what it serves. */
    public List<AuthorizationPolicy> policies() {
        return policies;
    }

    /** Empty for a resource of another kind. */
    public static Stream<AuthorizationPolicy> policy(StoredResource resource) {
        return resource.spec() instanceof Spec.Authorization(AuthorizationPolicy policy)
                ? Stream.of(policy)
                : Stream.empty();
    }

    /** The traffic policies of this cluster as they were written: for its own workloads, whatever they call or serve. */
    public List<TrafficPolicy> trafficPolicies() {
        return trafficPolicies;
    }

    /** Empty for a resource of another kind. */
    public static Stream<TrafficPolicy> trafficPolicy(StoredResource resource) {
        return resource.spec() instanceof Spec.Traffic(TrafficPolicy policy)
                ? Stream.of(policy.written(resource.createdAt()))
                : Stream.empty();
    }

    /**
     * The failover policies of this cluster as they were written, those for the whole federation included, which count only
     * if this cluster is an authority.
     */
    public List<FailoverRule> failoverRules() {
        return failoverRules;
    }

    /** Empty for a resource of another kind. */
    public static Stream<FailoverRule> failoverRule(StoredResource resource) {
        return resource.spec() instanceof Spec.Failover(FailoverRule rule)
                ? Stream.of(new FailoverRule(rule.name(), rule.scope(), resource.createdAt(), rule.policy()))
                : Stream.empty();
    }

    /** Empty for a resource of another kind, and for an export that says none. */
    public static Stream<Spec.Capacity> capacity(StoredResource resource) {
        return resource.spec() instanceof Spec.Export export ? export.capacity().stream() : Stream.empty();
    }

    private static LocalService service(
            ServiceName name, List<StoredResource> said, List<LiveProxy> offering, List<ExportedPort> known) {
        Optional<Spec.Export> export = said.stream()
                .filter(r -> r.key().kind() == ResourceKind.SERVICE_EXPORT)
                .map(r -> (Spec.Export) r.spec())
                .findFirst();
        Set<String> accounts = new TreeSet<>();
        specs(said).forEach(spec -> accounts.addAll(spec.serverAccounts()));
        if (accounts.isEmpty()) {
            accounts.add(name.name());
        }
        Instant createdAt = said.stream()
                .filter(r -> export.isEmpty() || r.key().kind() == ResourceKind.SERVICE_EXPORT)
                .map(StoredResource::createdAt)
                .findFirst()
                .orElse(Instant.EPOCH);
        var bare = new LocalService(name, List.of(), accounts, export, List.of(), List.of(), Set.of(), createdAt);
        List<LiveProxy> instances = offering.stream()
                .filter(proxy -> bare.isServedBy(proxy.registration().role()))
                .toList();
        return new LocalService(
                name,
                ports(name, said, instances, known),
                accounts,
                export,
                instances,
                DeclaredEndpoints.of(name, said),
                specs(said).flatMap(spec -> spec.hostnames().stream()).collect(Collectors.toUnmodifiableSet()),
                createdAt);
    }

    private static List<ExportedPort> ports(
            ServiceName name, List<StoredResource> said, List<LiveProxy> instances, List<ExportedPort> known) {
        Optional<List<ExportedPort>> declared = specs(said)
                .map(Spec.OfService::ports)
                .filter(ports -> !ports.isEmpty())
                .findFirst();
        if (declared.isPresent()) {
            return declared.get();
        }
        SortedMap<Integer, ExportedPort> offered = new TreeMap<>();
        instances.stream()
                .flatMap(proxy -> proxy.offers().stream())
                .filter(offer -> offer.service().equals(name))
                .forEach(offer -> offered.putIfAbsent(offer.port().port(), offer.port()));
        return offered.isEmpty() ? known : List.copyOf(offered.values());
    }

    private static Stream<Spec.OfService> specs(List<StoredResource> said) {
        return said.stream()
                .map(StoredResource::spec)
                .filter(Spec.OfService.class::isInstance)
                .map(Spec.OfService.class::cast);
    }

    private static boolean ownName(ProxyRole role, ServiceName service) {
        return role instanceof ProxyRole.Workload workload
                && workload.namespace().equals(service.namespace())
                && workload.account().equals(service.name());
    }
}
