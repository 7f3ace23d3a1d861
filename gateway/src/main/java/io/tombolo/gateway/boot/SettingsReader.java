package io.tombolo.gateway.boot;

import static io.smallrye.config.ConfigMappings.ConfigClass.configClass;

import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.tombolo.dataplane.accept.AcceptLimits;
import io.tombolo.dataplane.accesslog.AccessLogSettings;
import io.tombolo.dataplane.admin.HealthSettings;
import io.tombolo.dataplane.drain.DrainSettings;
import io.tombolo.dataplane.enrol.EnrolSettings;
import io.tombolo.dataplane.enrol.PodToken;
import io.tombolo.dataplane.feed.FeedSettings;
import io.tombolo.dataplane.hello.HelloLimits;
import io.tombolo.dataplane.hello.Refusal;
import io.tombolo.dataplane.http1.HttpLimits;
import io.tombolo.dataplane.http2.Http2Limits;
import io.tombolo.dataplane.probe.ProbeSettings;
import io.tombolo.dataplane.program.ConfigCheck;
import io.tombolo.dataplane.session.SessionSettings;
import io.tombolo.dataplane.upstream.DialLimits;
import io.tombolo.dataplane.upstream.PoolLimits;
import io.tombolo.model.catalog.GatewayInstance;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Locality;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads and checks the configuration before Quarkus starts, and reports what is wrong with it at once. */
final class SettingsReader {
    private static final String PROGRAM = "gateway";

    private final ConfigCheck check;

    private SettingsReader(SmallRyeConfig sources) {
        this.check = new ConfigCheck(PROGRAM, key -> {
            ConfigValue value = sources.getConfigValue(key);
            return new ConfigCheck.Raw(value.getValue(), value.getConfigSourceName());
        });
    }

    /** @throws TomboloException BAD_SETTING with every problem and its source */
    static Settings read() {
        return read(new SmallRyeConfigBuilder().addDefaultSources().addDiscoveredSources());
    }

    static Settings read(SmallRyeConfigBuilder builder) {
        try {
            SmallRyeConfig sources = builder.addDiscoveredConverters()
                    .addDefaultInterceptors()
                    .withMapping(GatewayConfig.class)
                    .build();
            return new SettingsReader(sources).checked(sources.getConfigMapping(GatewayConfig.class));
        } catch (ConfigValidationException invalid) {
            List<String> found = IntStream.range(0, invalid.getProblemCount())
                    .mapToObj(i -> invalid.getProblem(i).getMessage())
                    .toList();
            throw ConfigCheck.refused(
                    PROGRAM,
                    found,
                    ConfigMappings.getProperties(configClass(GatewayConfig.class))
                            .keySet());
        }
    }

    private Settings checked(GatewayConfig config) {
        GatewayConfig.Hello hello = config.hello();
        GatewayConfig.Probe probe = config.probe();
        List<HostPort> controllers = check.hostPorts("controller", config.controller());
        List<HostPort> advertise = check.hostPorts("advertise", config.advertise());
        check.range("weight", config.weight(), 1, 10_000);
        check.range("endpoints.max-concurrent", config.endpoints().maxConcurrent(), 1, 1_000_000);
        check.check(
                "advertise",
                advertise.size(),
                advertise.size() <= GatewayInstance.MAX_ADDRESSES,
                "at most " + GatewayInstance.MAX_ADDRESSES + " addresses");
        var settings = new Settings(
                config.stateDir(),
                advertise,
                config.weight(),
                check.valid("zone", () -> new Locality("", config.zone().orElse("")), Locality.UNKNOWN)
                        .zone(),
                config.autoPorts(),
                check.address("listen", config.listen().host(), config.listen().port()),
                check.address("admin", config.admin().host(), config.admin().port()),
                health(config.health()),
                check.valid(
                        () -> new AcceptLimits(
                                config.listen().maxConnections(), hello.maxPending(), hello.maxPendingPerSource()),
                        AcceptLimits.DEFAULT),
                session(config, hello),
                check.valid(
                        () -> new DialLimits(
                                config.dial().timeout(), config.dial().instances()),
                        DialLimits.DEFAULT),
                config.endpoints().maxConcurrent(),
                appPool(config.appPool()),
                http(config.http()),
                http2(config.http2()),
                check.valid(
                        () -> new ProbeSettings(
                                probe.interval(),
                                probe.misses(),
                                probe.rehandshake(),
                                config.dial().timeout(),
                                probe.backoffMax(),
                                probe.maxTargets()),
                        ProbeSettings.DEFAULT),
                check.valid(
                        () -> new DrainSettings(
                                config.drain().announceAfter(),
                                config.drain().acceptFor(),
                                config.drain().deadline()),
                        DrainSettings.DEFAULT),
                accessLog(config.accessLog()),
                enrol(config, controllers),
                feed(config));
        check.throwIfAny();
        return settings;
    }

    private EnrolSettings enrol(GatewayConfig config, List<HostPort> controllers) {
        return check.valid(
                () -> new EnrolSettings(
                        config.stateDir(),
                        config.tokenFile(),
                        PodToken.of(
                                config.kubernetes().tokenFile(),
                                config.kubernetes().caPin()),
                        controllers,
                        EnrolSettings.CALL_TIMEOUT),
                new EnrolSettings(config.stateDir(), Optional.empty(), controllers, EnrolSettings.CALL_TIMEOUT));
    }

    private SessionSettings session(GatewayConfig config, GatewayConfig.Hello hello) {
        return check.valid(
                () -> new SessionSettings(
                        check.valid(() -> new HelloLimits(hello.maxBytes(), hello.timeout()), HelloLimits.DEFAULT),
                        check.valid(() -> new Refusal(hello.refuseAfterMin(), hello.refuseAfterMax()), Refusal.DEFAULT),
                        config.relay().idle(),
                        config.relay().flushTimeout(),
                        config.relay().splice()),
                SessionSettings.DEFAULT);
    }

    private Optional<HealthSettings> health(GatewayConfig.Health health) {
        return health.port()
                .flatMap(port -> check.valid(
                        () -> Optional.of(new HealthSettings(
                                check.address("health", health.host(), port), health.maxConnections())),
                        Optional.empty()));
    }

    private PoolLimits appPool(GatewayConfig.AppPool pool) {
        return check.valid(
                () -> new PoolLimits(
                        PoolLimits.OF_APPS.pool(), pool.idle(), pool.maxAge(), pool.maxConnections(), pool.maxDials()),
                PoolLimits.OF_APPS);
    }

    private HttpLimits http(GatewayConfig.Http http) {
        return check.valid(
                () -> new HttpLimits(
                        http.maxHeadBytes(),
                        http.maxFields(),
                        http.maxTrailerBytes(),
                        http.headTimeout(),
                        http.bodyTimeout(),
                        http.idleTimeout(),
                        http.takeTimeout(),
                        http.maxKeptBytes()),
                HttpLimits.DEFAULT);
    }

    private AccessLogSettings accessLog(GatewayConfig.AccessLog log) {
        return check.valid(
                () -> new AccessLogSettings(log.to(), log.query(), log.queue(), log.maxRefused()),
                AccessLogSettings.OFF);
    }

    private Http2Limits http2(GatewayConfig.Http2 http2) {
        return check.valid(
                () -> new Http2Limits(
                        http2.maxStreams(),
                        http2.streamWindowBytes(),
                        http2.connectionWindowBytes(),
                        http2.maxResets(),
                        http2.maxIdleFrames(),
                        http2.maxQueuedFrames(),
                        http2.maxEmptyFrames(),
                        http2.maxSmallContinuations()),
                Http2Limits.DEFAULT);
    }

    private FeedSettings feed(GatewayConfig config) {
        GatewayConfig.Feed feed = config.feed();
        return check.valid(
                () -> new FeedSettings(config.stateDir(), feed.maxUpdateBytes(), feed.backoffMin(), feed.backoffMax()),
                FeedSettings.in(config.stateDir()));
    }
}
