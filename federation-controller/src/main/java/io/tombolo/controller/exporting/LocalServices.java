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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The services of this cluster: what resources declare, and what sidecars offer under the account of the service's own name.
 * A pure function of resources, proxies and the ports that were known before.
 */
public final class LocalServices {
    private final SortedMap<ServiceName, LocalService> services;
    private final List<HttpRoute> routes;
    private final List<ReferenceGrant> grants;
    private final List<AuthorizationPolicy> policies;
    private final List<TrafficPolicy> trafficPolicies;
    private final List<FailoverRule> failoverRules;

    private LocalServices(SortedMap<ServiceName, LocalService> services, List<StoredResource> resources) {
        this.services = services;
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
        Map<ServiceName, List<StoredResource>> declared = new TreeMap<>();
        resources.stream()
                .filter(r -> r.spec() instanceof Spec.OfService)
                .forEach(r -> declared.computeIfAbsent(r.key().name(), _ -> new ArrayList<>())
                        .add(r));
        Set<ServiceName> names = new TreeSet<>(declared.keySet());
        for (LiveProxy proxy : proxies) {
            proxy.offers().stream()
                    .map(OfferedPort::service)
                    .filter(service -> ownName(proxy.registration().role(), service))
                    .forEach(names::add);
        }
        var services = new TreeMap<ServiceName, LocalService>();
        for (ServiceName name : names) {
            List<StoredResource> said = declared.getOrDefault(name, List.of());
            services.put(name, service(name, said, proxies, knownPorts.getOrDefault(name, List.of())));
        }
        return new LocalServices(services, resources);
    }

    public Optional<LocalService> find(ServiceName name) {
        return Optional.ofNullable(services.get(name));
    }

    /** By name. */
    public List<LocalService> all() {
        return List.copyOf(services.values());
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
            ServiceName name, List<StoredResource> said, List<LiveProxy> proxies, List<ExportedPort> known) {
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
        List<LiveProxy> instances = proxies.stream()
                .filter(proxy -> bare.isServedBy(proxy.registration().role()))
                .filter(proxy ->
                        proxy.offers().stream().anyMatch(o -> o.service().equals(name)))
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
