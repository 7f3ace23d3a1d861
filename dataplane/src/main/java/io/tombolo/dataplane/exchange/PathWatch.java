package io.tombolo.dataplane.exchange;

import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.outcome.PathKey;
import io.tombolo.dataplane.outcome.Paths;
import io.tombolo.dataplane.tls.HandshakeException;
import io.tombolo.dataplane.upstream.Dialer;
import io.tombolo.model.catalog.ClusterGateways;
import io.tombolo.model.catalog.GatewayInstance;
import io.tombolo.model.name.Sni;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Probes paths that are down or doubtful, through the data port, until they answer or are gone. One loop's own. */
final class PathWatch {
    private final EventLoop loop;
    private final Dialer dialer;
    private final Paths paths;
    private final Supplier<ProxyConfig> config;
    private final Consumer<PathKey> silent;
    private final Set<PathKey> watched = new HashSet<>();

    /** @param silent hears of paths on which nothing came back in time, which is not being refused */
    PathWatch(EventLoop loop, Dialer dialer, Paths paths, Supplier<ProxyConfig> config, Consumer<PathKey> silent) {
        this.loop = loop;
        this.dialer = dialer;
        this.paths = paths;
        this.config = config;
        this.silent = silent;
    }

    /** A dial through it failed. */
    void failed(PathKey path) {
        long delayNanos = paths.failed(path);
        if (watched.add(path)) {
            later(path, delayNanos);
        }
    }

    /** Something on it broke, which may or may not be its doing: asked at once. */
    void doubt(PathKey path) {
        if (watched.add(path)) {
            probe(path);
        }
    }

    private void later(PathKey path, long delayNanos) {
        loop.schedule(() -> probe(path), delayNanos, TimeUnit.NANOSECONDS);
    }

    private void probe(PathKey path) {
        ProxyConfig now = config.get();
        Optional<ClusterGateways> gateways = now.gateways(path.cluster()).filter(ClusterGateways::trusted);
        Optional<GatewayInstance> gateway = gateways.stream()
                .flatMap(all -> all.gateways().stream())
                .filter(one -> one.instance().equals(path.gateway()))
                .findFirst();
        if (gateway.isEmpty() || now.own().isEmpty() || loop.isShuttingDown()) {
            watched.remove(path);
            return;
        }
        ClusterGateways cluster = gateways.orElseThrow();
        var name = new Sni.Probe(path.gateway(), path.cluster(), now.own().get().federation());
        dialer.probe(
                        loop,
                        gateway.get().addresses().getFirst(),
                        name,
                        cluster.gatewayId(),
                        cluster.sharingAddress(gateway.get()))
                .addListener((Future<Long> probed) -> probed(path, probed));
    }

    private void probed(PathKey path, Future<Long> probed) {
        if (probed.isSuccess()) {
            paths.worked(path, probed.getNow());
            watched.remove(path);
        } else {
            later(path, paths.failed(path));
            if (isSilence(probed.cause())) {
                silent.accept(path);
            }
        }
    }

    private static boolean isSilence(Throwable cause) {
        return cause instanceof ConnectTimeoutException
                || (cause instanceof HandshakeException shake && shake.ending() == HandshakeException.Ending.LATE);
    }
}
