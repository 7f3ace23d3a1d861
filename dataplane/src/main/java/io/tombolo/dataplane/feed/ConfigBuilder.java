package io.tombolo.dataplane.feed;

import io.tombolo.model.authorization.AuthorizationPolicy;
import io.tombolo.model.authorization.AuthorizationTable;
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.catalog.ClusterGateways;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.ImportNames;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.LocalInstance;
import io.tombolo.model.catalog.MemberEntry;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.catalog.OriginFreshness;
import io.tombolo.model.catalog.OwnCluster;
import io.tombolo.model.catalog.ServedService;
import io.tombolo.model.catalog.ServiceAddresses;
import io.tombolo.model.catalog.WorkloadEndpoint;
import io.tombolo.model.httproute.HttpRoute;
import io.tombolo.model.httproute.RouteTable;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.model.routing.EvacuationOrder;
import io.tombolo.model.routing.FailoverPolicy;
import io.tombolo.model.traffic.TrafficPolicy;
import io.tombolo.trustbundle.bundle.BundleSet;
import io.tombolo.trustbundle.bundle.TrustBundle;
import io.tombolo.wire.codec.FeedEntry;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects entries into the maps of one {@link ProxyConfig}. Not thread-safe; use and drop. */
final class ConfigBuilder {
    private Optional<OwnCluster> own = Optional.empty();
    private Optional<AddressRules> dialing = Optional.empty();
    private final Map<ClusterId, MemberEntry> members = new HashMap<>();
    private final Map<TrustDomain, MemberEntry> membersByTrustDomain = new HashMap<>();
    private final List<TrustBundle> bundles = new ArrayList<>();
    private final List<Revocation> revocations = new ArrayList<>();
    private final Map<ServiceName, ServedService> served = new HashMap<>();
    private final Map<ClusterId, ClusterGateways> gateways = new HashMap<>();
    private final Map<ClusterId, OriginFreshness> freshness = new HashMap<>();
    private final Map<ServiceName, ImportedService> imported = new HashMap<>();
    private final Map<String, ImportedService> importedByHost = new HashMap<>();
    private final Map<ServiceName, List<LocalInstance>> local = new HashMap<>();
    private final Map<ServiceName, List<WorkloadEndpoint>> endpoints = new HashMap<>();
    private final Map<ServiceName, FeedEntry.Shares> shares = new HashMap<>();
    private final List<HttpRoute> routes = new ArrayList<>();
    private final Set<AuthorizationPolicy> policies = new HashSet<>();
    private final Map<ServiceName, TrafficPolicy> traffic = new HashMap<>();
    private final Map<ServiceName, FailoverPolicy> failover = new HashMap<>();
    private final Map<ClusterId, EvacuationOrder> evacuations = new HashMap<>();
    private final Map<ClusterId, Map<String, String>> labels = new HashMap<>();
    private final Map<Integer, ImportNames> names = new HashMap<>();
    private final Set<ClusterId> sources = new HashSet<>();
    private final Map<ServiceName, List<InetAddress>> clusterAddresses = new HashMap<>();
    private final Map<InetAddress, ServiceName> byClusterAddress = new HashMap<>();

    ProxyConfig build(long version) {
        return new ProxyConfig(this, version);
    }

    void add(FeedEntry entry) {
        switch (entry) {
            case FeedEntry.Own(OwnCluster cluster) -> own = Optional.of(cluster);
            case FeedEntry.Member(MemberEntry member) -> add(member);
            case FeedEntry.Bundle bundle -> bundles.add(BundleReader.read(bundle));
            case FeedEntry.Revocation revocation -> revocations.add(revocation(revocation));
            case FeedEntry.Dialing(AddressRules rules) -> dialing = Optional.of(rules);
            case FeedEntry.News _ -> {
                // The feed's own clock reads it: what follows is which entries come here at all.
            }
            case FeedEntry.Served(ServedService service) -> served.put(service.service(), service);
            case FeedEntry.Gateways(ClusterGateways paths) -> gateways.put(paths.cluster(), paths);
            case FeedEntry.Fresh(OriginFreshness state) -> freshness.put(state.cluster(), state);
            case FeedEntry.Imported(ImportedService service) -> add(service);
            case FeedEntry.Local(LocalInstance instance) ->
                local.computeIfAbsent(instance.service(), s -> new ArrayList<>())
                        .add(instance);
            case FeedEntry.Endpoint(WorkloadEndpoint endpoint) ->
                endpoints
                        .computeIfAbsent(endpoint.service(), s -> new ArrayList<>())
                        .add(endpoint);
            case FeedEntry.Shares divided -> shares.put(divided.service(), divided);
            case FeedEntry.Route(HttpRoute route) -> routes.add(route);
            case FeedEntry.Authorization(AuthorizationPolicy policy) -> policies.add(policy);
            case FeedEntry.Names(ImportNames some) -> names.put(some.bucket(), some);
            case FeedEntry.Traffic(TrafficPolicy policy) -> traffic.put(policy.service(), policy);
            case FeedEntry.Failover rule -> failover.put(rule.service(), rule.value());
            case FeedEntry.Evacuation(EvacuationOrder order) -> evacuations.put(order.cluster(), order);
            case FeedEntry.Labels said -> labels.put(said.cluster(), said.labels());
            case FeedEntry.Addresses(ServiceAddresses known) -> add(known);
        }
    }

    private static Revocation revocation(FeedEntry.Revocation wire) {
        Optional<BigInteger> serial = wire.serial().isEmpty()
                ? Optional.empty()
                : Optional.of(new BigInteger(1, wire.serial().toByteArray()));
        return new Revocation(wire.trustDomain(), wire.id(), serial);
    }

    private void add(MemberEntry member) {
        members.put(member.cluster(), member);
        membersByTrustDomain.put(member.trustDomain(), member);
    }

    private void add(ImportedService service) {
        imported.put(service.service(), service);
        importedByHost.put(service.service().clustersetName(), service);
        service.sources().forEach(source -> sources.add(source.cluster()));
    }

    /** An address stands for one service: of two that are said to have it, the first by name. */
    private void add(ServiceAddresses known) {
        clusterAddresses.put(known.service(), known.addresses());
        known.addresses()
                .forEach(address -> byClusterAddress.merge(
                        address, known.service(), (one, other) -> one.compareTo(other) <= 0 ? one : other));
    }

    Optional<OwnCluster> own() {
        return own;
    }

    Optional<AddressRules> dialing() {
        return dialing;
    }

    Map<ClusterId, MemberEntry> members() {
        return Map.copyOf(members);
    }

    Map<TrustDomain, MemberEntry> membersByTrustDomain() {
        return Map.copyOf(membersByTrustDomain);
    }

    /** Fails closed: a bundle counts only while its trust domain is the own one or an admitted member's. */
    BundleSet bundles() {
        return BundleSet.of(
                bundles.stream().filter(b -> isBelieved(b.trustDomain())).toList());
    }

    private boolean isBelieved(TrustDomain trustDomain) {
        MemberEntry member = membersByTrustDomain.get(trustDomain);
        return member != null
                ? member.state() == MemberState.ADMITTED
                : own.map(cluster -> cluster.trustDomain().equals(trustDomain)).orElse(false);
    }

    List<Revocation> revocations() {
        return List.copyOf(revocations);
    }

    Map<ServiceName, ServedService> served() {
        return Map.copyOf(served);
    }

    Map<ClusterId, ClusterGateways> gateways() {
        return Map.copyOf(gateways);
    }

    Map<ClusterId, OriginFreshness> freshness() {
        return Map.copyOf(freshness);
    }

    Map<ServiceName, ImportedService> imported() {
        return Map.copyOf(imported);
    }

    Map<String, ImportedService> importedByHost() {
        return Map.copyOf(importedByHost);
    }

    Map<ServiceName, List<LocalInstance>> local() {
        return frozen(local);
    }

    Map<ServiceName, List<WorkloadEndpoint>> endpoints() {
        return frozen(endpoints);
    }

    private static <T> Map<ServiceName, List<T>> frozen(Map<ServiceName, List<T>> lists) {
        var frozen = new HashMap<ServiceName, List<T>>();
        lists.forEach((service, each) -> frozen.put(service, List.copyOf(each)));
        return Map.copyOf(frozen);
    }

    Map<ServiceName, FeedEntry.Shares> shares() {
        return Map.copyOf(shares);
    }

    Map<ServicePort, RouteTable> routes() {
        Map<ServicePort, Set<HttpRoute>> attached = new HashMap<>();
        for (HttpRoute route : routes) {
            for (HttpRoute.Parent parent : route.parents()) {
                portsOf(parent)
                        .forEach(port -> attached.computeIfAbsent(
                                        new ServicePort(parent.service(), port), _ -> new HashSet<>())
                                .add(route));
            }
        }
        var tables = new HashMap<ServicePort, RouteTable>();
        attached.forEach((port, all) -> tables.put(port, RouteTable.of(all)));
        return Map.copyOf(tables);
    }

    private List<Integer> portsOf(HttpRoute.Parent parent) {
        if (parent.port().isPresent()) {
            return List.of(parent.port().getAsInt());
        }
        return Optional.ofNullable(imported.get(parent.service())).stream()
                .flatMap(service -> service.ports().stream())
                .map(ExportedPort::port)
                .toList();
    }

    Set<AuthorizationPolicy> policies() {
        return Set.copyOf(policies);
    }

    /** One for every port that is served: what has none is not served. */
    Map<ServicePort, AuthorizationTable> authorizations() {
        var tables = new HashMap<ServicePort, AuthorizationTable>();
        for (ServedService service : served.values()) {
            for (ExportedPort port : service.ports()) {
                var of = new ServicePort(service.service(), port.port());
                tables.put(of, AuthorizationTable.of(policies, of));
            }
        }
        return Map.copyOf(tables);
    }

    /** A service with client affinity is one whose policy hashes who calls, unless that has calls spread otherwise. */
    Map<ServiceName, TrafficPolicy> traffic() {
        var all = new HashMap<>(traffic);
        imported.forEach((service, what) -> {
            if (what.affinity().equals(ImportedService.CLIENT_IP)) {
                all.merge(service, TrafficPolicy.ofClientAffinity(service), (said, _) -> said.withClientAffinity());
            }
        });
        return Map.copyOf(all);
    }

    Map<ServiceName, FailoverPolicy> failover() {
        return Map.copyOf(failover);
    }

    Map<ClusterId, EvacuationOrder> evacuations() {
        return Map.copyOf(evacuations);
    }

    Map<ClusterId, Map<String, String>> labels() {
        return Map.copyOf(labels);
    }

    Map<Integer, ImportNames> names() {
        return Map.copyOf(names);
    }

    Map<ServiceName, List<InetAddress>> clusterAddresses() {
        return Map.copyOf(clusterAddresses);
    }

    Map<InetAddress, ServiceName> byClusterAddress() {
        return Map.copyOf(byClusterAddress);
    }

    Set<ClusterId> sources() {
        own.ifPresent(cluster -> sources.remove(cluster.cluster()));
        return Set.copyOf(sources);
    }
}
