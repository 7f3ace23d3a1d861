package io.tombolo.controller.api;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tombolo.catalog.freshness.OriginAge;
import io.tombolo.catalog.view.CatalogView;
import io.tombolo.catalog.view.OriginView;
import io.tombolo.controller.enrol.LiveProxy;
import io.tombolo.controller.enrol.ProxyTable;
import io.tombolo.controller.failover.FederationPolicies;
import io.tombolo.controller.push.Sessions;
import io.tombolo.controller.subscribe.CatalogFeed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** What Prometheus reads at {@code /metrics}; {@code docs/metrics.md} lists all of it. Rows per member are bounded by members. */
@Singleton
public final class ControllerMetrics {
    private static final long ROWS_EACH_SECONDS = 5;

    private final MeterRegistry registry;
    private final FederatedLog log;
    private final ProxyTable proxies;
    private final Sessions sessions;
    private final FederationPolicies policies;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("metrics").factory());

    @Inject
    public ControllerMetrics(
            MeterRegistry registry,
            FederatedLog log,
            ProxyTable proxies,
            Sessions sessions,
            FederationPolicies policies) {
        this.registry = registry;
        this.log = log;
        this.proxies = proxies;
        this.sessions = sessions;
        this.policies = policies;
    }

    void start(@Observes StartupEvent event) {
        gauge(
                "tombolo.outbox.pending",
                "Records that wait for Kafka.",
                m -> m.log.writer().map(w -> w.state().pending()).orElse(0));
        gauge(
                "tombolo.backbone.contact.age.seconds",
                "Since Kafka last answered; -1 = never.",
                m -> m.log.feed()
                        .map(f -> f.contact().lastContactAgeMs())
                        .map(ms -> ms < 0 ? -1 : ms / 1e3)
                        .orElse(-1.0));
        FunctionCounter.builder(
                        "tombolo.topic.rereads",
                        this,
                        m -> m.log.feed().map(CatalogFeed::rereads).orElse(0L))
                .description("Times that a topic was read again from its beginning.")
                .register(registry);
        gauge(
                "tombolo.cut.off",
                "1 while this cluster is cut off from the backbone.",
                m -> m.view().map(v -> v.cutOff() ? 1 : 0).orElse(0));
        gauge(
                "tombolo.members.news.age.seconds",
                "Since another member last said that it knows of no newer members.",
                m -> m.view().map(v -> v.blindness().newsAge().toMillis() / 1e3).orElse(0.0));
        gauge(
                "tombolo.blind",
                "0 seeing, 1 half of max-blind is over, 2 local only.",
                m -> m.view().map(v -> v.blindness().state().ordinal()).orElse(0));
        gauge(
                "tombolo.members",
                "Admitted members.",
                m -> m.view().map(v -> v.members().admitted().size()).orElse(0));
        gauge(
                "tombolo.federation.policies.unreadable",
                "Federation-wide policies that this version cannot read.",
                m -> m.view().map(v -> m.policies.read(v).unreadable().size()).orElse(0));
        gauge("tombolo.proxies.connected", "Proxies that follow the feed.", ControllerMetrics::connected);
        gauge("tombolo.proxies.current", "Proxies that have the newest state.", ControllerMetrics::current);
        MultiGauge freshness = MultiGauge.builder("tombolo.origin.freshness")
                .description("0 fresh, 1 stale, 2 expired.")
                .register(registry);
        MultiGauge age = MultiGauge.builder("tombolo.origin.age.seconds")
                .description("Since a member's last new pulse.")
                .register(registry);
        MultiGauge refused = MultiGauge.builder("tombolo.records.refused")
                .description("Records that were refused, by origin and code, since this start.")
                .register(registry);
        var _ = timer.scheduleWithFixedDelay(
                () -> view().ifPresent(view -> rows(view, freshness, age, refused)),
                0,
                ROWS_EACH_SECONDS,
                TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdownNow();
    }

    private static void rows(CatalogView view, MultiGauge freshness, MultiGauge age, MultiGauge refused) {
        freshness.register(
                view.origins().stream()
                        .filter(o -> o.age().isPresent())
                        .map(o -> MultiGauge.Row.of(
                                tags(o),
                                o.age()
                                        .map(OriginAge::freshness)
                                        .map(Enum::ordinal)
                                        .orElse(2)))
                        .toList(),
                true);
        age.register(
                view.origins().stream()
                        .filter(o -> o.age().isPresent())
                        .map(o -> MultiGauge.Row.of(
                                tags(o),
                                o.age().map(a -> a.age().toMillis() / 1e3).orElse(-1.0)))
                        .toList(),
                true);
        refused.register(
                view.refusals().rows().stream()
                        .map(r -> MultiGauge.Row.of(
                                Tags.of("origin", r.origin(), "code", r.fault().code()), r.count()))
                        .toList(),
                true);
    }

    private static Tags tags(OriginView origin) {
        return Tags.of("cluster", origin.cluster().value());
    }

    private Optional<CatalogView> view() {
        return log.feed().map(CatalogFeed::current);
    }

    private double connected() {
        return proxies.all().stream()
                .filter(LiveProxy::connected)
                .filter(proxy -> !proxies.isPresumed(proxy.registration().instance()))
                .count();
    }

    private double current() {
        return proxies.all().stream()
                .filter(p -> sessions.progress(p.registration().instance())
                        .map(Sessions.Progress::current)
                        .orElse(false))
                .count();
    }

    private void gauge(String name, String description, ToDoubleFunction<ControllerMetrics> value) {
        Gauge.builder(name, this, value).description(description).register(registry);
    }
}
