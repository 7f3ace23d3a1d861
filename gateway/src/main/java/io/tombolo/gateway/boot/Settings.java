package io.tombolo.gateway.boot;

import io.tombolo.dataplane.accept.AcceptLimits;
import io.tombolo.dataplane.accesslog.AccessLogSettings;
import io.tombolo.dataplane.admin.HealthSettings;
import io.tombolo.dataplane.drain.DrainSettings;
import io.tombolo.dataplane.enrol.EnrolSettings;
import io.tombolo.dataplane.feed.FeedSettings;
import io.tombolo.dataplane.http1.HttpLimits;
import io.tombolo.dataplane.http2.Http2Limits;
import io.tombolo.dataplane.probe.ProbeSettings;
import io.tombolo.dataplane.session.SessionSettings;
import io.tombolo.dataplane.upstream.DialLimits;
import io.tombolo.dataplane.upstream.PoolLimits;
import io.tombolo.model.catalog.HostPort;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Settings that were checked.
 * @param advertise           empty = the listening address
 * @param health              empty = no port for load balancers
 * @param endpointsConcurrent requests and TCP connections for workloads without a sidecar at once
 * @param appPool             for the same
 * @param http                for those workloads
 * @param http2               for the same
 */
record Settings(
        Path stateDir,
        List<HostPort> advertise,
        int weight,
        String zone,
        boolean autoPorts,
        InetSocketAddress listen,
        InetSocketAddress admin,
        Optional<HealthSettings> health,
        AcceptLimits accept,
        SessionSettings session,
        DialLimits dial,
        int endpointsConcurrent,
        PoolLimits appPool,
        HttpLimits http,
        Http2Limits http2,
        ProbeSettings probe,
        DrainSettings drain,
        AccessLogSettings accessLog,
        EnrolSettings enrol,
        FeedSettings feed) {}
