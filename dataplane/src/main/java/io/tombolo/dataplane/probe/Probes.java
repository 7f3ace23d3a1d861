package io.tombolo.dataplane.probe;

import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.metrics.Counters;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.dataplane.tls.MeshTls;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.name.InstanceId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** The probes that one proxy keeps. Any thread. */
public final class Probes implements AutoCloseable {
    private final Loops loops;
    private final MeshTls tls;
    private final ProbeSettings settings;
    private final BiConsumer<Optional<ProbeResult>, ProbeResult> listener;
    private final Counters changes;
    private final Map<InstanceId, PathProbe> running = new ConcurrentHashMap<>();
    private final Map<InstanceId, ProbeResult> results = new ConcurrentHashMap<>();

    /**
     * Measures nothing yet.
     * @param listener takes every result after the one before it of the same gateway, on a loop: must not block
     */
    public Probes(
            Loops loops,
            MeshTls tls,
            ProbeSettings settings,
            Metrics metrics,
            BiConsumer<Optional<ProbeResult>, ProbeResult> listener) {
        this.loops = loops;
        this.tls = tls;
        this.settings = settings;
        this.listener = listener;
        this.changes = metrics.counters("tombolo_path_changes_total", "Paths that went up or down.", "state");
        metrics.gauge(
                "tombolo_paths_up", "Gateways of other clusters that answer probes.", () -> count(PathHealth.State.UP));
        metrics.gauge(
                "tombolo_paths_down", "Gateways of other clusters that do not.", () -> count(PathHealth.State.DOWN));
    }

    /** Measures exactly these from now on, the first {@link ProbeSettings#maxTargets} of them. */
    public synchronized void measure(Collection<ProbeTarget> targets) {
        var wanted = new HashMap<InstanceId, ProbeTarget>();
        targets.stream().limit(settings.maxTargets()).forEach(target -> wanted.put(target.gateway(), target));
        for (PathProbe probe : List.copyOf(running.values())) {
            if (!probe.target().equals(wanted.get(probe.target().gateway()))) {
                stop(probe, wanted.containsKey(probe.target().gateway()));
            }
        }
        wanted.values().forEach(target -> running.computeIfAbsent(target.gateway(), id -> started(target)));
    }

    /** What is known now, for one gateway; empty if it is not measured or nothing has ended yet. */
    public Optional<ProbeResult> result(InstanceId gateway) {
        return Optional.ofNullable(results.get(gateway));
    }

    /** What is known now. */
    public Collection<ProbeResult> results() {
        return List.copyOf(results.values());
    }

    @Override
    public synchronized void close() {
        running.values().forEach(PathProbe::stop);
        running.clear();
        results.clear();
    }

    private PathProbe started(ProbeTarget target) {
        var probe = new PathProbe(target, loops, tls, settings, this::take);
        probe.start();
        return probe;
    }

    /** A gateway whose addresses changed keeps what was measured until the new probe knows better. */
    private void stop(PathProbe probe, boolean keepResult) {
        probe.stop();
        running.remove(probe.target().gateway());
        if (!keepResult) {
            results.remove(probe.target().gateway());
        }
    }

    private void take(ProbeResult result) {
        if (!running.containsKey(result.health().gateway())) {
            return; // was on its way when the probe was stopped
        }
        Optional<ProbeResult> before =
                Optional.ofNullable(results.put(result.health().gateway(), result));
        PathHealth.State state = result.health().state();
        if (before.isEmpty() || before.get().health().state() != state) {
            changes.of(state == PathHealth.State.UP ? "up" : "down").increment();
        }
        listener.accept(before, result);
    }

    private long count(PathHealth.State state) {
        return results.values().stream()
                .filter(result -> result.health().state() == state)
                .count();
    }
}
