package io.tombolo.sidecar.boot;

import io.tombolo.dataplane.accept.AcceptLimits;
import io.tombolo.dataplane.accesslog.AccessLogSettings;
import io.tombolo.dataplane.admin.HealthSettings;
import io.tombolo.dataplane.app.Readiness;
import io.tombolo.dataplane.capture.VipRange;
import io.tombolo.dataplane.dns.DnsLimits;
import io.tombolo.dataplane.drain.DrainSettings;
import io.tombolo.dataplane.enrol.EnrolSettings;
import io.tombolo.dataplane.exchange.OutboundSettings;
import io.tombolo.dataplane.feed.FeedSettings;
import io.tombolo.dataplane.feed.Interests;
import io.tombolo.dataplane.feed.Presence.Offered;
import io.tombolo.dataplane.hello.HelloLimits;
import io.tombolo.dataplane.probe.ProbeSettings;
import io.tombolo.dataplane.trace.TraceSettings;
import io.tombolo.dataplane.upstream.PoolLimits;
import io.tombolo.model.capture.PortRange;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.name.InstanceHostname;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settings that were checked.
 * @param served    the application; empty = this sidecar only calls
 * @param forCluster instead of all that a workload needs: names are answered for the whole cluster
 * @param advertise empty = the inbound address
 * @param maxSeries of each number that has both ends in its labels
 * @param maxTaps   people who look at the traffic at once
 */
record Settings(
        Path stateDir,
        boolean ephemeral,
        boolean autoPorts,
        Optional<ServedApp> served,
        List<LocalPort> bind,
        Redirects redirects,
        Names names,
        Optional<ForCluster> forCluster,
        List<HostPort> advertise,
        int weight,
        String zone,
        Optional<InstanceHostname> hostname,
        InetSocketAddress inbound,
        InetSocketAddress outbound,
        InetSocketAddress admin,
        AcceptLimits accept,
        HelloLimits hello,
        PoolLimits appPool,
        int maxConcurrent,
        int maxLocalConnections,
        Duration dialTimeout,
        Duration tlsTimeout,
        OutboundSettings walk,
        ProbeSettings probe,
        DrainSettings drain,
        AccessLogSettings accessLog,
        int maxSeries,
        int maxTaps,
        TraceSettings trace,
        EnrolSettings enrol,
        FeedSettings feed,
        Interests.Limits interest) {
    /**
     * The application behind this sidecar, and how callers know it.
     * @param readiness its page, if it has one
     */
    record ServedApp(Offered offer, HostPort address, Duration check, Optional<Readiness> readiness) {}

    /** A local port that stands for a service. */
    record LocalPort(ServicePort service, InetSocketAddress address) {}

    /**
     * Names for whoever asks.
     * @param listen may be open to others; port 0 = any free one
     * @param health empty = no port for the kubelet
     */
    record ForCluster(InetSocketAddress listen, Optional<HealthSettings> health) {}

    /**
     * Services by name.
     * @param listen       for DNS, a loopback address; port 0 = any free one
     * @param range        empty = drawn from the instance id
     * @param excluded     ports that are never listened on, beside the application's own
     * @param maxListeners on addresses of services
     */
    record Names(
            boolean enabled,
            InetSocketAddress listen,
            DnsLimits limits,
            Optional<VipRange> range,
            List<PortRange> excluded,
            int maxListeners) {
        Names {
            excluded = List.copyOf(excluded);
        }
    }

    /**
     * Connections that the kernel leads here.
     * @param port           0 = any free one
     * @param vips           addresses that stand for services
     * @param connectTimeout for one TCP handshake with what is no service
     */
    record Redirects(boolean enabled, int port, Map<InetAddress, ServiceName> vips, Duration connectTimeout) {
        Redirects {
            vips = Map.copyOf(vips);
        }
    }
}
