package io.tombolo.dataplane.exchange;

import io.tombolo.dataplane.accept.AcceptLimits;
import io.tombolo.dataplane.accept.Acceptor;
import io.tombolo.dataplane.accesslog.AccessLog;
import io.tombolo.dataplane.accesslog.Party;
import io.tombolo.dataplane.capture.LocalListener;
import io.tombolo.dataplane.capture.OriginalDestination;
import io.tombolo.dataplane.capture.OwnDials;
import io.tombolo.dataplane.capture.ProxyCredential;
import io.tombolo.dataplane.capture.VirtualAddresses;
import io.tombolo.dataplane.feed.CurrentConfig;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.fixture.TestCluster;
import io.tombolo.dataplane.identity.LivePeers;
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.dataplane.tls.MeshTls;
import io.tombolo.dataplane.tls.TlsEngine;
import io.tombolo.dataplane.trace.Tracing;
import io.tombolo.dataplane.upstream.AwayDialer;
import io.tombolo.dataplane.upstream.Dialer;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.name.CalleePort;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.routing.Failback;
import io.tombolo.model.routing.FailoverPolicy;
import io.tombolo.model.traffic.EjectionPolicy;
import io.tombolo.trustbundle.svid.InstanceName;
import io.tombolo.trustbundle.svid.Svid;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A whole sidecar but for its program: both walks, over real TLS on 127.0.0.1. */
final class TestSidecar implements AutoCloseable {
    /** An application port that is the sidecar's own. */
    static final int OWN_PROXY = -1;

    private static final int MAX_HOPS = 5;

    private static final FailoverPolicy AT_ONCE =
            FailoverPolicy.DEFAULT.with(new Failback(Duration.ofMillis(200), Duration.ZERO));

    /** As by default, but no test is so slow that one ends. */
    private static final EjectionPolicy EJECTED_FOR_GOOD =
            new EjectionPolicy(5, Duration.ofHours(1), Duration.ofHours(1), 0.5);

    final Metrics metrics = new Metrics();
    final CurrentConfig current;
    final AccessLog log;
    private final Tracing tracing;
    final LivePeers peers;
    final Inbound inbound;
    final Outbound outbound;
    private final TestCluster cluster;
    private final InstanceId instance;
    private final Acceptor acceptor;
    private final HostPort address;
    private final LocalListener proxy;
    final Loops loops;
    final Capture capture;
    private final ProxyCredential credential = ProxyCredential.random();

    TestSidecar(Mesh mesh, TestCluster cluster, String account, InstanceId instance, int appPort) {
        this.loops = mesh.loops.apart();
        this.cluster = cluster;
        this.instance = instance;
        this.current = mesh.interests.map(CurrentConfig::new).orElseGet(CurrentConfig::new);
        Svid svid = cluster.svid(
                cluster.workloadId(account),
                Optional.of(new InstanceName.Workload(instance, cluster.id(), TestCluster.FEDERATION).toString()));
        var tls = new MeshTls(
                () -> svid,
                () -> current.get().bundles(),
                InstantSource.system(),
                TlsEngine.best(),
                Duration.ofSeconds(2));
        peers = new LivePeers(current, metrics);
        var dialer = new Dialer(loops, tls, peers, Duration.ofMillis(500), mesh.hello.timeout());
        log = AccessLog.open(
                mesh.accessLog, Party.of(Optional.of(cluster.id()), svid.id(), Optional.of(instance)), metrics);
        tracing = Tracing.open(mesh.trace, log.self(), metrics);
        outbound = new Outbound(current, dialer, metrics, walk(mesh), log, tracing);
        capture = new Capture(outbound, credential, metrics);
        proxy = LocalListener.bind(loops, any(), false, 100, metrics, capture::proxy);
        var app = new HostPort("127.0.0.1", appPort == OWN_PROXY ? proxyPort() : Math.max(1, appPort));
        HostPort tcpApp = mesh.tcpAppPort == 0 ? app : new HostPort("127.0.0.1", mesh.tcpAppPort);
        HostPort grpcApp = mesh.grpcAppPort == 0 ? app : new HostPort("127.0.0.1", mesh.grpcAppPort);
        inbound = new Inbound(
                current,
                tls,
                peers,
                dialer,
                metrics,
                new InboundSettings(
                        instance,
                        Map.of(Mesh.http(), app, Mesh.canaryPort(), app, Mesh.tcp(), tcpApp, Mesh.grpc(), grpcApp),
                        mesh.hello,
                        mesh.http,
                        mesh.http2,
                        mesh.appPool,
                        8,
                        Duration.ofHours(1),
                        mesh.tcpFlush),
                log,
                tracing);
        acceptor = new Acceptor(loops, AcceptLimits.DEFAULT, metrics, inbound::begin);
        InetSocketAddress bound = acceptor.bind(any(), false);
        address = new HostPort("127.0.0.1", bound.getPort());
    }

    private static OutboundSettings walk(Mesh mesh) {
        OutboundSettings defaults = OutboundSettings.DEFAULT;
        return new OutboundSettings(
                mesh.http,
                mesh.http2,
                defaults.pool(),
                EJECTED_FOR_GOOD,
                AT_ONCE,
                defaults.retries(),
                mesh.retryBudget,
                mesh.requestTimeout,
                MAX_HOPS,
                mesh.standby,
                defaults.tcpIdle(),
                mesh.tcpFlush,
                defaults.openWithin(),
                mesh.cutSilentAfter,
                defaults.urgency());
    }

    TestCluster cluster() {
        return cluster;
    }

    InstanceId instance() {
        return instance;
    }

    /** Of its inbound listener. */
    HostPort address() {
        return address;
    }

    int proxyPort() {
        return proxy.address().getPort();
    }

    /** The header line that a program started by this sidecar would send. */
    String authorization() {
        String url = credential.proxyUrl(1);
        String pair = url.substring("http://".length(), url.indexOf('@'));
        return "Proxy-Authorization: Basic " + Base64.getEncoder().encodeToString(pair.getBytes()) + "\r\n";
    }

    /** A local port that stands for a service; returns its number. */
    int bind(ServicePort service) {
        return bind(CalleePort.anyone(service));
    }

    /** The same for whom it stands for. */
    int bind(CalleePort callee) {
        return LocalListener.bind(loops, any(), false, 100, metrics, channel -> capture.bound(channel, callee))
                .address()
                .getPort();
    }

    /** Takes what the kernel redirects; on Linux only. */
    Transparent transparent(VirtualAddresses services) {
        var own = new OwnDials();
        return new Transparent(
                capture,
                outbound,
                OriginalDestination.link(loops.isNative()),
                own,
                loops.listeners(),
                services,
                new AwayDialer(loops, own, Duration.ofSeconds(2)),
                metrics);
    }

    void configure(ProxyConfig config) {
        current.swap(config);
    }

    long counted(String line) {
        return counted(metrics, line);
    }

    static long counted(Metrics metrics, String line) {
        return metrics.text()
                .lines()
                .filter(l -> l.startsWith(line + " "))
                .mapToLong(l -> Long.parseLong(l.substring(line.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    /** The sum of a number over all its rows that have those labels, such as {@code blame="APP"}. */
    long summed(String name, String... labels) {
        return metrics.text()
                .lines()
                .filter(line -> line.startsWith(name + "{"))
                .filter(line -> Stream.of(labels).allMatch(line::contains))
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static InetSocketAddress any() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** As by kill -9: nothing is said to anybody. */
    void die() {
        acceptor.stopAccepting();
        acceptor.closeConnections();
    }

    /** Breaks what is open, and goes on. */
    void cut() {
        acceptor.closeFrom(Set.of(InetAddress.getLoopbackAddress()));
    }

    @Override
    public void close() {
        die();
        proxy.close();
        log.close();
        tracing.close();
    }
}
