package io.tombolo.controller.health;

import io.tombolo.controller.exporting.LocalServices;
import io.tombolo.controller.publish.CatalogWriter;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.name.ServiceName;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes health: what changed, at most 4 times a second, and everything each 10 s. Silent at first: until the proxies had
 * time to come back after a restart, what this controller does not know must not look like "nobody is ready".
 */
public final class HealthSource implements AutoCloseable {
    /** Between two batches. */
    public static final Duration INTERVAL = Duration.ofMillis(250);

    /** Between two full batches. */
    public static final Duration FULL_INTERVAL = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(HealthSource.class);

    private final Supplier<LocalServices> services;
    private final PathTable paths;
    private final EndpointTable endpoints;
    private final CatalogWriter writer;
    private final Supplier<Boolean> settled;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("health").factory());
    private Map<ServiceName, ServiceHealth> sent = Map.of();
    private List<PathHealth> sentPaths = List.of();
    private long lastFullNanos;

    /** @param settled whether the proxies of before had time to come back */
    public HealthSource(
            Supplier<LocalServices> services,
            PathTable paths,
            EndpointTable endpoints,
            CatalogWriter writer,
            Supplier<Boolean> settled) {
        this.services = services;
        this.paths = paths;
        this.endpoints = endpoints;
        this.writer = writer;
        this.settled = settled;
        this.lastFullNanos = System.nanoTime() - FULL_INTERVAL.toNanos();
    }

    public void start() {
        var _ = timer.scheduleWithFixedDelay(this::look, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            if (settled.get()) {
                publish(System.nanoTime());
            }
        } catch (RuntimeException failed) {
            LOG.warn("health was not published", failed);
        }
    }

    private void publish(long nowNanos) {
        Map<ServiceName, ServiceHealth> now = new HashMap<>();
        services.get().all().stream()
                .filter(service -> service.export().isPresent())
                .flatMap(service -> ServiceHealths.of(service, endpoints).stream())
                .forEach(health -> now.put(health.service(), health));
        List<PathHealth> nowPaths = paths.best();
        boolean full = nowNanos - lastFullNanos >= FULL_INTERVAL.toNanos();
        List<ServiceHealth> changed = now.values().stream()
                .filter(health -> full || !health.equals(sent.get(health.service())))
                .toList();
        boolean pathsChanged = statesChanged(nowPaths);
        if (full || pathsChanged || !changed.isEmpty()) {
            writer.offerHealth(full, changed, full || pathsChanged ? nowPaths : List.of());
            sent = now;
            sentPaths = nowPaths;
            lastFullNanos = full ? nowNanos : lastFullNanos;
        }
    }

    /** Round trips change all the time; only states are news. */
    private boolean statesChanged(List<PathHealth> now) {
        return !states(now).equals(states(sentPaths));
    }

    private static Map<Object, Object> states(List<PathHealth> paths) {
        Map<Object, Object> states = new HashMap<>();
        paths.forEach(path -> states.put(path.gateway(), path.state()));
        return states;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
