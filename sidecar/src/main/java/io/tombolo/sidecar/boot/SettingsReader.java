package io.tombolo.sidecar.boot;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.tombolo.dataplane.accept.AcceptLimits;
import io.tombolo.dataplane.drain.DrainSettings;
import io.tombolo.dataplane.enrol.EnrolSettings;
import io.tombolo.dataplane.exchange.OutboundSettings;
import io.tombolo.dataplane.feed.FeedSettings;
import io.tombolo.dataplane.feed.Presence.Offered;
import io.tombolo.dataplane.http1.HttpLimits;
import io.tombolo.dataplane.outcome.EjectionPolicy;
import io.tombolo.dataplane.relay.RetryRule;
import io.tombolo.dataplane.upstream.PoolLimits;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Locality;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.routing.FailoverPolicy;
import io.tombolo.model.setting.Problems;
import io.tombolo.sidecar.boot.Settings.ServedApp;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads and checks the configuration before Quarkus starts, and reports what is wrong with it at once. */
final class SettingsReader {
    private final Problems problems = new Problems("sidecar");
    private final SmallRyeConfig sources;
    private final SidecarConfig config;

    private SettingsReader(SmallRyeConfig sources) {
        this.sources = sources;
        this.config = sources.getConfigMapping(SidecarConfig.class);
    }

    /** @throws TomboloException BAD_SETTING with every problem and its source */
    static Settings read() {
        return read(new SmallRyeConfigBuilder().addDefaultSources().addDiscoveredSources());
    }

    static Settings read(SmallRyeConfigBuilder builder) {
        try {
            SmallRyeConfig sources = builder.addDiscoveredConverters()
                    .addDefaultInterceptors()
                    .withMapping(SidecarConfig.class)
                    .build();
            return new SettingsReader(sources).checked();
        } catch (ConfigValidationException invalid) {
            throw reported(invalid);
        }
    }

    /** Keys that do not exist, values that do not parse, and what is missing. */
    private static TomboloException reported(ConfigValidationException invalid) {
        var lines = new StringBuilder();
        for (int i = 0; i < invalid.getProblemCount(); i++) {
            lines.append("\n  ").append(invalid.getProblem(i).getMessage().replaceFirst("^SRCFG\\d+: ", ""));
        }
        String count = invalid.getProblemCount() == 1 ? "1 problem" : invalid.getProblemCount() + " problems";
        return new TomboloException(
                Fault.BAD_SETTING, "sidecar cannot start", count + " in its configuration:" + lines + "\n", "");
    }

    private Settings checked() {
        List<HostPort> controllers = list("controller", config.controller(), HostPort::parse);
        check("weight", config.weight(), config.weight() >= 1 && config.weight() <= 10_000, "1 to 10000");
        checkDuration("dial.timeout", config.dial().timeout(), Duration.ofMillis(10), Duration.ofMinutes(1));
        checkDuration("dial.tls-timeout", config.dial().tlsTimeout(), Duration.ofMillis(50), Duration.ofMinutes(1));
        checkDuration("app-check", config.appCheck(), Duration.ofMillis(100), Duration.ofMinutes(1));
        var settings = new Settings(
                config.stateDir(),
                config.ephemeral(),
                config.autoPorts(),
                served(),
                list("bind", config.bind(), LocalPortText::parse),
                list("advertise", config.advertise(), HostPort::parse),
                config.weight(),
                valid("zone", () -> new Locality("", config.zone().orElse("")), Locality.UNKNOWN)
                        .zone(),
                address("inbound", config.inbound().host(), config.inbound().port()),
                address("outbound", "127.0.0.1", config.outbound().port()),
                address("admin", "127.0.0.1", config.admin().port()),
                accept(),
                config.inbound().maxConcurrent(),
                config.outbound().maxConnections(),
                config.dial().timeout(),
                config.dial().tlsTimeout(),
                walk(),
                valid(
                        () -> new DrainSettings(
                                config.drain().acceptFor(), config.drain().deadline()),
                        DrainSettings.DEFAULT),
                new EnrolSettings(config.stateDir(), config.tokenFile(), controllers, EnrolSettings.CALL_TIMEOUT),
                feed());
        checkRange("inbound.max-concurrent", settings.maxConcurrent(), 1_000_000);
        checkRange("outbound.max-connections", settings.maxLocalConnections(), 100_000);
        problems.throwIfAny();
        return settings;
    }

    private Optional<ServedApp> served() {
        if (config.service().isEmpty() || config.service().get().isBlank()) {
            return Optional.empty();
        }
        String service = config.service().get();
        int slash = service.indexOf('/');
        check("service", service, slash > 0, "namespace/name");
        check(
                "app-port",
                config.appPort().map(String::valueOf).orElse(""),
                config.appPort().isPresent(),
                "1 to 65535");
        int appPort = config.appPort().orElse(1);
        int servicePort = config.servicePort().orElse(appPort);
        checkRange("app-port", appPort, 65_535);
        checkRange("service-port", servicePort, 65_535);
        return valid(
                "service",
                () -> Optional.of(new ServedApp(
                        new Offered(
                                new ServicePort(
                                        new ServiceName(service.substring(0, slash), service.substring(slash + 1)),
                                        servicePort),
                                AppProtocol.parse(config.appProtocol()),
                                ""),
                        new HostPort("127.0.0.1", appPort),
                        config.appCheck())),
                Optional.empty());
    }

    private AcceptLimits accept() {
        AcceptLimits usual = AcceptLimits.DEFAULT;
        int most = config.inbound().maxConnections();
        checkRange("inbound.max-connections", most, 1_000_000);
        int connections = Math.clamp(most, 1, 1_000_000);
        int pending = Math.min(usual.maxPending(), connections);
        return new AcceptLimits(connections, pending, Math.min(usual.maxPendingPerSource() * 4, pending));
    }

    private OutboundSettings walk() {
        SidecarConfig.Http http = config.http();
        SidecarConfig.Pool pool = config.pool();
        SidecarConfig.Ejection ejection = config.ejection();
        SidecarConfig.Failover failover = config.failover();
        int attempts = config.retry().maxAttempts();
        checkRange("retry.max-attempts", attempts, 10);
        return valid(
                () -> new OutboundSettings(
                        valid(
                                () -> new HttpLimits(
                                        http.maxHeadBytes(),
                                        http.maxFields(),
                                        http.maxTrailerBytes(),
                                        http.headTimeout(),
                                        http.bodyTimeout(),
                                        http.idleTimeout()),
                                HttpLimits.DEFAULT),
                        valid(
                                () -> new PoolLimits(pool.idle(), pool.maxAge(), pool.maxConnections()),
                                PoolLimits.DEFAULT),
                        valid(
                                () -> new EjectionPolicy(
                                        ejection.after(), ejection.base(), ejection.longest(), ejection.maxShare()),
                                EjectionPolicy.DEFAULT),
                        valid(
                                () -> new FailoverPolicy(
                                        FailoverPolicy.DEFAULT.tiers(), failover.hold(), failover.ramp(), false),
                                FailoverPolicy.DEFAULT),
                        new RetryRule(attempts),
                        config.tcp().idle()),
                OutboundSettings.DEFAULT);
    }

    private FeedSettings feed() {
        SidecarConfig.Feed feed = config.feed();
        return valid(
                () -> new FeedSettings(config.stateDir(), feed.maxUpdateBytes(), feed.backoffMin(), feed.backoffMax()),
                FeedSettings.in(config.stateDir()));
    }

    private InetSocketAddress address(String key, String host, int port) {
        check(key + ".port", port, port >= 0 && port <= 65_535, "0 to 65535");
        try {
            return new InetSocketAddress(InetAddress.getByName(host), Math.clamp(port, 0, 65_535));
        } catch (UnknownHostException unknown) {
            check(key + ".host", host, false, "an address of this machine");
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        }
    }

    private <T> List<T> list(String key, Optional<List<String>> texts, Function<String, T> parse) {
        return valid(
                key,
                () -> texts.orElse(List.of()).stream()
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .map(parse)
                        .toList(),
                List.of());
    }

    /** A value whose own check names its key. */
    private <T> T valid(Supplier<T> value, T instead) {
        try {
            return value.get();
        } catch (TomboloException bad) {
            String key = bad.where().replaceFirst(" = .*", "");
            problems.add("sidecar." + key, bad.where().replaceFirst("[^=]* = ", ""), source(key), bad.fix());
            return instead;
        }
    }

    private <T> T valid(String key, Supplier<T> value, T instead) {
        try {
            return value.get();
        } catch (TomboloException bad) {
            problems.add("sidecar." + key, raw(key), source(key), bad.what() + "; " + bad.fix());
            return instead;
        }
    }

    private void checkRange(String key, int value, int most) {
        check(key, value, value >= 1 && value <= most, "1 to " + most);
    }

    private void checkDuration(String key, Duration value, Duration least, Duration most) {
        check(key, value, value.compareTo(least) >= 0 && value.compareTo(most) <= 0, least + " to " + most);
    }

    private void check(String key, Object value, boolean holds, String expected) {
        if (!holds) {
            problems.add("sidecar." + key, value, source(key), "expected " + expected);
        }
    }

    private String raw(String key) {
        String value = sources.getConfigValue("sidecar." + key).getValue();
        return value == null ? "" : value;
    }

    private String source(String key) {
        String name = sources.getConfigValue("sidecar." + key).getConfigSourceName();
        return name == null ? "default" : name;
    }
}
