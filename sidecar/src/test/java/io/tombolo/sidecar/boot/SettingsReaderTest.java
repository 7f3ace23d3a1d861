package io.tombolo.sidecar.boot;

import static io.smallrye.config.ConfigMappings.ConfigClass.configClass;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.ConfigMappings;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.tombolo.dataplane.accept.AcceptLimits;
import io.tombolo.dataplane.admin.HealthSettings;
import io.tombolo.dataplane.dns.DnsLimits;
import io.tombolo.dataplane.exchange.OutboundSettings;
import io.tombolo.dataplane.hello.HelloLimits;
import io.tombolo.dataplane.http1.HttpLimits;
import io.tombolo.dataplane.http2.Http2Limits;
import io.tombolo.dataplane.upstream.PoolLimits;
import io.tombolo.model.name.InstanceHostname;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SettingsReaderTest {
    private static final Pattern LIMITS = Pattern.compile("(hello|pool|app-pool|retry|http|tcp|dns.max|health.max).*");

    @Test
    void everyDefaultOfALimitIsPinned() {
        // When
        Settings settings = read(Map.of());
        // Then
        assertThat(settings.accept()).isEqualTo(new AcceptLimits(10_000, 4_096, 1_024));
        assertThat(settings.hello()).isEqualTo(new HelloLimits(16_384, ofSeconds(5)));
        assertThat(settings.appPool()).isEqualTo(new PoolLimits("app-pool", ofSeconds(2), ofMinutes(30), 1_024, 16));
        OutboundSettings walk = settings.walk();
        assertThat(walk).isEqualTo(OutboundSettings.DEFAULT);
        assertThat(walk.pool()).isEqualTo(new PoolLimits("pool", ofSeconds(60), ofMinutes(30), 512, 16));
        assertThat(walk.http())
                .isEqualTo(new HttpLimits(
                        32_768, 128, 8_192, ofSeconds(10), ofSeconds(60), ofSeconds(75), ofMinutes(5), 65_536));
        assertThat(walk.http2()).isEqualTo(new Http2Limits(256, 131_072, 524_288, 400, 500, 1_000, 16, 16));
        assertThat(walk.tcpFlush()).isEqualTo(ofSeconds(10));
    }

    @Test
    void whatIsSetCounts() {
        // When
        Settings settings = read(Map.of(
                "sidecar.hello.max-bytes", "1024",
                "sidecar.hello.timeout", "300ms",
                "sidecar.app-pool.idle", "5s",
                "sidecar.app-pool.max-connections", "7",
                "sidecar.tcp.flush-timeout", "1s",
                "sidecar.http.max-kept-bytes", "2048",
                "sidecar.http2.max-empty-frames", "3"));
        // Then
        assertThat(settings.hello()).isEqualTo(new HelloLimits(1_024, ofMillis(300)));
        assertThat(settings.appPool()).isEqualTo(new PoolLimits("app-pool", ofSeconds(5), ofMinutes(30), 7, 16));
        assertThat(settings.walk().tcpFlush()).isEqualTo(ofSeconds(1));
        assertThat(settings.walk().http().maxKeptBytes()).isEqualTo(2_048);
        assertThat(settings.walk().http2().maxEmptyFrames()).isEqualTo(3);
    }

    @Test
    void aHostNameIsThatOfAServicesInstanceAndOneLabel() {
        // Given
        Map<String, String> service = Map.of("sidecar.service", "data/mysql", "sidecar.app-port", "3306");
        // Then
        assertThat(read(service).hostname()).isEmpty();
        assertThat(read(with(service, "mysql-0")).hostname()).contains(new InstanceHostname("mysql-0"));
        for (String none : List.of("Mysql-0", "mysql-0.data", "a".repeat(64), "i3k7vq2mzta4c")) {
            assertThatThrownBy(() -> read(with(service, none)))
                    .as(none)
                    .hasMessageContaining("sidecar.workload.hostname = " + none);
        }
        assertThatThrownBy(() -> read(with(Map.of(), "mysql-0")))
                .hasMessageContaining("sidecar.workload.hostname = mysql-0")
                .hasMessageContaining("nothing, unless service says whose instance it is");
    }

    private static Map<String, String> with(Map<String, String> settings, String hostname) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("sidecar.workload.hostname", hostname);
        return all;
    }

    @Test
    void namesAreAnsweredForThisMachineUnlessItIsSaidThatTheyAreForTheCluster() {
        // When
        Settings usual = read(Map.of("sidecar.dns.enabled", "true"));
        Settings cluster = read(Map.of(
                "sidecar.dns.answers", "cluster",
                "sidecar.dns.host", "0.0.0.0",
                "sidecar.dns.max-streams", "100",
                "sidecar.health.port", "15021"));
        // Then
        assertThat(usual.forCluster()).isEmpty();
        assertThat(usual.names().listen()).isEqualTo(new InetSocketAddress("127.0.0.1", 15_053));
        assertThat(usual.names().limits()).isEqualTo(new DnsLimits(64, 256));
        assertThat(cluster.names().limits()).isEqualTo(new DnsLimits(100, 256));
        assertThat(cluster.forCluster())
                .contains(new Settings.ForCluster(
                        new InetSocketAddress("0.0.0.0", 15_053),
                        Optional.of(new HealthSettings(new InetSocketAddress("0.0.0.0", 15_021), 64))));
    }

    @Test
    void whoAnswersForTheClusterIsNoWorkloadsSidecarAndTheReverse() {
        for (String key :
                List.of("bind = checkout.shop:80=127.0.0.1:1", "dns.enabled = true", "transparent.enabled = true")) {
            String[] set = key.split(" = ");
            assertThatThrownBy(() -> read(Map.of("sidecar.dns.answers", "cluster", "sidecar." + set[0], set[1])))
                    .hasMessageContaining(
                            "sidecar.dns.answers = cluster (from test): expected own, or cluster without");
        }
        assertThatThrownBy(() -> read(Map.of("sidecar.dns.host", "0.0.0.0", "sidecar.health.port", "1")))
                .hasMessageContaining("sidecar.dns.host = 0.0.0.0 (from test): expected a loopback address")
                .hasMessageContaining("sidecar.health.port = 1 (from test): expected nothing");
        assertThatThrownBy(() -> read(Map.of("sidecar.dns.answers", "all")))
                .hasMessageContaining("sidecar.dns.answers");
    }

    @Test
    void fewConnectionsMayAllBePending() {
        assertThat(read(Map.of("sidecar.inbound.max-connections", "100")).accept())
                .isEqualTo(new AcceptLimits(100, 100, 100));
    }

    @Test
    void aPodNeedsItsTokenThePinOfItsControllerAndWhereThatIs() {
        String pin = "0123456789abcdef".repeat(4);
        Map<String, String> whole = Map.of(
                "sidecar.kubernetes.token-file", "/var/run/tombolo/token",
                "sidecar.kubernetes.ca-pin", pin,
                "sidecar.controller", "controller.tombolo-system:15010");
        // When
        Settings settings = read(whole);
        // Then
        assertThat(settings.enrol().pod().orElseThrow().file()).hasToString("/var/run/tombolo/token");
        // When one of them is missing, or says nothing, or there is an operator's token besides
        for (String key : List.of("sidecar.kubernetes.token-file", "sidecar.kubernetes.ca-pin", "sidecar.controller")) {
            var part = new HashMap<>(whole);
            part.remove(key);
            assertThatThrownBy(() -> read(part)).hasMessageContaining("1 problem ");
        }
        var bent = new HashMap<>(whole);
        bent.put("sidecar.kubernetes.ca-pin", pin.toUpperCase(java.util.Locale.ROOT));
        assertThatThrownBy(() -> read(bent)).hasMessageContaining("sidecar.kubernetes.ca-pin");
        var both = new HashMap<>(whole);
        both.put("sidecar.token-file", "/tmp/token");
        assertThatThrownBy(() -> read(both)).hasMessageContaining("sidecar.token-file");
    }

    @Test
    void everyProblemIsReportedAtOnceByItsOwnKey() {
        assertThatThrownBy(() -> read(Map.of(
                        "sidecar.hello.max-bytes", "3",
                        "sidecar.hello.max-pending", "0",
                        "sidecar.pool.max-dials", "0",
                        "sidecar.app-pool.max-dials", "1001",
                        "sidecar.tcp.flush-timeout", "1h",
                        "sidecar.http.max-kept-bytes", "3",
                        "sidecar.http2.max-small-continuations", "0")))
                .hasMessageContaining("TB-1003")
                .hasMessageContaining("7 problems")
                .hasMessageContaining("sidecar.hello.max-bytes = 3 (from test): expected 512 to 65536")
                .hasMessageContaining("sidecar.hello.max-pending = 0 (from test): expected 1 to 1000000")
                .hasMessageContaining("sidecar.pool.max-dials = 0 (from test): expected 1 to 1000")
                .hasMessageContaining("sidecar.app-pool.max-dials = 1001 (from test): expected 1 to 1000")
                .hasMessageContaining("sidecar.tcp.flush-timeout = 1h (from test): expected 100ms to 10m")
                .hasMessageContaining("sidecar.http.max-kept-bytes = 3 (from test): expected 1024 to 16777216")
                .hasMessageContaining("sidecar.http2.max-small-continuations = 0 (from test): expected 1 to 1000");
    }

    @Test
    void everyLimitIsInTheDocument() throws IOException {
        // Given
        String document = Files.readString(Path.of("..", "docs", "limits.md"));
        // When
        Set<String> limits = ConfigMappings.getProperties(configClass(SidecarConfig.class)).keySet().stream()
                .map(key -> key.substring("sidecar.".length()))
                .filter(key -> LIMITS.matcher(key).matches())
                .collect(Collectors.toSet());
        // Then
        assertThat(limits).hasSizeGreaterThan(20);
        assertThat(limits).allSatisfy(key -> assertThat(document).contains("`" + key + "`"));
    }

    private static Settings read(Map<String, String> values) {
        var all = new HashMap<>(values);
        all.put("sidecar.state-dir", "/nowhere");
        return SettingsReader.read(
                new SmallRyeConfigBuilder().withSources(new PropertiesConfigSource(all, "test", 100)));
    }
}
