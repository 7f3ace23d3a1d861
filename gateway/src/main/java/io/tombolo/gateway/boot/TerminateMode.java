package io.tombolo.gateway.boot;

import io.tombolo.dataplane.accesslog.AccessLog;
import io.tombolo.dataplane.exchange.Inbound;
import io.tombolo.dataplane.exchange.InboundSettings;
import io.tombolo.dataplane.feed.CurrentConfig;
import io.tombolo.dataplane.identity.LivePeers;
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.dataplane.terminate.Terminate;
import io.tombolo.dataplane.terminate.TerminateSettings;
import io.tombolo.dataplane.tls.MeshTls;
import io.tombolo.dataplane.upstream.Dialer;
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.name.InstanceId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Joins the rooms of the mode in which this gateway ends callers' TLS. */
final class TerminateMode {
    private static final Duration LONGEST_IDLE = Duration.ofHours(24);

    private TerminateMode() {}

    static Terminate of(
            Settings settings,
            Loops loops,
            InstanceId self,
            CurrentConfig config,
            MeshTls tls,
            Metrics metrics,
            AccessLog log) {
        var peers = new LivePeers(config, metrics);
        var dialer = new Dialer(
                loops,
                tls,
                peers,
                settings.dial().timeout(),
                settings.session().hello().timeout(),
                Optional.of(() -> ofEndpoints(config)));
        return new Terminate(
                self,
                config,
                tls,
                peers,
                dialer,
                new Inbound(config, tls, peers, dialer, metrics, inbound(settings, self), log),
                new TerminateSettings(
                        settings.session().refusal(),
                        settings.dial().instances(),
                        settings.session().relayIdle(),
                        settings.session().relayFlush(),
                        settings.session().hello().timeout()),
                metrics,
                log);
    }

    /** Ranges are denied because this cluster's own workloads are there: that cannot count for these. */
    private static AddressRules ofEndpoints(CurrentConfig config) {
        return new AddressRules(
                config.get().dialing().map(AddressRules::allowLoopback).orElse(false));
    }

    private static InboundSettings inbound(Settings settings, InstanceId self) {
        Duration idle = settings.session().relayIdle();
        return new InboundSettings(
                self,
                Map.of(),
                settings.session().hello(),
                settings.http(),
                settings.http2(),
                settings.appPool(),
                settings.endpointsConcurrent(),
                idle.compareTo(LONGEST_IDLE) > 0 ? LONGEST_IDLE : idle,
                settings.session().relayFlush());
    }
}
