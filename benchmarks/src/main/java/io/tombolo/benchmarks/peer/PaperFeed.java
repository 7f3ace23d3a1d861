package io.tombolo.benchmarks.peer;

import com.google.protobuf.ByteString;
import io.tombolo.model.authorization.Among;
import io.tombolo.model.authorization.AuthorizationPolicy;
import io.tombolo.model.authorization.AuthorizationRule;
import io.tombolo.model.authorization.CallerMatch;
import io.tombolo.model.authorization.IdPattern;
import io.tombolo.model.authorization.PathPattern;
import io.tombolo.model.authorization.RequestMatch;
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ClusterGateways;
import io.tombolo.model.catalog.Consumer;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.GatewayInstance;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.LocalInstance;
import io.tombolo.model.catalog.MemberEntry;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.catalog.OwnCluster;
import io.tombolo.model.catalog.RosterEntry;
import io.tombolo.model.catalog.ServedService;
import io.tombolo.model.catalog.ServiceAddresses;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.name.Locality;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.wire.codec.FeedEntry;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a controller would push to one proxy. */
final class PaperFeed {
    private static final String NAMESPACE = "shop";

    private final PaperCluster own;
    private final List<FeedEntry> entries = new ArrayList<>();

    /** @param members the proxy's own cluster first */
    private PaperFeed(List<PaperCluster> members) {
        this.own = members.getFirst();
        entries.add(new FeedEntry.Own(new OwnCluster(
                own.id(),
                PaperCluster.FEDERATION,
                PaperCluster.FEDERATION_ID,
                own.trustDomain(),
                new Locality("eu", "a"),
                Optional.empty())));
        entries.add(new FeedEntry.Dialing(new AddressRules(true)));
        for (PaperCluster member : members) {
            entries.add(new FeedEntry.Member(
                    new MemberEntry(member.id(), 1, MemberState.ADMITTED, member.trustDomain(), 1)));
            entries.add(new FeedEntry.Bundle(
                    member.trustDomain(), 1, ByteString.copyFrom(member.bundle().toJwks()), member.id()));
        }
    }

    /** To a sidecar that is called: the one service, where it answers, and a policy that lets the caller in and nobody else. */
    static List<FeedEntry> guarded(List<PaperCluster> members, ServicePort port, AppProtocol protocol, int answersAt) {
        var entries = new ArrayList<>(served(members, port, protocol, answersAt));
        var caller = new CallerMatch(
                Among.of(List.of(IdPattern.parse(members.getLast().callerId().toString())), List.of()),
                Among.any(),
                Among.any(),
                Among.any());
        var calls = new RequestMatch(
                Among.any(),
                Among.of(List.of("GET", "POST"), List.of()),
                Among.of(List.of(PathPattern.parse("/api/*"), PathPattern.parse("/shop.Carts/*")), List.of()));
        var rule = new AuthorizationRule(List.of(caller), protocol.isHttp() ? List.of(calls) : List.of(), List.of());
        entries.add(new FeedEntry.Authorization(new AuthorizationPolicy(
                new ServiceName(NAMESPACE, "callers"),
                Optional.of(port.service().name()),
                AuthorizationPolicy.Action.ALLOW,
                AuthorizationPolicy.Mode.ENFORCE,
                List.of(rule))));
        return entries;
    }

    /** To what answers for names: services with an address each. */
    static List<FeedEntry> names(PaperCluster own, int services) {
        var feed = new PaperFeed(List.of(own));
        for (int i = 0; i < services; i++) {
            var name = new ServiceName(NAMESPACE, "service-" + i);
            feed.entries.add(new FeedEntry.Imported(new ImportedService(
                    name,
                    List.of(new ExportedPort(80, "web", AppProtocol.HTTP)),
                    ServiceType.CLUSTER_SET_IP,
                    "None",
                    List.of(),
                    Optional.empty())));
            InetAddress address = InetAddress.ofLiteral("10.96." + i / 250 + "." + (1 + i % 250));
            feed.entries.add(new FeedEntry.Addresses(new ServiceAddresses(name, List.of(address))));
        }
        return feed.entries;
    }

    /** To a gateway: the one service, and where it answers. */
    static List<FeedEntry> served(List<PaperCluster> members, ServicePort port, AppProtocol protocol, int answersAt) {
        var feed = new PaperFeed(members);
        feed.entries.add(new FeedEntry.Served(new ServedService(
                port.service(),
                List.of(new ExportedPort(port.port(), "", protocol)),
                true,
                ExportMode.PASSTHROUGH,
                List.of(Consumer.ANYONE),
                Set.of(feed.own.workloadId()))));
        feed.addLocal(port.service(), port.port(), answersAt);
        return feed.entries;
    }

    /** To a sidecar that calls within its cluster: as many services as told, the one that is called among them. */
    static List<FeedEntry> calling(PaperCluster cluster, int services, AppProtocol protocol, int answersAt) {
        var feed = new PaperFeed(List.of(cluster));
        for (String name : services(services)) {
            var service = new ServiceName(NAMESPACE, name);
            feed.addImport(service, cluster, protocol, Optional.empty());
            feed.addLocal(service, PaperCluster.HTTP.port(), answersAt);
        }
        return feed.entries;
    }

    /** To a sidecar that calls another cluster through its gateway. */
    static List<FeedEntry> callingAway(PaperCluster own, PaperCluster other, int services, int gatewayPort) {
        var feed = new PaperFeed(List.of(own, other));
        for (String name : services(services)) {
            var service = new ServiceName(NAMESPACE, name);
            feed.addImport(service, other, AppProtocol.HTTP, Optional.of(health(service)));
        }
        var gateway = new GatewayInstance(
                PaperCluster.GATEWAY, List.of(new HostPort("127.0.0.1", gatewayPort)), 100, false, "a");
        feed.entries.add(new FeedEntry.Gateways(new ClusterGateways(
                other.id(), List.of(gateway), SpiffeId.gateway(other.trustDomain()), List.of(), true)));
        return feed.entries;
    }

    /** Names of that many services, the one that is called first. */
    static List<String> services(int count) {
        var names = new ArrayList<>(List.of(PaperCluster.HTTP.service().name()));
        for (int i = 1; i < count; i++) {
            names.add("service-" + i);
        }
        return names;
    }

    /** One instance, by its name: connections to one that has no name in the feed are not kept for it. */
    private static ServiceHealth health(ServiceName service) {
        var one = new RosterEntry(PaperCluster.WORKLOAD, InstanceState.READY, 100, "a");
        return new ServiceHealth(service, 1, 1, 0, 0, List.of(one));
    }

    private void addImport(
            ServiceName service, PaperCluster from, AppProtocol protocol, Optional<ServiceHealth> health) {
        int port = PaperCluster.HTTP.port();
        entries.add(new FeedEntry.Imported(new ImportedService(
                service,
                List.of(new ExportedPort(port, "", protocol)),
                ServiceType.CLUSTER_SET_IP,
                "",
                List.of(new ImportedService.Source(
                        from.id(),
                        new Locality("eu", "a"),
                        Set.of(port),
                        Set.of(from.workloadId()),
                        ExportMode.PASSTHROUGH,
                        health,
                        Instant.EPOCH)),
                Optional.empty())));
    }

    private void addLocal(ServiceName service, int port, int answersAt) {
        entries.add(new FeedEntry.Local(new LocalInstance(
                service,
                PaperCluster.WORKLOAD,
                List.of(new HostPort("127.0.0.1", answersAt)),
                InstanceState.READY,
                1,
                "a",
                Set.of(port),
                own.workloadId())));
    }
}
