package io.tombolo.gateway.boot;

import io.tombolo.dataplane.feed.FeedClient;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.probe.ProbeResult;
import io.tombolo.dataplane.probe.ProbeTarget;
import io.tombolo.dataplane.probe.Probes;
import io.tombolo.model.catalog.ClusterGateways;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.name.FederationName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Which peers this gateway measures, and when it tells its controller. */
final class PeerProbes implements AutoCloseable {
    /** Reports of changed states wait this long for others. */
    private static final long COALESCE_MILLIS = 50;

    /** Round trips are reported this often even if no state changed. */
    private static final long REFRESH_SECONDS = 10;

    private final FeedClient feed;
    private final ScheduledExecutorService reports = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("path-reports").factory());
    private final AtomicBoolean reportPending = new AtomicBoolean();

    PeerProbes(FeedClient feed) {
        this.feed = feed;
    }

    /** Begins to report what {@code probes} find. */
    void reportFrom(Probes probes) {
        reports.scheduleAtFixedRate(() -> report(probes), REFRESH_SECONDS, REFRESH_SECONDS, TimeUnit.SECONDS);
    }

    /** A probe has a result, on its loop. */
    void found(Probes probes, Optional<ProbeResult> before, ProbeResult after) {
        boolean changed = before.isEmpty()
                || before.get().health().state() != after.health().state();
        if (changed && !reports.isShutdown() && reportPending.compareAndSet(false, true)) {
            reports.schedule(() -> report(probes), COALESCE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void report(Probes probes) {
        reportPending.set(false);
        List<PathHealth> paths =
                probes.results().stream().map(ProbeResult::health).toList();
        if (!paths.isEmpty()) {
            feed.report(paths);
        }
    }

    /**
     * The gateways of admitted clusters with which trust is mutual and from which something is imported (or of all, when the
     * feed names no imports). First one of each cluster, then the second ones, so that a limit leaves no cluster out.
     */
    static List<ProbeTarget> targets(ProxyConfig config) {
        if (config.own().isEmpty()) {
            return List.of();
        }
        FederationName federation = config.own().get().federation();
        List<ClusterGateways> clusters = config.gateways().stream()
                .filter(paths ->
                        paths.trusted() && config.isAdmitted(paths.cluster()) && !config.isOwn(paths.cluster()))
                .filter(paths -> config.sources().isEmpty() || config.sources().contains(paths.cluster()))
                .sorted(Comparator.comparing(ClusterGateways::cluster))
                .toList();
        int most = clusters.stream()
                .mapToInt(paths -> paths.gateways().size())
                .max()
                .orElse(0);
        var targets = new ArrayList<ProbeTarget>();
        for (int i = 0; i < most; i++) {
            for (ClusterGateways paths : clusters) {
                if (i < paths.gateways().size()) {
                    targets.add(ProbeTarget.of(paths, paths.gateways().get(i), federation, config.dialing()));
                }
            }
        }
        return targets;
    }

    @Override
    public void close() {
        reports.shutdownNow();
    }
}
