package io.tombolo.gateway.boot;

import static io.smallrye.config.ConfigMappings.ConfigClass.configClass;
import static java.time.Duration.ofHours;
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
import io.tombolo.dataplane.drain.DrainSettings;
import io.tombolo.dataplane.hello.HelloLimits;
import io.tombolo.dataplane.hello.Refusal;
import io.tombolo.dataplane.http1.HttpLimits;
import io.tombolo.dataplane.http2.Http2Limits;
import io.tombolo.dataplane.probe.ProbeSettings;
import io.tombolo.dataplane.session.SessionSettings;
import io.tombolo.dataplane.upstream.DialLimits;
import io.tombolo.dataplane.upstream.PoolLimits;
import io.tombolo.model.catalog.HostPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SettingsReaderTest {
    private static final Pattern LIMITS = Pattern.compile("(hello|app-pool|http|relay\\.[if]).*");

    @Test
    void everyDefaultIsPinned() {
        // When
        Settings settings = read(Map.of());
        // Then
        assertThat(settings.listen().getPort()).isEqualTo(15_443);
        assertThat(settings.listen().getAddress().isAnyLocalAddress()).isTrue();
        assertThat(settings.admin().getPort()).isEqualTo(15_020);
        assertThat(settings.admin().getAddress().isLoopbackAddress()).isTrue();
        assertThat(settings.health()).isEmpty();
        assertThat(settings.weight()).isEqualTo(100);
        assertThat(settings.autoPorts()).isFalse();
        assertThat(settings.advertise()).isEmpty();
        assertThat(settings.accept()).isEqualTo(new AcceptLimits(20_000, 4_096, 256));
        assertThat(settings.session())
                .isEqualTo(new SessionSettings(
                        new HelloLimits(16_384, ofSeconds(5)),
                        new Refusal(ofMillis(50), ofMillis(150)),
                        ofHours(1),
                        ofSeconds(10),
                        true));
        assertThat(settings.dial()).isEqualTo(new DialLimits(ofSeconds(2), 3));
        assertThat(settings.endpointsConcurrent()).isEqualTo(4_096);
        assertThat(settings.appPool()).isEqualTo(new PoolLimits("app-pool", ofSeconds(2), ofMinutes(30), 1_024, 16));
        assertThat(settings.http())
                .isEqualTo(new HttpLimits(
                        32_768, 128, 8_192, ofSeconds(10), ofSeconds(60), ofSeconds(75), ofMinutes(5), 65_536));
        assertThat(settings.http2()).isEqualTo(new Http2Limits(256, 131_072, 524_288, 400, 500, 1_000, 16, 16));
        assertThat(settings.probe())
                .isEqualTo(new ProbeSettings(ofSeconds(1), 3, ofSeconds(60), ofSeconds(2), ofSeconds(15), 64));
        assertThat(settings.drain()).isEqualTo(new DrainSettings(ofSeconds(0), ofSeconds(3), ofSeconds(30)));
        assertThat(settings.feed().maxUpdateBytes()).isEqualTo(16_777_216);
        assertThat(settings.feed().minBackoff()).isEqualTo(ofMillis(100));
        assertThat(settings.feed().maxBackoff()).isEqualTo(ofSeconds(5));
    }

    @Test
    void emptyTextsAreAsGoodAsNone() {
        // When
        Settings settings = read(Map.of("gateway.token-file", "", "gateway.advertise", "", "gateway.zone", ""));
        // Then
        assertThat(settings.enrol().tokenFile()).isEmpty();
        assertThat(settings.advertise()).isEmpty();
        assertThat(settings.zone()).isEmpty();
    }

    @Test
    void aPortForLoadBalancersIsThereWhenItIsNamed() {
        // When
        HealthSettings health =
                read(Map.of("gateway.health.port", "15021")).health().orElseThrow();
        // Then
        assertThat(health.listen().getPort()).isEqualTo(15_021);
        assertThat(health.listen().getAddress().isAnyLocalAddress()).isTrue();
        assertThat(health.maxConnections()).isEqualTo(256);
        assertThatThrownBy(() -> read(Map.of("gateway.health.port", "1", "gateway.health.max-connections", "0")))
                .hasMessageContaining("gateway.health.max-connections = 0 (from test): expected 1 to 10000");
    }

    @Test
    void addressesMayBeSeveral() {
        assertThat(read(Map.of("gateway.advertise", "gw.example.org:15443,[2001:db8::1]:443"))
                        .advertise())
                .containsExactly(new HostPort("gw.example.org", 15_443), new HostPort("2001:db8::1", 443));
    }

    @Test
    void everyProblemIsReportedAtOnceWithItsSource() {
        assertThatThrownBy(() -> read(Map.of(
                        "gateway.weight", "0",
                        "gateway.listen.port", "70000",
                        "gateway.advertise", "nowhere",
                        "gateway.hello.max-bytes", "3",
                        "gateway.drain.accept-for", "2m")))
                .hasMessageContaining("TB-1003")
                .hasMessageContaining("5 problems")
                .hasMessageContaining("gateway.weight = 0 (from test): expected 1 to 10000")
                .hasMessageContaining("gateway.listen.port = 70000 (from test): expected 0 to 65535")
                .hasMessageContaining("gateway.advertise = nowhere (from test): lacks a port")
                .hasMessageContaining("gateway.hello.max-bytes = 3 (from test): expected 512 to 65536")
                .hasMessageContaining("gateway.drain.accept-for = 2m (from test): expected 0 to drain.deadline");
    }

    @Test
    void whatIsWrongWithAnyLimitIsNamedByItsOwnKey() {
        assertThatThrownBy(() -> read(Map.of(
                        "gateway.app-pool.max-connections", "0",
                        "gateway.relay.flush-timeout", "1h",
                        "gateway.http.max-kept-bytes", "3",
                        "gateway.http2.max-queued-frames", "7")))
                .hasMessageContaining("4 problems")
                .hasMessageContaining("gateway.app-pool.max-connections = 0 (from test): expected 1 to 100000")
                .hasMessageContaining("gateway.relay.flush-timeout = 1h (from test): expected 100ms to 10m")
                .hasMessageContaining("gateway.http.max-kept-bytes = 3 (from test): expected 1024 to 16777216")
                .hasMessageContaining("gateway.http2.max-queued-frames = 7 (from test): expected 100 to 100000");
    }

    @Test
    void anUnknownKeyIsNamedWithTheOneThatWasMeant() {
        assertThatThrownBy(() -> read(Map.of("gateway.dial.timout", "2s")))
                .hasMessageContaining(
                        "gateway.dial.timout (from test): unknown key; did you mean gateway.dial.timeout?");
    }

    @Test
    void everyLimitIsInTheDocument() throws IOException {
        // Given
        String document = Files.readString(Path.of("..", "docs", "limits.md"));
        // When
        Set<String> limits = ConfigMappings.getProperties(configClass(GatewayConfig.class)).keySet().stream()
                .map(key -> key.substring("gateway.".length()))
                .filter(key -> LIMITS.matcher(key).matches())
                .collect(Collectors.toSet());
        // Then
        assertThat(limits).hasSizeGreaterThan(20);
        assertThat(limits).allSatisfy(key -> assertThat(document).contains("`" + key + "`"));
    }

    private static Settings read(Map<String, String> values) {
        var all = new HashMap<>(values);
        all.put("gateway.state-dir", "/nowhere");
        return SettingsReader.read(
                new SmallRyeConfigBuilder().withSources(new PropertiesConfigSource(all, "test", 100)));
    }
}
