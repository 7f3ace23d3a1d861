package io.tombolo.sidecar.boot;

import static io.smallrye.config.ConfigMappings.ConfigClass.configClass;

import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.tombolo.dataplane.accept.AcceptLimits;
import io.tombolo.dataplane.accesslog.AccessLogSettings;
import io.tombolo.dataplane.admin.HealthSettings;
import io.tombolo.dataplane.app.Readiness;
import io.tombolo.dataplane.capture.VipRange;
import io.tombolo.dataplane.dns.DnsLimits;
import io.tombolo.dataplane.drain.DrainSettings;
import io.tombolo.dataplane.enrol.EnrolSettings;
import io.tombolo.dataplane.enrol.PodToken;
import io.tombolo.dataplane.exchange.OutboundSettings;
import io.tombolo.dataplane.feed.FeedSettings;
import io.tombolo.dataplane.feed.Interests;
import io.tombolo.dataplane.feed.Presence.Offered;
import io.tombolo.dataplane.hello.HelloLimits;
import io.tombolo.dataplane.http1.HttpLimits;
import io.tombolo.dataplane.http2.Http2Limits;
import io.tombolo.dataplane.probe.ProbeSettings;
import io.tombolo.dataplane.program.ConfigCheck;
import io.tombolo.dataplane.relay.RetryRule;
import io.tombolo.dataplane.trace.TraceSettings;
import io.tombolo.dataplane.upstream.PoolLimits;
import io.tombolo.model.capture.PortRange;
import io.tombolo.model.catalog.AddressRange;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.InstanceHostname;
import io.tombolo.model.name.Locality;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.routing.Failback;
import io.tombolo.model.routing.FailoverPolicy;
import io.tombolo.model.traffic.EjectionPolicy;
import io.tombolo.model.traffic.RetryBudget;
import io.tombolo.sidecar.boot.Settings.ForCluster;
import io.tombolo.sidecar.boot.Settings.LocalPort;
import io.tombolo.sidecar.boot.Settings.Names;
import io.tombolo.sidecar.boot.Settings.Redirects;
import io.tombolo.sidecar.boot.Settings.ServedApp;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads and checks the configuration before Quarkus starts, and reports what is wrong with it at once. */
final class SettingsReader {
    private static final String PROGRAM = "sidecar";

    /** A sidecar's connections are made anew all the time, so its probe need not prove that they can be. */
    private static final Duration REHANDSHAKE = Duration.ofMinutes(10);

    /** A gateway that keeps as many probes as it may is not to be asked all the time. */
    private static final Duration PROBE_BACKOFF = Duration.ofMinutes(1);

    private final ConfigCheck check;
    private final SidecarConfig config;

    private SettingsReader(SmallRyeConfig sources) {
        this.config = sources.getConfigMapping(SidecarConfig.class);
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
                    .withMapping(SidecarConfig.class)
                    .build();
            return new SettingsReader(sources).checked();
        } catch (ConfigValidationException invalid) {
            List<String> found = IntStream.range(0, invalid.getProblemCount())
                    .mapToObj(i -> invalid.getProblem(i).getMessage())
                    .toList();
            throw ConfigCheck.refused(
                    PROGRAM,
                    found,
                    ConfigMappings.getProperties(configClass(SidecarConfig.class))
                            .keySet());
        }
    }

    private Settings checked() {
        List<HostPort> controllers = check.hostPorts("controller", config.controller());
        check.range("weight", config.weight(), 1, 10_000);
        check.range("dial.timeout", config.dial().timeout(), Duration.ofMillis(10), Duration.ofMinutes(1));
        check.range("dial.tls-timeout", config.dial().tlsTimeout(), Duration.ofMillis(50), Duration.ofMinutes(1));
        check.range("app-check", config.appCheck(), Duration.ofMillis(100), Duration.ofMinutes(1));
        Optional<ServedApp> served = served();
        List<LocalPort> bind = check.list("bind", config.bind(), LocalPortText::parse);
        Names names = names();
        boolean isWorkloads =
                served.isPresent() || !bind.isEmpty() || config.transparent().enabled() || names.enabled();
        var settings = new Settings(
                config.stateDir(),
                config.ephemeral(),
                config.autoPorts(),
                served,
                bind,
                redirects(),
                names,
                forCluster(names, isWorkloads),
                check.hostPorts("advertise", config.advertise()),
                config.weight(),
                check.valid("zone", () -> new Locality("", config.zone().orElse("")), Locality.UNKNOWN)
                        .zone(),
                hostname(served),
                check.address(
                        "inbound", config.inbound().host(), config.inbound().port()),
                check.address("outbound", "127.0.0.1", config.outbound().port()),
                check.address("admin", "127.0.0.1", config.admin().port()),
                accept(),
                hello(),
                appPool(),
                config.inbound().maxConcurrent(),
                config.outbound().maxConnections(),
                config.dial().timeout(),
                config.dial().tlsTimeout(),
                walk(),
                probe(),
                check.valid(
                        () -> new DrainSettings(
                                config.drain().acceptFor(), config.drain().deadline()),
                        DrainSettings.DEFAULT),
                accessLog(),
                config.metrics().maxSeries(),
                config.admin().maxTaps(),
                trace(),
                enrol(controllers),
                feed(),
                check.valid(
                        () -> new Interests.Limits(
                                config.interest().keep(), config.interest().max()),
                        Interests.Limits.DEFAULT));
        check.range("inbound.max-concurrent", settings.maxConcurrent(), 1, 1_000_000);
        check.range("outbound.max-connections", settings.maxLocalConnections(), 1, 100_000);
        check.range("metrics.max-series", settings.maxSeries(), 16, 100_000);
        check.range("admin.max-taps", settings.maxTaps(), 0, 64);
        check.throwIfAny();
        return settings;
    }

    private EnrolSettings enrol(List<HostPort> controllers) {
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

    private Optional<ServedApp> served() {
        if (config.service().isEmpty() || config.service().get().isBlank()) {
            return Optional.empty();
        }
        String service = config.service().get();
        int slash = service.indexOf('/');
        check.check("service", service, slash > 0, "namespace/name");
        check.check(
                "app-port",
                config.appPort().map(String::valueOf).orElse(""),
                config.appPort().isPresent(),
                "1 to 65535");
        int appPort = config.appPort().orElse(1);
        int servicePort = config.servicePort().orElse(appPort);
        check.range("app-port", appPort, 1, 65_535);
        check.range("service-port", servicePort, 1, 65_535);
        return check.valid(
                "service",
                () -> Optional.of(new ServedApp(
                        new Offered(
                                new ServicePort(
                                        new ServiceName(service.substring(0, slash), service.substring(slash + 1)),
                                        servicePort),
                                AppProtocol.parse(config.appProtocol()),
                                ""),
                        new HostPort("127.0.0.1", appPort),
                        config.appCheck(),
                        readiness(appPort))),
                Optional.empty());
    }

    private Optional<InstanceHostname> hostname(Optional<ServedApp> served) {
        Optional<String> said = config.workload().hostname().filter(text -> !text.isBlank());
        check.check(
                "workload.hostname",
                said.orElse(""),
                said.isEmpty() || served.isPresent(),
                "nothing, unless service says whose instance it is");
        return check.valid("workload.hostname", () -> said.map(InstanceHostname::new), Optional.empty());
    }

    private Optional<Readiness> readiness(int appPort) {
        SidecarConfig.Readiness said = config.readiness();
        int port = said.port().orElse(appPort);
        check.range("readiness.port", port, 1, 65_535);
        return said.path()
                .flatMap(path -> check.valid(
                        () -> Optional.of(new Readiness(
                                new HostPort("127.0.0.1", port),
                                path,
                                said.interval(),
                                said.timeout(),
                                said.failures())),
                        Optional.empty()));
    }

    private Redirects redirects() {
        SidecarConfig.Transparent transparent = config.transparent();
        check.range("transparent.port", transparent.port(), 0, 65_535);
        check.range(
                "transparent.connect-timeout",
                transparent.connectTimeout(),
                Duration.ofMillis(100),
                Duration.ofMinutes(2));
        var vips = new HashMap<InetAddress, ServiceName>();
        check.list("transparent.vips", transparent.vips(), VipText::parse)
                .forEach(vip -> vips.put(vip.getKey(), vip.getValue()));
        return new Redirects(transparent.enabled(), transparent.port(), vips, transparent.connectTimeout());
    }

    private Names names() {
        SidecarConfig.Vip vip = config.vip();
        check.range("vip.max-listeners", vip.maxListeners(), 1, 10_000);
        return new Names(
                config.dns().enabled(),
                check.address("dns", config.dns().host(), config.dns().port()),
                check.valid(
                        () -> new DnsLimits(
                                config.dns().maxStreams(), config.dns().maxQuestions()),
                        DnsLimits.DEFAULT),
                check.valid(
                        "vip.range",
                        () -> vip.range()
                                .filter(range -> !range.isBlank())
                                .map(AddressRange::parse)
                                .map(VipRange::new),
                        Optional.empty()),
                check.list("vip.excluded-ports", vip.excludedPorts(), PortRange::parse),
                vip.maxListeners());
    }

    /** What a workload's sidecar does is not done besides: that would be another identity. */
    private Optional<ForCluster> forCluster(Names names, boolean isWorkloads) {
        String answers = config.dns().answers();
        boolean cluster = answers.equals("cluster");
        check.check(
                "dns.answers",
                answers,
                cluster && !isWorkloads || answers.equals("own"),
                "own, or cluster without a service, bind, transparent or dns.enabled");
        check.check(
                "dns.host",
                config.dns().host(),
                cluster || names.listen().getAddress().isLoopbackAddress(),
                "a loopback address, unless dns.answers=cluster");
        HealthConfig said = config.health();
        check.check(
                "health.port",
                said.port().map(String::valueOf).orElse(""),
                cluster || said.port().isEmpty(),
                "nothing, unless dns.answers=cluster");
        return cluster ? Optional.of(new ForCluster(names.listen(), health(said))) : Optional.empty();
    }

    private Optional<HealthSettings> health(HealthConfig said) {
        return said.port()
                .flatMap(port -> check.valid(
                        () -> Optional.of(
                                new HealthSettings(check.address("health", said.host(), port), said.maxConnections())),
                        Optional.empty()));
    }

    private AcceptLimits accept() {
        int connections = most("inbound.max-connections", config.inbound().maxConnections());
        int pending = most("hello.max-pending", config.hello().maxPending());
        int perSource = most("hello.max-pending-per-source", config.hello().maxPendingPerSource());
        int pendingAtMost = Math.min(pending, connections);
        return new AcceptLimits(connections, pendingAtMost, Math.min(perSource, pendingAtMost));
    }

    private int most(String key, int value) {
        check.range(key, value, 1, 1_000_000);
        return Math.clamp(value, 1, 1_000_000);
    }

    private HelloLimits hello() {
        SidecarConfig.Hello hello = config.hello();
        return check.valid(() -> new HelloLimits(hello.maxBytes(), hello.timeout()), HelloLimits.DEFAULT);
    }

    private PoolLimits appPool() {
        SidecarConfig.AppPool pool = config.appPool();
        return check.valid(
                () -> new PoolLimits(
                        PoolLimits.OF_APPS.pool(), pool.idle(), pool.maxAge(), pool.maxConnections(), pool.maxDials()),
                PoolLimits.OF_APPS);
    }

    private RetryBudget retryBudget() {
        SidecarConfig.Retry retry = config.retry();
        int percent = retry.budgetPercent();
        int least = retry.budgetMinPerSecond();
        Duration interval = retry.budgetInterval();
        check.range("retry.budget-percent", percent, 0, 100);
        check.range("retry.budget-min-per-second", least, 0, 1_000);
        boolean valid = interval.toSeconds() >= 1 && interval.toMinutes() <= 10;
        check.check("retry.budget-interval", interval, valid, "1s to 10m");
        return new RetryBudget(
                Math.clamp(percent, 0, 100),
                valid ? interval : RetryBudget.DEFAULT.interval(),
                Math.clamp(least, 0, 1_000));
    }

    private OutboundSettings walk() {
        SidecarConfig.Pool pool = config.pool();
        SidecarConfig.Ejection ejection = config.ejection();
        SidecarConfig.Failover failover = config.failover();
        int attempts = config.retry().maxAttempts();
        check.range("retry.max-attempts", attempts, 1, 10);
        return check.valid(
                () -> new OutboundSettings(
                        http(),
                        http2(),
                        check.valid(
                                () -> new PoolLimits(
                                        PoolLimits.DEFAULT.pool(),
                                        pool.idle(),
                                        pool.maxAge(),
                                        pool.maxConnections(),
                                        pool.maxDials()),
                                PoolLimits.DEFAULT),
                        check.valid(
                                () -> new EjectionPolicy(
                                        ejection.after(), ejection.base(), ejection.longest(), ejection.maxShare()),
                                EjectionPolicy.DEFAULT),
                        check.valid(
                                () -> FailoverPolicy.DEFAULT.with(new Failback(failover.hold(), failover.ramp())),
                                FailoverPolicy.DEFAULT),
                        new RetryRule(attempts),
                        retryBudget(),
                        config.outbound().requestTimeout(),
                        config.outbound().maxHops(),
                        pool.standby(),
                        config.tcp().idle(),
                        config.tcp().flushTimeout(),
                        config.outbound().openTimeout(),
                        config.outbound().cutSilentAfter(),
                        config.outbound().urgency()),
                OutboundSettings.DEFAULT);
    }

    private ProbeSettings probe() {
        SidecarConfig.Probe probe = config.probe();
        return check.valid(
                () -> new ProbeSettings(
                        probe.interval(),
                        probe.misses(),
                        REHANDSHAKE,
                        config.dial().tlsTimeout(),
                        PROBE_BACKOFF.compareTo(probe.interval()) < 0 ? probe.interval() : PROBE_BACKOFF,
                        probe.maxTargets()),
                ProbeSettings.DEFAULT);
    }

    private AccessLogSettings accessLog() {
        SidecarConfig.AccessLog log = config.accessLog();
        return check.valid(
                () -> new AccessLogSettings(log.to(), log.query(), log.queue(), log.maxRefused()),
                AccessLogSettings.OFF);
    }

    private TraceSettings trace() {
        SidecarConfig.Trace trace = config.trace();
        return check.valid(
                () -> new TraceSettings(
                        TraceSettings.endpoint(trace.endpoint().orElse("")), trace.ratio(), trace.queue()),
                TraceSettings.OFF);
    }

    private HttpLimits http() {
        HttpConfig http = config.http();
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

    private Http2Limits http2() {
        Http2Config http2 = config.http2();
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

    private FeedSettings feed() {
        SidecarConfig.Feed feed = config.feed();
        return check.valid(
                () -> new FeedSettings(config.stateDir(), feed.maxUpdateBytes(), feed.backoffMin(), feed.backoffMax()),
                FeedSettings.in(config.stateDir()));
    }
}
