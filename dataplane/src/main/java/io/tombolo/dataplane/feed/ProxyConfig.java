package io.tombolo.dataplane.feed;

import io.tombolo.model.authorization.AuthorizationPolicy;
import io.tombolo.model.authorization.AuthorizationTable;
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.catalog.ClusterGateways;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.ImportNames;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.LocalInstance;
import io.tombolo.model.catalog.MemberEntry;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.catalog.OriginFreshness;
import io.tombolo.model.catalog.OwnCluster;
import io.tombolo.model.catalog.ServedService;
import io.tombolo.model.catalog.WorkloadEndpoint;
import io.tombolo.model.httproute.RouteTable;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.model.routing.EvacuationOrder;
import io.tombolo.model.routing.FailoverPolicy;
import io.tombolo.model.traffic.TrafficPolicy;
import io.tombolo.trustbundle.bundle.BundleSet;
import io.tombolo.trustbundle.verify.VerifiedPeer;
import io.tombolo.wire.codec.FeedEntry;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything this proxy knows, as of one version of its feed. Immutable: loops take the reference once per decision and see
 * one consistent state. Every look-up is one hash look-up.
 */
public final class ProxyConfig {
    /** Nothing known yet: refuses everything. */
    public static final ProxyConfig EMPTY = new ConfigBuilder().build(0);

    private final long version;
    private final Optional<OwnCluster> own;
    private final Optional<AddressRules> dialing;
    private final Map<ClusterId, MemberEntry> members;
    private final Map<TrustDomain, MemberEntry> membersByTrustDomain;
    private final BundleSet bundles;
    private final List<Revocation> revocations;
    private final Map<ServiceName, ServedService> served;
    private final Map<ClusterId, ClusterGateways> gateways;
    private final Map<ClusterId, OriginFreshness> freshness;
    private final Map<ServiceName, ImportedService> imported;
    private final Map<String, ImportedService> importedByHost;
    private final Map<ServiceName, List<LocalInstance>> local;
    private final Map<ServiceName, List<WorkloadEndpoint>> endpoints;
    private final Map<ServiceName, FeedEntry.Shares> shares;
    private final Map<ServicePort, RouteTable> routes;
    private final Set<AuthorizationPolicy> policies;
    private final Map<ServicePort, AuthorizationTable> authorizations;
    private final Map<ServiceName, TrafficPolicy> traffic;
    private final Map<ServiceName, FailoverPolicy> failover;
    private final Map<ClusterId, EvacuationOrder> evacuations;
    private final Map<ClusterId, Map<String, String>> labels;
    private final Map<Integer, ImportNames> names;
    private final Set<ClusterId> sources;
    private final Map<ServiceName, List<InetAddress>> clusterAddresses;
    private final Map<InetAddress, ServiceName> byClusterAddress;
    private final boolean terminates;
    private final Set<String> namespaces;

    ProxyConfig(ConfigBuilder from, long version) {
        this.version = version;
        this.own = from.own();
        this.dialing = from.dialing();
        this.members = from.members();
        this.membersByTrustDomain = from.membersByTrustDomain();
        this.bundles = from.bundles();
        this.revocations = from.revocations();
        this.served = from.served();
        this.gateways = from.gateways();
        this.freshness = from.freshness();
        this.imported = from.imported();
        this.importedByHost = from.importedByHost();
        this.namespaces =
                imported.keySet().stream().map(ServiceName::namespace).collect(Collectors.toUnmodifiableSet());
        this.local = from.local();
        this.endpoints = from.endpoints();
        this.shares = from.shares();
        this.routes = from.routes();
        this.policies = from.policies();
        this.authorizations = from.authorizations();
        this.traffic = from.traffic();
        this.failover = from.failover();
        this.evacuations = from.evacuations();
        this.labels = from.labels();
        this.names = from.names();
        this.sources = from.sources();
        this.clusterAddresses = from.clusterAddresses();
        this.byClusterAddress = from.byClusterAddress();
        this.terminates = served.values().stream()
                .anyMatch(service -> service.exported() && service.mode() == ExportMode.TERMINATE);
    }

    /**
     * The configuration that a set of entries makes.
     * @throws io.tombolo.model.fault.TomboloException BAD_BUNDLE if a bundle among them cannot be read
     */
    public static ProxyConfig of(long version, Collection<FeedEntry> entries) {
        var builder = new ConfigBuilder();
        entries.forEach(builder::add);
        return builder.build(version);
    }

    /** The feed's version; 0 = nothing known yet. */
    public long version() {
        return version;
    }

    /** Empty only before the first update. */
    public Optional<OwnCluster> own() {
        return own;
    }

    /** Which addresses of other clusters' gateways may be dialled; empty = not said. */
    public Optional<AddressRules> dialing() {
        return dialing;
    }

    /** All members, whatever their state. */
    public Collection<MemberEntry> members() {
        return members.values();
    }

    public Optional<MemberEntry> member(ClusterId cluster) {
        return Optional.ofNullable(members.get(cluster));
    }

    /** The cluster that vouches for ids of {@code trustDomain}, whatever its state. */
    public Optional<MemberEntry> member(TrustDomain trustDomain) {
        return Optional.ofNullable(membersByTrustDomain.get(trustDomain));
    }

    /** Whether traffic with {@code cluster} is allowed at all: the own cluster always, others while admitted. */
    public boolean isAdmitted(ClusterId cluster) {
        MemberEntry member = members.get(cluster);
        return member != null ? member.state() == MemberState.ADMITTED : isOwn(cluster);
    }

    public boolean isOwn(ClusterId cluster) {
        return own.isPresent() && own.get().cluster().equals(cluster);
    }

    /** The bundles to verify peers with: of the own trust domain and of admitted members, of nobody else. */
    public BundleSet bundles() {
        return bundles;
    }

    /** Whether a peer that verifies is nevertheless not to be believed any more: revoked, or of a cluster not admitted. */
    public boolean isRevoked(VerifiedPeer peer) {
        return bundles.find(peer.id().trustDomain()).isEmpty()
                || revocations.stream().anyMatch(revocation -> revocation.hits(peer));
    }

    /** A service that this proxy answers for. */
    public Optional<ServedService> served(ServiceName service) {
        return Optional.ofNullable(served.get(service));
    }

    public Collection<ServedService> served() {
        return served.values();
    }

    /** Whether any service of this cluster is exported so that its gateways end the callers' TLS. */
    public boolean terminates() {
        return terminates;
    }

    /** The paths into another cluster. */
    public Optional<ClusterGateways> gateways(ClusterId cluster) {
        return Optional.ofNullable(gateways.get(cluster));
    }

    public Collection<ClusterGateways> gateways() {
        return gateways.values();
    }

    /** How current what {@code cluster} says is; empty = not said. */
    public Optional<OriginFreshness> freshness(ClusterId cluster) {
        return Optional.ofNullable(freshness.get(cluster));
    }

    /** Whether a service may be called from here whose endpoints were not asked for yet. */
    public boolean isHeldBack(ServiceName service) {
        if (names.isEmpty() || imported.containsKey(service)) {
            return false;
        }
        ImportNames some = names.get(ImportNames.bucket(service));
        return some != null && some.contains(service);
    }

    /** How many services may be called from here, whether they are or not. O(length of their names). */
    public int knownNames() {
        return names.isEmpty()
                ? imported.size()
                : names.values().stream().mapToInt(ImportNames::count).sum();
    }

    /** Whether a service of that namespace may be called from here. */
    public boolean hasNamespace(String namespace) {
        return namespaces.contains(namespace) || names.values().stream().anyMatch(some -> some.hasNamespace(namespace));
    }

    /** A service that may be called from here, and whose endpoints are known. */
    public Optional<ImportedService> imported(ServiceName service) {
        return Optional.ofNullable(imported.get(service));
    }

    public Collection<ImportedService> imported() {
        return imported.values();
    }

    /** By its DNS name, {@code checkout.shop.svc.clusterset.local}, lower case, without a final dot. */
    public Optional<ImportedService> importedByHost(String host) {
        return Optional.ofNullable(importedByHost.get(host));
    }

    /** At which addresses the network of this cluster knows a service, the preferred one first; none = at none. */
    public List<InetAddress> clusterAddresses(ServiceName service) {
        return clusterAddresses.getOrDefault(service, List.of());
    }

    /** Whose address it is in the network of this cluster. */
    public Optional<ServiceName> serviceAt(InetAddress clusterAddress) {
        return Optional.ofNullable(byClusterAddress.get(clusterAddress));
    }

    /** Other clusters that export something that is imported here. */
    public Set<ClusterId> sources() {
        return sources;
    }

    /** The instances of this cluster, whatever their state, in the order of their ids. */
    public List<LocalInstance> local(ServiceName service) {
        return local.getOrDefault(service, List.of());
    }

    public Optional<LocalInstance> local(ServiceName service, InstanceId instance) {
        for (LocalInstance candidate : local(service)) {
            if (candidate.instance().equals(instance)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** The workloads of this cluster without a sidecar, whatever their state; only gateways know any. */
    public List<WorkloadEndpoint> endpoints(ServiceName service) {
        return endpoints.getOrDefault(service, List.of());
    }

    /** The rules for calls of that port; empty = it has no routes, and every request goes to the service itself. */
    public Optional<RouteTable> routes(ServicePort called) {
        return Optional.ofNullable(routes.get(called));
    }

    /** Who may do what with a port that is served here; empty = it is not served here, or not any more. */
    public Optional<AuthorizationTable> authorization(ServicePort served) {
        return Optional.ofNullable(authorizations.get(served));
    }

    /** Whether who may call what is served here is the same as in {@code other}, but for members that come and go. */
    public boolean admitsLike(ProxyConfig other) {
        return policies.equals(other.policies) && served.equals(other.served);
    }

    /** How calls of a service are spread and limited; empty = as the sidecar is set. */
    public Optional<TrafficPolicy> traffic(ServiceName service) {
        return Optional.ofNullable(traffic.get(service));
    }

    /** How calls of a service are divided over clusters; empty = as the sidecar is set. */
    public Optional<FailoverPolicy> failover(ServiceName service) {
        return Optional.ofNullable(failover.get(service));
    }

    /** How much of its traffic an operator keeps away from a cluster at {@code now}, 0.0 to 1.0. */
    public double evacuated(ClusterId cluster, Instant now) {
        EvacuationOrder order = evacuations.get(cluster);
        return order == null || order.drill() ? 0 : order.part(now);
    }

    /** Whether a cluster counts as dead at {@code now}, because a failover is rehearsed. */
    public boolean drilled(ClusterId cluster, Instant now) {
        EvacuationOrder order = evacuations.get(cluster);
        return order != null && order.drill() && !order.over(now);
    }

    /** Whether any cluster is being evacuated, so that time alone may change a division. */
    public boolean evacuates() {
        return !evacuations.isEmpty();
    }

    /** What a cluster says of itself. */
    public Map<String, String> labels(ClusterId cluster) {
        return labels.getOrDefault(cluster, Map.of());
    }

    /** What the controller decided for a service; empty = decide here. */
    public Optional<FeedEntry.Shares> shares(ServiceName service) {
        return Optional.ofNullable(shares.get(service));
    }
}
