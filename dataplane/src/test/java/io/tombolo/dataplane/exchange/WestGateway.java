package io.tombolo.dataplane.exchange;

import io.tombolo.dataplane.accept.AcceptLimits;
import io.tombolo.dataplane.accept.Acceptor;
import io.tombolo.dataplane.accesslog.AccessLog;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.fixture.Configs;
import io.tombolo.dataplane.fixture.TestCluster;
import io.tombolo.dataplane.hello.HelloLimits;
import io.tombolo.dataplane.hello.Refusal;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.dataplane.probe.ProbeAnswerer;
import io.tombolo.dataplane.session.Passthrough;
import io.tombolo.dataplane.session.SessionSettings;
import io.tombolo.dataplane.tls.MeshTls;
import io.tombolo.dataplane.tls.TlsEngine;
import io.tombolo.dataplane.upstream.DialLimits;
import io.tombolo.dataplane.upstream.Dialler;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.LocalInstance;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.wire.codec.FeedEntry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A real passthrough gateway of west in front of the sidecars that it is told of. */
final class WestGateway implements AutoCloseable {
    private final Mesh mesh;
    private final Map<InstanceId, HostPort> sidecars =
            new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
    private final Acceptor acceptor;
    private final HostPort address;
    private volatile ProxyConfig config = ProxyConfig.EMPTY;

    /** Opens one, and lets callers know its address with the next push. */
    WestGateway(Mesh mesh, int number) {
        this.mesh = mesh;
        InstanceId self = Mesh.instance(number);
        var metrics = new Metrics();
        TestCluster west = mesh.west;
        var svid = west.svid(SpiffeId.gateway(west.trustDomain()), Optional.empty());
        var tls = new MeshTls(
                () -> svid, () -> config.bundles(), InstantSource.system(), TlsEngine.best(), Duration.ofSeconds(2));
        var settings = new SessionSettings(
                HelloLimits.DEFAULT, new Refusal(Duration.ofMillis(20), Duration.ofMillis(60)), Duration.ofMinutes(1));
        var passthrough = new Passthrough(
                self,
                () -> config,
                settings,
                new Dialler(mesh.loops, DialLimits.DEFAULT, metrics),
                new ProbeAnswerer(tls, () -> false, metrics),
                metrics,
                AccessLog.off());
        acceptor = new Acceptor(mesh.loops.apart(), AcceptLimits.DEFAULT, metrics, passthrough::begin);
        InetSocketAddress bound = acceptor.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), false);
        address = new HostPort("127.0.0.1", bound.getPort());
        mesh.westGateways.put(self, address);
    }

    /** From now on it knows that instance. */
    WestGateway serving(TestSidecar sidecar) {
        sidecars.put(sidecar.instance(), sidecar.address());
        configure();
        return this;
    }

    /** From now on it does not. */
    void forget(TestSidecar sidecar) {
        sidecars.remove(sidecar.instance());
        configure();
    }

    private void configure() {
        List<FeedEntry> entries = new ArrayList<>();
        entries.add(Configs.own(mesh.west, Optional.empty()));
        entries.add(Configs.served(mesh.west, true, ExportMode.PASSTHROUGH));
        sidecars.forEach((id, at) -> entries.add(new FeedEntry.Local(new LocalInstance(
                Mesh.CHECKOUT,
                id,
                List.of(at),
                InstanceState.READY,
                100,
                "",
                Set.of(Mesh.HTTP_PORT, Mesh.TCP_PORT, Mesh.GRPC_PORT),
                mesh.west.workloadId("checkout")))));
        config = ProxyConfig.of(1, entries);
    }

    /** As by kill -9. */
    @Override
    public void close() {
        acceptor.stopAccepting();
        acceptor.closeConnections();
    }
}
