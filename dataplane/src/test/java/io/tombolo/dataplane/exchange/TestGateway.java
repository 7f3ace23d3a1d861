package io.tombolo.dataplane.exchange;

import io.tombolo.dataplane.accept.AcceptLimits;
import io.tombolo.dataplane.accept.Acceptor;
import io.tombolo.dataplane.accesslog.AccessLog;
import io.tombolo.dataplane.accesslog.Party;
import io.tombolo.dataplane.feed.CurrentConfig;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.fixture.Terminating;
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.dataplane.probe.ProbeAnswerer;
import io.tombolo.dataplane.session.Passthrough;
import io.tombolo.dataplane.session.SessionSettings;
import io.tombolo.dataplane.terminate.Terminate;
import io.tombolo.dataplane.tls.MeshTls;
import io.tombolo.dataplane.tls.TlsEngine;
import io.tombolo.dataplane.upstream.AddressDialer;
import io.tombolo.dataplane.upstream.DialLimits;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceId;
import io.tombolo.trustbundle.svid.Svid;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** A whole gateway of west but for its program, over real TLS on 127.0.0.1. */
final class TestGateway implements AutoCloseable {
    final Metrics metrics = new Metrics();
    final CurrentConfig current = new CurrentConfig();
    final Svid svid;
    final Terminate terminate;
    private final ClusterId cluster;
    private final InstanceId instance;
    private final AccessLog log;
    private final Acceptor acceptor;
    private final HostPort address;

    TestGateway(Mesh mesh, InstanceId instance) {
        this.cluster = mesh.west.id();
        this.instance = instance;
        this.svid = mesh.west.gateway(instance);
        Loops loops = mesh.loops.apart();
        var tls = new MeshTls(
                () -> svid,
                () -> current.get().bundles(),
                InstantSource.system(),
                TlsEngine.best(),
                Duration.ofSeconds(2));
        log = AccessLog.open(
                mesh.accessLog, Party.of(Optional.of(mesh.west.id()), svid.id(), Optional.of(instance)), metrics);
        terminate = Terminating.on(loops, instance, current, tls, metrics, log);
        var passthrough = new Passthrough(
                current,
                SessionSettings.DEFAULT,
                new AddressDialer(loops, DialLimits.DEFAULT, metrics),
                new ProbeAnswerer(tls, () -> false, metrics),
                terminate,
                metrics,
                log);
        acceptor = new Acceptor(loops, AcceptLimits.DEFAULT, metrics, passthrough::begin);
        InetSocketAddress bound = acceptor.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), false);
        address = new HostPort("127.0.0.1", bound.getPort());
    }

    void configure(ProxyConfig config) {
        current.swap(config);
    }

    InstanceId instance() {
        return instance;
    }

    ClusterId cluster() {
        return cluster;
    }

    /** A line of its metrics. */
    long counted(String line) {
        return TestSidecar.counted(metrics, line);
    }

    HostPort address() {
        return address;
    }

    long faults(Fault fault) {
        return metrics.fault(fault).value();
    }

    @Override
    public void close() {
        acceptor.stopAccepting();
        acceptor.closeConnections();
        log.close();
    }
}
