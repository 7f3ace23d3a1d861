package io.tombolo.dataplane.exchange;

import com.google.protobuf.ByteString;
import io.tombolo.dataplane.accesslog.AccessLogSettings;
import io.tombolo.dataplane.feed.Interests;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.fixture.TestCluster;
import io.tombolo.dataplane.hello.HelloLimits;
import io.tombolo.dataplane.http1.HttpLimits;
import io.tombolo.dataplane.http2.Http2Limits;
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.relay.RelayLimits;
import io.tombolo.dataplane.trace.TraceSettings;
import io.tombolo.dataplane.upstream.PoolLimits;
import io.tombolo.model.authorization.AuthorizationPolicy;
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ClusterGateways;
import io.tombolo.model.catalog.Consumer;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.GatewayInstance;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.ImportNames;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.LocalInstance;
import io.tombolo.model.catalog.MemberEntry;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.catalog.OwnCluster;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.catalog.RosterEntry;
import io.tombolo.model.catalog.ServedService;
import io.tombolo.model.catalog.ServiceAddresses;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.catalog.WorkloadEndpoint;
import io.tombolo.model.httproute.HttpRoute;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationId;
import io.tombolo.model.name.Hostname;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.Locality;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.traffic.RetryBudget;
import io.tombolo.model.traffic.TrafficPolicy;
import io.tombolo.wire.codec.FeedEntry;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Two clusters, east and west, and one service; makes the configuration that each sidecar would get. Change it, then push. */
final class Mesh implements AutoCloseable {
    static final ServiceName CHECKOUT = new ServiceName("shop", "checkout");

    /** Another service of east, which routes may lead to. */
    static final ServiceName CANARY = new ServiceName("shop", "canary");

    static final int HTTP_PORT = 80;
    static final int TCP_PORT = 5432;
    static final int GRPC_PORT = 9090;

    final Loops loops;
    final TestCluster east = new TestCluster("east");
    final TestCluster west = new TestCluster("west");
    final Map<ClusterId, MemberState> members = new LinkedHashMap<>();
    final Map<InstanceId, HostPort> eastInstances = new LinkedHashMap<>();
    final Map<InstanceId, HostPort> canaries = new LinkedHashMap<>();
    final List<HttpRoute> routes = new ArrayList<>();
    final List<AuthorizationPolicy> policies = new ArrayList<>();
    final List<TrafficPolicy> traffic = new ArrayList<>();
    final List<InstanceId> westInstances = new ArrayList<>();
    final Map<InstanceId, HostPort> westGateways = new LinkedHashMap<>();
    final Set<InstanceId> draining = new HashSet<>();
    List<Consumer> consumers = List.of(Consumer.ANYONE);
    Set<String> serverAccounts = Set.of("checkout");
    Set<Hostname> hostnames = Set.of();
    boolean trusted = true;

    /** Whether west's health is known here, and with it the names of its instances. */
    boolean westTells = true;

    /** What sidecars that are made from now on call; empty = they are sent everything. */
    Optional<Interests> interests = Optional.empty();

    /** Of the service only its name is sent. */
    boolean heldBack;

    /** What west says of one instance of its. */
    Function<InstanceId, RosterEntry> westRoster = id -> new RosterEntry(id, InstanceState.READY, 100, "");

    /** Which ports of the service west exports. */
    Set<Integer> westPorts = Set.of(HTTP_PORT, TCP_PORT, GRPC_PORT);

    int standby;

    /** Of sidecars that are made from now on. */
    HttpLimits http = HttpLimits.DEFAULT;

    /** The same. */
    Http2Limits http2 = Http2Limits.DEFAULT;

    RetryBudget retryBudget = RetryBudget.DEFAULT;

    /** The same. */
    HelloLimits hello = HelloLimits.DEFAULT;

    /** The same. */
    PoolLimits appPool = PoolLimits.OF_APPS;

    /** The same. */
    Duration tcpFlush = RelayLimits.USUAL_FLUSH;

    /** Of the application behind the TCP port of sidecars that are made from now on; 0 = it is the one behind HTTP. */
    int tcpAppPort;

    /** The same of the application behind the port of gRPC, also where there is no sidecar. */
    int grpcAppPort;

    PathHealth.State measured = PathHealth.State.UNKNOWN;
    AccessLogSettings accessLog = AccessLogSettings.OFF;
    TraceSettings trace = TraceSettings.OFF;
    Duration requestTimeout = OutboundSettings.DEFAULT.requestTimeout();
    Duration cutSilentAfter = OutboundSettings.DEFAULT.cutSilentAfter();
    long westEpoch = 1;
    ExportMode westMode = ExportMode.PASSTHROUGH;

    /** Applications in west without a sidecar; each answers on every port. */
    final Map<InstanceId, HostPort> westEndpoints = new LinkedHashMap<>();

    boolean loopbackAllowed = true;
    final List<FeedEntry.Revocation> revocations = new ArrayList<>();
    private final List<TestGateway> gateways = new ArrayList<>();
    private final List<TestSidecar> sidecars = new ArrayList<>();
    private long version;

    Mesh() {
        this(2);
    }

    /** @param threads of its loops: with one, whoever comes next meets the connections of whoever was there before */
    Mesh(int threads) {
        loops = Loops.open(threads);
        members.put(east.id(), MemberState.ADMITTED);
        members.put(west.id(), MemberState.ADMITTED);
    }

    static InstanceId instance(int number) {
        return InstanceId.of(0x1000L + number);
    }

    /** A sidecar in front of an application on {@code appPort}; 0 = none. */
    TestSidecar sidecar(TestCluster cluster, String account, int number, int appPort) {
        var sidecar = new TestSidecar(this, cluster, account, instance(number), appPort);
        sidecars.add(sidecar);
        return sidecar;
    }

    /** An instance of the service in east, dialled directly. */
    TestSidecar inEast(int number, int appPort) {
        TestSidecar sidecar = sidecar(east, "checkout", number, appPort);
        eastInstances.put(sidecar.instance(), sidecar.address());
        return sidecar;
    }

    /** An instance of the other service in east. */
    TestSidecar canary(int number, int appPort) {
        TestSidecar sidecar = sidecar(east, "canary", number, appPort);
        canaries.put(sidecar.instance(), sidecar.address());
        return sidecar;
    }

    /** An instance of the service in west; its gateway has to be added too. */
    TestSidecar inWest(int number, int appPort) {
        TestSidecar sidecar = sidecar(west, "checkout", number, appPort);
        westInstances.add(sidecar.instance());
        return sidecar;
    }

    /** A gateway of west, as its program has it. */
    TestGateway gateway(int number) {
        var gateway = new TestGateway(this, instance(number));
        gateways.add(gateway);
        westGateways.put(gateway.instance(), gateway.address());
        return gateway;
    }

    /** Sends everybody the configuration as it is now. */
    void push() {
        version++;
        sidecars.forEach(sidecar -> sidecar.configure(configuration(sidecar.cluster())));
        gateways.forEach(gateway -> gateway.configure(ProxyConfig.of(version, gatewaysConfig())));
    }

    /** What a sidecar in that cluster gets, as it is now. */
    ProxyConfig configuration(TestCluster cluster) {
        version = Math.max(1, version);
        return ProxyConfig.of(version, config(cluster));
    }

    private List<FeedEntry> gatewaysConfig() {
        List<FeedEntry> entries = config(west);
        sidecars.stream()
                .filter(sidecar -> westInstances.contains(sidecar.instance()))
                .forEach(sidecar ->
                        entries.add(new FeedEntry.Local(local(west, CHECKOUT, sidecar.instance(), sidecar.address()))));
        entries.add(new FeedEntry.Dialing(new AddressRules(loopbackAllowed)));
        westEndpoints.forEach((id, app) -> entries.add(new FeedEntry.Endpoint(new WorkloadEndpoint(
                CHECKOUT,
                id,
                app.host(),
                Map.of(
                        HTTP_PORT,
                        app.port(),
                        TCP_PORT,
                        app.port(),
                        GRPC_PORT,
                        grpcAppPort == 0 ? app.port() : grpcAppPort),
                InstanceState.READY,
                100,
                ""))));
        return entries;
    }

    private List<FeedEntry> config(TestCluster own) {
        var entries = new ArrayList<FeedEntry>();
        entries.add(new FeedEntry.Own(new OwnCluster(
                own.id(),
                TestCluster.FEDERATION,
                FederationId.of(new byte[32]),
                own.trustDomain(),
                new Locality("eu", ""),
                Optional.empty())));
        for (TestCluster cluster : List.of(east, west)) {
            entries.add(new FeedEntry.Member(new MemberEntry(
                    cluster.id(),
                    cluster == west ? westEpoch : 1,
                    members.getOrDefault(cluster.id(), MemberState.ADMITTED),
                    cluster.trustDomain(),
                    version)));
            entries.add(new FeedEntry.Bundle(
                    cluster.trustDomain(),
                    1,
                    ByteString.copyFrom(cluster.bundle().toJwks()),
                    cluster.id()));
        }
        entries.add(new FeedEntry.Served(
                new ServedService(CHECKOUT, ports(), true, mode(own), consumers, serverIds(own), hostnames)));
        ImportNames.of(List.of(CHECKOUT)).forEach(names -> entries.add(new FeedEntry.Names(names)));
        entries.add(new FeedEntry.Addresses(new ServiceAddresses(
                CHECKOUT, List.of(InetAddress.ofLiteral("10.96.0.10"), InetAddress.ofLiteral("fd96::10")))));
        if (!heldBack) {
            entries.add(new FeedEntry.Imported(new ImportedService(
                    CHECKOUT, ports(), ServiceType.CLUSTER_SET_IP, "None", sources(), Optional.empty())));
        }
        entries.addAll(canary());
        routes.forEach(route -> entries.add(new FeedEntry.Route(route)));
        traffic.forEach(policy -> entries.add(new FeedEntry.Traffic(policy)));
        policies.forEach(policy -> entries.add(new FeedEntry.Authorization(policy)));
        entries.addAll(revocations);
        if (own == east) {
            eastInstances.forEach(
                    (id, address) -> entries.add(new FeedEntry.Local(local(east, CHECKOUT, id, address))));
            entries.add(new FeedEntry.Gateways(westGateways()));
        }
        return entries;
    }

    private ExportMode mode(TestCluster cluster) {
        return cluster == west ? westMode : ExportMode.PASSTHROUGH;
    }

    private List<FeedEntry> canary() {
        if (canaries.isEmpty()) {
            return List.of();
        }
        var ports = List.of(new ExportedPort(HTTP_PORT, "web", AppProtocol.HTTP));
        Set<SpiffeId> servers = Set.of(east.workloadId(CANARY.name()));
        var source = new ImportedService.Source(
                east.id(),
                new Locality("eu", ""),
                Set.of(HTTP_PORT),
                servers,
                ExportMode.PASSTHROUGH,
                Optional.empty(),
                Instant.EPOCH);
        var entries = new ArrayList<FeedEntry>();
        entries.add(new FeedEntry.Served(
                new ServedService(CANARY, ports, false, ExportMode.PASSTHROUGH, List.of(), servers)));
        entries.add(new FeedEntry.Imported(new ImportedService(
                CANARY, ports, ServiceType.CLUSTER_SET_IP, "None", List.of(source), Optional.empty())));
        canaries.forEach((id, address) -> entries.add(new FeedEntry.Local(local(east, CANARY, id, address))));
        return entries;
    }

    private static LocalInstance local(TestCluster in, ServiceName service, InstanceId id, HostPort address) {
        return new LocalInstance(
                service,
                id,
                List.of(address),
                InstanceState.READY,
                100,
                "",
                Set.of(HTTP_PORT, TCP_PORT, GRPC_PORT),
                in.workloadId(service.name()));
    }

    private ClusterGateways westGateways() {
        List<GatewayInstance> gateways = westGateways.entrySet().stream()
                .map(g ->
                        new GatewayInstance(g.getKey(), List.of(g.getValue()), 100, draining.contains(g.getKey()), ""))
                .toList();
        List<PathHealth> prior = westGateways.keySet().stream()
                .map(id -> new PathHealth(west.id(), id, 0, measured))
                .toList();
        return new ClusterGateways(west.id(), gateways, SpiffeId.gateway(west.trustDomain()), prior, trusted);
    }

    private List<ImportedService.Source> sources() {
        var sources = new ArrayList<ImportedService.Source>();
        if (!eastInstances.isEmpty()) {
            sources.add(source(east, Optional.empty()));
        }
        List<InstanceId> inWest = Stream.concat(westInstances.stream(), westEndpoints.keySet().stream())
                .toList();
        if (!inWest.isEmpty()) {
            List<RosterEntry> roster = inWest.stream().map(westRoster).toList();
            int ready = inWest.size();
            var health = new ServiceHealth(CHECKOUT, ready, ready, 0, 0, roster);
            sources.add(source(west, westTells ? Optional.of(health) : Optional.empty()));
        }
        return sources;
    }

    private ImportedService.Source source(TestCluster cluster, Optional<ServiceHealth> health) {
        return new ImportedService.Source(
                cluster.id(),
                new Locality("eu", ""),
                cluster == west ? westPorts : Set.of(HTTP_PORT, TCP_PORT, GRPC_PORT),
                serverIds(cluster),
                mode(cluster),
                health,
                Instant.EPOCH);
    }

    private Set<SpiffeId> serverIds(TestCluster cluster) {
        return Set.copyOf(serverAccounts.stream().map(cluster::workloadId).toList());
    }

    private static List<ExportedPort> ports() {
        return List.of(
                new ExportedPort(HTTP_PORT, "web", AppProtocol.HTTP),
                new ExportedPort(TCP_PORT, "db", AppProtocol.TCP),
                new ExportedPort(GRPC_PORT, "api", AppProtocol.GRPC));
    }

    /** Requests that some sidecar has handed to its application. */
    int inWork() {
        return sidecars.stream().mapToInt(sidecar -> sidecar.inbound.inWork()).sum();
    }

    static ServicePort http() {
        return new ServicePort(CHECKOUT, HTTP_PORT);
    }

    static ServicePort canaryPort() {
        return new ServicePort(CANARY, HTTP_PORT);
    }

    static ServicePort grpc() {
        return new ServicePort(CHECKOUT, GRPC_PORT);
    }

    static ServicePort tcp() {
        return new ServicePort(CHECKOUT, TCP_PORT);
    }

    @Override
    public void close() {
        sidecars.forEach(TestSidecar::close);
        gateways.forEach(TestGateway::close);
        loops.close();
    }
}
