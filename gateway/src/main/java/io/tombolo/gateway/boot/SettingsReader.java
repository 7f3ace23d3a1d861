package io.tombolo.gateway.boot;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.tombolo.dataplane.accept.AcceptLimits;
import io.tombolo.dataplane.drain.DrainSettings;
import io.tombolo.dataplane.enrol.EnrolSettings;
import io.tombolo.dataplane.feed.FeedSettings;
import io.tombolo.dataplane.hello.HelloLimits;
import io.tombolo.dataplane.hello.Refusal;
import io.tombolo.dataplane.probe.ProbeSettings;
import io.tombolo.dataplane.session.SessionSettings;
import io.tombolo.dataplane.upstream.DialLimits;
import io.tombolo.model.catalog.GatewayInstance;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Locality;
import io.tombolo.model.setting.Problems;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads and checks the configuration before Quarkus starts, and reports what is wrong with it at once. */
final class SettingsReader {
    private final Problems problems = new Problems("gateway");
    private final SmallRyeConfig sources;

    private SettingsReader(SmallRyeConfig sources) {
        this.sources = sources;
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
            throw reported(invalid);
        }
    }

    /** Keys that do not exist, values that do not parse, and what is missing. */
    private static TomboloException reported(ConfigValidationException invalid) {
        var lines = new StringBuilder();
        for (int i = 0; i < invalid.getProblemCount(); i++) {
            lines.append("\n  ")
                    .append(UnknownKey.explained(invalid.getProblem(i).getMessage()));
        }
        String count = invalid.getProblemCount() == 1 ? "1 problem" : invalid.getProblemCount() + " problems";
        return new TomboloException(
                Fault.BAD_SETTING, "gateway cannot start", count + " in its configuration:" + lines + "\n", "");
    }

    private Settings checked(GatewayConfig config) {
        GatewayConfig.Hello hello = config.hello();
        GatewayConfig.Probe probe = config.probe();
        List<HostPort> controllers = hostPorts("controller", config.controller());
        List<HostPort> advertise = hostPorts("advertise", config.advertise());
        check("weight", config.weight(), config.weight() >= 1 && config.weight() <= 10_000, "1 to 10000");
        check(
                "advertise",
                advertise.size(),
                advertise.size() <= GatewayInstance.MAX_ADDRESSES,
                "at most " + GatewayInstance.MAX_ADDRESSES + " addresses");
        var settings = new Settings(
                config.stateDir(),
                advertise,
                config.weight(),
                valid("zone", () -> new Locality("", config.zone().orElse("")), Locality.UNKNOWN)
                        .zone(),
                config.autoPorts(),
                address("listen", config.listen().host(), config.listen().port()),
                address("admin", config.admin().host(), config.admin().port()),
                valid(
                        () -> new AcceptLimits(
                                config.listen().maxConnections(), hello.maxPending(), hello.maxPendingPerSource()),
                        AcceptLimits.DEFAULT),
                session(config, hello),
                valid(
                        () -> new DialLimits(
                                config.dial().timeout(), config.dial().instances()),
                        DialLimits.DEFAULT),
                valid(
                        () -> new ProbeSettings(
                                probe.interval(),
                                probe.misses(),
                                probe.rehandshake(),
                                config.dial().timeout(),
                                probe.backoffMax(),
                                probe.maxTargets()),
                        ProbeSettings.DEFAULT),
                valid(
                        () -> new DrainSettings(
                                config.drain().acceptFor(), config.drain().deadline()),
                        DrainSettings.DEFAULT),
                new EnrolSettings(config.stateDir(), config.tokenFile(), controllers, EnrolSettings.CALL_TIMEOUT),
                feed(config));
        problems.throwIfAny();
        return settings;
    }

    private SessionSettings session(GatewayConfig config, GatewayConfig.Hello hello) {
        return valid(
                () -> new SessionSettings(
                        valid(() -> new HelloLimits(hello.maxBytes(), hello.timeout()), HelloLimits.DEFAULT),
                        valid(() -> new Refusal(hello.refuseAfterMin(), hello.refuseAfterMax()), Refusal.DEFAULT),
                        config.relay().idle()),
                SessionSettings.DEFAULT);
    }

    private FeedSettings feed(GatewayConfig config) {
        GatewayConfig.Feed feed = config.feed();
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

    private List<HostPort> hostPorts(String key, Optional<List<String>> texts) {
        return valid(
                key,
                () -> texts.orElse(List.of()).stream()
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .map(HostPort::parse)
                        .toList(),
                List.of());
    }

    /** A value whose own check names its key. */
    private <T> T valid(Supplier<T> value, T instead) {
        try {
            return value.get();
        } catch (TomboloException bad) {
            String key = bad.where().replaceFirst(" = .*", "");
            problems.add("gateway." + key, raw(key), source(key), bad.fix());
            return instead;
        }
    }

    private <T> T valid(String key, Supplier<T> value, T instead) {
        try {
            return value.get();
        } catch (TomboloException bad) {
            problems.add("gateway." + key, raw(key), source(key), bad.what() + "; " + bad.fix());
            return instead;
        }
    }

    private void check(String key, Object value, boolean holds, String expected) {
        if (!holds) {
            problems.add("gateway." + key, value, source(key), "expected " + expected);
        }
    }

    private String raw(String key) {
        String value = sources.getConfigValue("gateway." + key).getValue();
        return value == null ? "" : value;
    }

    private String source(String key) {
        return ConfigOrigin.of(sources.getConfigValue("gateway." + key).getConfigSourceName());
    }
}
