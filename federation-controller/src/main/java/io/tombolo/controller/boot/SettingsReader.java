package io.tombolo.controller.boot;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.tombolo.catalog.freshness.FreshnessSettings;
import io.tombolo.controller.identity.ClusterSettings;
import io.tombolo.controller.kube.AddressLimits;
import io.tombolo.controller.kube.KubeSettings;
import io.tombolo.controller.replica.ReplicaSettings;
import io.tombolo.injection.SidecarTemplate;
import io.tombolo.model.catalog.AddressRange;
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.Labels;
import io.tombolo.model.name.Locality;
import io.tombolo.model.name.Rfc1123;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.model.setting.Problems;
import io.tombolo.trustbundle.pem.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the configuration before Quarkus starts: its ports and its certificate depend on it. */
final class SettingsReader {
    private static final Duration SHORTEST_SVID = Duration.ofMinutes(1);
    private static final int LEAST_WAITING_BYTES = 1_024 * 1_024;
    private static final Duration LONGEST_SVID = Duration.ofHours(24);
    private static final Duration SHORTEST_TAKEOVER = Duration.ofMillis(500);
    private static final Duration LONGEST_TAKEOVER = Duration.ofMinutes(1);
    private static final int MOST_ADDRESSES = 100_000;

    private final Problems problems = new Problems("controller");
    private final SmallRyeConfig sources;

    private SettingsReader(SmallRyeConfig sources) {
        this.sources = sources;
    }

    /** @throws TomboloException BAD_SETTING with every problem and its source */
    static Settings read() {
        try {
            SmallRyeConfig sources = new SmallRyeConfigBuilder()
                    .addDefaultSources()
                    .addDiscoveredSources()
                    .addDiscoveredConverters()
                    .addDefaultInterceptors()
                    .withMapping(ControllerConfig.class)
                    .build();
            return new SettingsReader(sources).checked(sources.getConfigMapping(ControllerConfig.class));
        } catch (ConfigValidationException invalid) {
            throw reported(invalid);
        }
    }

    private static TomboloException reported(ConfigValidationException invalid) {
        var lines = new StringBuilder();
        for (int i = 0; i < invalid.getProblemCount(); i++) {
            lines.append("\n  ").append(invalid.getProblem(i).getMessage().replaceFirst("^SRCFG\\d+: ", ""));
        }
        return new TomboloException(
                io.tombolo.model.fault.Fault.BAD_SETTING,
                "controller cannot start",
                invalid.getProblemCount() + " problems in its configuration:" + lines + "\n",
                "");
    }

    private Settings checked(ControllerConfig config) {
        ClusterSettings cluster = cluster(config);
        Settings settings = new Settings(
                config.stateDir(),
                cluster,
                config.advertisedHost(),
                config.proxies().advertisedHost().orElse(config.advertisedHost()),
                config.autoPorts(),
                config.contextFile(),
                config.watchDir(),
                config.join().tokenFile(),
                kubernetes(config.kubernetes()),
                injection(config),
                replica(config),
                new AddressRules(config.allowLoopbackGateways(), ranges(config)),
                listen("api", config.api().host(), config.api().port()),
                config.api().clientCaFile().flatMap(this::clientCa),
                listen(
                        "proxies",
                        Reach.listenHost(config.proxies().host(), config.advertisedHost()),
                        config.proxies().port()),
                listen(
                        "enrolment",
                        Reach.listenHost(config.enrolment().host(), config.advertisedHost()),
                        config.enrolment().port()),
                within("proxies.svid-life", config.proxies().svidLife(), SHORTEST_SVID, LONGEST_SVID, "1m to 24h"),
                freshness(config.freshness()));
        problems.throwIfAny();
        return settings;
    }

    private Optional<KubeSettings> kubernetes(ControllerConfig.Kubernetes said) {
        if (said.inCluster() && said.configFile().isPresent()) {
            problems.add(
                    "controller.kubernetes.in-cluster",
                    true,
                    "all sources",
                    "expected false where controller.kubernetes.config-file is set");
        }
        return isOnKubernetes(said)
                ? Optional.of(new KubeSettings(
                        said.configFile(),
                        namespace(said),
                        within("kubernetes.token-reviews", said.tokenReviews()),
                        said.addresses(),
                        new AddressLimits(
                                within("kubernetes.max-addresses", said.maxAddresses(), MOST_ADDRESSES),
                                within("kubernetes.max-namespace-ports", said.maxNamespacePorts(), MOST_ADDRESSES)),
                        within("kubernetes.slice-writes", said.sliceWrites()),
                        within("kubernetes.writes", said.writes())))
                : Optional.empty();
    }

    private static boolean isOnKubernetes(ControllerConfig.Kubernetes said) {
        return said.inCluster() || said.configFile().isPresent();
    }

    private Optional<Settings.Injecting> injection(ControllerConfig config) {
        ControllerConfig.Injection said = config.injection();
        if (said.image().isEmpty()) {
            return Optional.empty();
        }
        if (!isOnKubernetes(config.kubernetes())) {
            problem(
                    "injection.image",
                    said.image().get(),
                    "expected none but on Kubernetes: see controller.kubernetes.in-cluster");
        }
        // Outside of a pod it would be this machine's.
        Optional<String> dns =
                said.clusterDns().or(() -> config.kubernetes().inCluster() ? ResolvConf.first() : Optional.empty());
        if (dns.isEmpty()) {
            problem("injection.cluster-dns", "", "expected the address of the cluster's DNS");
        }
        try {
            var template = new SidecarTemplate(
                    said.image().get(),
                    said.pullPolicy(),
                    said.pullSecrets().orElse(List.of()),
                    "not-known-yet:15010",
                    "0".repeat(SidecarTemplate.PIN_LENGTH),
                    dns.orElse("0.0.0.0"),
                    said.clusterDomain());
            return Optional.of(new Settings.Injecting(
                    listen("injection", said.host(), said.port()),
                    within("injection.reviews", said.reviews()),
                    template));
        } catch (TomboloException bad) {
            problem("injection", bad.where(), bad.what() + "; " + bad.fix());
            return Optional.empty();
        }
    }

    private Optional<ReplicaSettings> replica(ControllerConfig config) {
        ControllerConfig.Replica said = config.replica();
        if (said.name().isEmpty()) {
            return Optional.empty();
        }
        String name = value("replica.name", said.name().get(), text -> Rfc1123.label("replica", text), "none");
        if (!isOnKubernetes(config.kubernetes())
                || config.kubernetes().namespace().isEmpty()) {
            problem("replica.name", name, "expected none but on Kubernetes, with controller.kubernetes.namespace");
        }
        if (said.tokenFile().isEmpty()) {
            problem("replica.token-file", "", "expected the file of a service account token");
        }
        return Optional.of(new ReplicaSettings(
                name,
                said.host().orElse(config.advertisedHost()),
                said.tokenFile().orElse(Path.of("none")),
                within(
                        "replica.takeover-after",
                        said.takeoverAfter(),
                        SHORTEST_TAKEOVER,
                        LONGEST_TAKEOVER,
                        "500ms to 1m"),
                within("replica.max-forwarded", said.maxForwarded(), MOST_ADDRESSES),
                within("replica.max-waiting-bytes", said.maxWaitingBytes(), LEAST_WAITING_BYTES, Integer.MAX_VALUE)));
    }

    private void problem(String key, Object said, String expected) {
        problems.add("controller." + key, said, source(key), expected);
    }

    private Optional<String> namespace(ControllerConfig.Kubernetes said) {
        return said.namespace()
                .map(name -> value("kubernetes.namespace", name, text -> Rfc1123.label("namespace", text), "none"));
    }

    private int within(String key, int said) {
        return within(key, said, KubeSettings.MOST);
    }

    private int within(String key, int said, int most) {
        return within(key, said, 1, most);
    }

    private int within(String key, int said, int least, int most) {
        if (said < least || said > most) {
            problem(key, said, "expected " + least + " to " + most);
        }
        return said;
    }

    private ClusterSettings cluster(ControllerConfig config) {
        ClusterId id = value("cluster", config.cluster(), ClusterId::new, new ClusterId("unnamed"));
        Locality locality = value(
                "region",
                config.region().orElse(""),
                region -> new Locality(region, config.zone().orElse("")),
                Locality.UNKNOWN);
        Optional<TrustDomain> trustDomain =
                config.trustDomain().map(name -> value("trust-domain", name, TrustDomain::new, new TrustDomain("x")));
        return new ClusterSettings(id, locality, labels(config.labels()), trustDomain);
    }

    /** Those that are none are reported, and left out. */
    private Map<String, String> labels(Map<String, String> said) {
        if (said.size() > Labels.MOST) {
            problems.add(
                    "controller.labels",
                    said.size() + " labels",
                    "all sources",
                    "expected " + Labels.MOST + " at most");
            return Map.of();
        }
        said.forEach((name, text) ->
                value("labels." + name, text, value -> Labels.require(Map.of(name, value)), Map.<String, String>of()));
        return said.entrySet().stream()
                .filter(label -> Labels.isLabel(label.getKey(), label.getValue()))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The values that are out of range are reported, and the usual ones stand in for them. */
    private FreshnessSettings freshness(ControllerConfig.Freshness config) {
        try {
            return new FreshnessSettings(
                    config.minInterval(), config.lease(), config.minStale(), config.delayedBy(), config.maxBlind());
        } catch (TomboloException bad) {
            String[] keyAndValue = bad.where().split(" = ", 2);
            problems.add("controller." + keyAndValue[0], keyAndValue[1], source(keyAndValue[0]), bad.fix());
            return FreshnessSettings.DEFAULT;
        }
    }

    private List<AddressRange> ranges(ControllerConfig config) {
        List<String> texts = config.deniedGatewayRanges().orElse(List.of());
        if (texts.size() > AddressRules.MAX_DENIED) {
            String key = "denied-gateway-ranges";
            problems.add("controller." + key, texts.size() + " ranges", source(key), "expected 256 at most");
        }
        AddressRange none = AddressRange.parse("255.255.255.255/32");
        return texts.stream()
                .limit(AddressRules.MAX_DENIED)
                .map(text -> value("denied-gateway-ranges", text.strip(), AddressRange::parse, none))
                .toList();
    }

    private Optional<Settings.ClientCa> clientCa(Path file) {
        try {
            String pem = Files.readString(file, StandardCharsets.US_ASCII);
            var _ = Pem.certificates(pem);
            return Optional.of(new Settings.ClientCa(file, pem));
        } catch (IOException | TomboloException unusable) {
            String key = "api.client-ca-file";
            problems.add("controller." + key, file, source(key), "expected a PEM file of CA certificates: " + unusable);
            return Optional.empty();
        }
    }

    private <T> T value(String key, String text, java.util.function.Function<String, T> reader, T instead) {
        try {
            return reader.apply(text);
        } catch (TomboloException bad) {
            problems.add("controller." + key, text, source(key), bad.what() + "; " + bad.fix());
            return instead;
        }
    }

    private Settings.Listen listen(String name, String host, int port) {
        if (port < 0 || port > 65_535) {
            String key = name + ".port";
            problems.add("controller." + key, port, source(key), "expected 0 to 65535");
        }
        return new Settings.Listen(name, host, port);
    }

    private Duration within(String key, Duration value, Duration least, Duration most, String expected) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            problems.add("controller." + key, value, source(key), "expected " + expected);
        }
        return value;
    }

    private String source(String key) {
        String name = sources.getConfigValue("controller." + key).getConfigSourceName();
        return name == null ? "default" : name;
    }
}
