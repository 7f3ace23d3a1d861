package io.tombolo.sidecar.boot;

import io.tombolo.dataplane.capture.Vip;
import io.tombolo.dataplane.capture.VipRange;
import io.tombolo.dataplane.capture.Vips;
import io.tombolo.dataplane.capture.VirtualAddresses;
import io.tombolo.dataplane.dns.DnsPort;
import io.tombolo.dataplane.dns.OwnNames;
import io.tombolo.dataplane.exchange.Capture;
import io.tombolo.dataplane.feed.CurrentConfig;
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.model.capture.PortRange;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where services are found by name: a port for DNS, and the addresses that it gives out. */
final class NamedPorts {
    private final Vips vips;
    private final DnsPort dns;

    private NamedPorts(Vips vips, DnsPort dns) {
        this.vips = vips;
        this.dns = dns;
    }

    /**
     * Binds the port for DNS; blocks until that is done.
     * @return empty if it is not wanted
     * @throws io.tombolo.model.fault.TomboloException PORT_IN_USE
     */
    static Optional<NamedPorts> open(
            Settings settings, InstanceId self, Loops loops, Capture capture, CurrentConfig config, Metrics metrics) {
        Settings.Names wanted = settings.names();
        if (!wanted.enabled()) {
            return Optional.empty();
        }
        var vips = new Vips(
                loops,
                new Vips.Settings(
                        wanted.range().orElseGet(() -> VipRange.of(self)),
                        !settings.redirects().enabled(),
                        excluded(settings),
                        wanted.maxListeners(),
                        settings.maxLocalConnections()),
                metrics,
                capture::bound);
        DnsPort dns = DnsPort.open(
                loops,
                wanted.listen(),
                settings.autoPorts(),
                new OwnNames(config, (callee, ports) -> vips.require(callee, numbers(ports)), InstantSource.system()),
                wanted.limits(),
                metrics);
        config.listen((before, after) ->
                vips.follow(callee -> OwnNames.ports(config.get(), callee).map(NamedPorts::numbers)));
        return Optional.of(new NamedPorts(vips, dns));
    }

    /** The application's own port is its own on every address of this machine. */
    private static List<PortRange> excluded(Settings settings) {
        var all = new ArrayList<>(settings.names().excluded());
        settings.served().map(app -> app.address().port()).ifPresent(port -> all.add(new PortRange(port, port)));
        return all;
    }

    private static List<Integer> numbers(List<ExportedPort> ports) {
        return ports.stream().map(ExportedPort::port).toList();
    }

    VirtualAddresses addresses() {
        return vips;
    }

    /** Whether somebody may remember an address of it, or of an instance of it. */
    boolean hasAddress(ServiceName service) {
        return vips.hasGiven(service);
    }

    InetSocketAddress dns() {
        return dns.address();
    }

    List<Vip> vips() {
        return vips.shown();
    }

    void close() {
        dns.close();
        vips.close();
    }
}
