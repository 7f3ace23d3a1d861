package io.tombolo.dataplane.exchange;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.tombolo.dataplane.capture.LocalListener;
import io.tombolo.dataplane.feed.CurrentConfig;
import io.tombolo.dataplane.fixture.TestCluster;
import io.tombolo.dataplane.identity.LivePeers;
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.dataplane.outcome.EndpointKey;
import io.tombolo.dataplane.pick.Picked;
import io.tombolo.dataplane.relay.Relay;
import io.tombolo.dataplane.relay.RelayLimits;
import io.tombolo.dataplane.tls.Established;
import io.tombolo.dataplane.tls.MeshTls;
import io.tombolo.dataplane.tls.TlsEngine;
import io.tombolo.dataplane.upstream.Dialer;
import io.tombolo.dataplane.upstream.Dialled;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.name.Alpn;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.Sni;
import io.tombolo.trustbundle.bundle.BundleSet;
import io.tombolo.trustbundle.svid.InstanceName;
import io.tombolo.trustbundle.svid.Svid;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who has a valid identity of the mesh and no sidecar: the mesh's TLS, and whatever bytes a test likes inside it. */
final class BareTls implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final RelayLimits LIMITS =
            RelayLimits.of(Duration.ofHours(1), RelayLimits.USUAL_FLUSH, new Metrics());

    private final Loops loops;
    private final TestCluster cluster;
    private final MeshTls tls;
    private final Dialer dialer;
    private final LocalListener listener;

    private final Alpn spoken;

    private BareTls(Mesh mesh, TestCluster cluster, Svid svid, Alpn spoken, Side side) {
        this.spoken = spoken;
        this.loops = mesh.loops.apart();
        this.cluster = cluster;
        var bundles = BundleSet.of(List.of(mesh.east.bundle(), mesh.west.bundle()));
        this.tls = new MeshTls(() -> svid, () -> bundles, InstantSource.system(), TlsEngine.best(), PATIENCE);
        var metrics = new Metrics();
        var config = new CurrentConfig();
        config.swap(mesh.configuration(cluster));
        this.dialer = new Dialer(loops, tls, new LivePeers(config, metrics), PATIENCE, PATIENCE);
        var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        this.listener = LocalListener.bind(loops, any, false, 10_000, metrics, channel -> side.accepted(this, channel));
    }

    private interface Side {
        void accepted(BareTls self, Channel channel);
    }

    /** A port in the clear that leads to {@code server}'s inbound side, as {@code account} of {@code cluster}. */
    static BareTls caller(Mesh mesh, TestCluster cluster, String account, TestSidecar server) {
        return caller(mesh, cluster, account, server, Alpn.HTTP_1_1);
    }

    static BareTls caller(Mesh mesh, TestCluster cluster, String account, TestSidecar server, Alpn spoken) {
        return new BareTls(
                mesh, cluster, cluster.workload(account), spoken, (self, channel) -> self.call(channel, server));
    }

    /** A port that answers with the identity of {@code account}, and passes what comes to {@code appPort} as it is. */
    static BareTls server(Mesh mesh, TestCluster cluster, String account, InstanceId instance, int appPort) {
        return server(mesh, cluster, account, instance, appPort, Alpn.HTTP_1_1);
    }

    static BareTls server(
            Mesh mesh, TestCluster cluster, String account, InstanceId instance, int appPort, Alpn spoken) {
        String name = new InstanceName.Workload(instance, cluster.id(), TestCluster.FEDERATION).toString();
        Svid svid = cluster.svid(cluster.workloadId(account), Optional.of(name));
        return new BareTls(mesh, cluster, svid, spoken, (self, channel) -> self.serve(channel, appPort));
    }

    /** A gateway of west that ends callers' TLS, and passes what comes to {@code port} as it is. */
    static BareTls gateway(Mesh mesh, InstanceId instance, int port) {
        return new BareTls(
                mesh,
                mesh.west,
                mesh.west.gateway(instance),
                Alpn.HTTP_1_1,
                (self, channel) -> self.serve(channel, port));
    }

    /** A port in the clear that leads into {@code gateway}, which ends {@code account}'s TLS and has its word for it. */
    static BareTls throughGateway(Mesh mesh, TestCluster cluster, String account, TestGateway gateway, Alpn spoken) {
        return new BareTls(
                mesh, cluster, cluster.workload(account), spoken, (self, channel) -> self.handOver(channel, gateway));
    }

    HostPort address() {
        return new HostPort("127.0.0.1", listener.address().getPort());
    }

    int port() {
        return address().port();
    }

    private void call(Channel plain, TestSidecar server) {
        dialer.connect(plain.eventLoop(), server.address()).addListener((Future<Channel> connected) -> {
            Channel mesh = connected.getNow();
            Sni name = Sni.Service.any(Mesh.http(), cluster.id(), TestCluster.FEDERATION);
            tls.client(mesh, name, List.of(spoken), Set.of(cluster.workloadId("checkout")))
                    .addListener((Future<Established> shaken) -> relay(plain, mesh, shaken));
        });
    }

    private void handOver(Channel plain, TestGateway gateway) {
        Sni.Service name = Sni.Service.any(Mesh.http(), gateway.cluster(), TestCluster.FEDERATION);
        var whoever = new EndpointKey(Mesh.http(), gateway.cluster(), Optional.empty());
        var picked = new Picked(whoever, gateway.address(), Optional.empty(), name, Set.of(gateway.svid.id()));
        dialer.mesh(plain.eventLoop(), picked, List.of(spoken)).addListener((Future<Dialled> dialled) -> {
            if (!dialled.isSuccess()) {
                plain.close();
            } else if (plain.isActive()) {
                Relay.start(plain, dialled.getNow().channel(), LIMITS, end -> {});
            } else {
                dialled.getNow().channel().close();
            }
        });
    }

    private void serve(Channel mesh, int appPort) {
        dialer.connect(mesh.eventLoop(), new HostPort("127.0.0.1", appPort))
                .addListener((Future<Channel> connected) -> {
                    tls.server(mesh, List.of(spoken))
                            .addListener((Future<Established> shaken) -> relay(mesh, connected.getNow(), shaken));
                    mesh.read();
                });
    }

    private static void relay(Channel client, Channel upstream, Future<Established> shaken) {
        if (shaken.isSuccess() && client.isActive()) {
            Relay.start(client, upstream, LIMITS, end -> {});
        } else {
            client.close();
            upstream.close();
        }
    }

    @Override
    public void close() {
        listener.close();
    }
}
