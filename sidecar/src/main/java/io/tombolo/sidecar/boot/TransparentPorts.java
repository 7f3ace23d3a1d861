package io.tombolo.sidecar.boot;

import io.tombolo.dataplane.capture.LocalListener;
import io.tombolo.dataplane.capture.OriginalDestination;
import io.tombolo.dataplane.capture.OwnDials;
import io.tombolo.dataplane.capture.VirtualAddresses;
import io.tombolo.dataplane.exchange.Capture;
import io.tombolo.dataplane.exchange.Outbound;
import io.tombolo.dataplane.exchange.Transparent;
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.dataplane.upstream.AwayDialer;
import io.tombolo.model.name.Callee;
import io.tombolo.sidecar.boot.Settings.Redirects;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where redirected connections come in: one port of both loopback addresses, for the kernel leads each family to its own. */
final class TransparentPorts {
    private static final InetAddress LOOPBACK_4 = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress LOOPBACK_6 = InetAddress.ofLiteral("::1");

    private final Transparent transparent;
    private final List<LocalListener> listeners = new ArrayList<>();

    private TransparentPorts(Transparent transparent) {
        this.transparent = transparent;
    }

    /**
     * Binds; blocks until that is done. The port is never another one than the rules name.
     * @param known addresses of services, beside those that are declared
     * @return empty if it is not wanted
     * @throws io.tombolo.model.fault.TomboloException NO_CAPTURE_HERE or PORT_IN_USE
     */
    static Optional<TransparentPorts> open(
            Settings settings,
            Loops loops,
            Capture capture,
            Outbound outbound,
            VirtualAddresses known,
            Metrics metrics) {
        Redirects wanted = settings.redirects();
        if (!wanted.enabled()) {
            return Optional.empty();
        }
        var own = new OwnDials();
        VirtualAddresses declared =
                address -> Optional.ofNullable(wanted.vips().get(address)).map(Callee.Anyone::new);
        var ports = new TransparentPorts(new Transparent(
                capture,
                outbound,
                OriginalDestination.link(loops.isNative()),
                own,
                loops.listeners(),
                declared.or(known),
                new AwayDialer(loops, own, wanted.connectTimeout()),
                metrics));
        ports.bind(loops, settings, metrics);
        return Optional.of(ports);
    }

    private void bind(Loops loops, Settings settings, Metrics metrics) {
        int port = settings.redirects().port();
        for (InetAddress loopback : hasIpv6() ? List.of(LOOPBACK_4, LOOPBACK_6) : List.of(LOOPBACK_4)) {
            int same = listeners.isEmpty() ? port : port();
            listeners.add(LocalListener.bind(
                    loops,
                    new InetSocketAddress(loopback, same),
                    false,
                    settings.maxLocalConnections(),
                    metrics,
                    transparent::accept));
        }
    }

    private static boolean hasIpv6() {
        try {
            return NetworkInterface.getByInetAddress(LOOPBACK_6) != null;
        } catch (SocketException none) {
            return false;
        }
    }

    int port() {
        return listeners.getFirst().address().getPort();
    }

    List<InetSocketAddress> addresses() {
        return listeners.stream().map(LocalListener::address).toList();
    }

    /** Connections that the kernel led here so far. */
    long redirected() {
        return transparent.redirected();
    }

    void close() {
        listeners.forEach(LocalListener::close);
    }
}
