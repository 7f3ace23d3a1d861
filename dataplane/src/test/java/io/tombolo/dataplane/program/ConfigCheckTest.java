package io.tombolo.dataplane.program;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.dataplane.program.ConfigCheck.Raw;
import io.tombolo.dataplane.upstream.DialLimits;
import io.tombolo.model.catalog.HostPort;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigCheckTest {
    private final Map<String, Raw> written = new HashMap<>();
    private final ConfigCheck check = new ConfigCheck("sidecar", key -> written.getOrDefault(key, new Raw(null, null)));

    @Test
    void everyProblemIsReportedOnceWithItsKeyValueAndSource() {
        // Given
        written.put("sidecar.weight", new Raw("0", "SysPropConfigSource"));
        written.put("sidecar.dial.timeout", new Raw("1ms", "PropertiesConfigSource[source=/etc/tombolo/a.properties]"));
        written.put("sidecar.advertise", new Raw("nowhere", "EnvConfigSource"));
        // When
        check.range("weight", 0, 1, 10_000);
        check.range("dial.timeout", ofMillis(1), ofMillis(10), ofSeconds(90));
        check.hostPorts("advertise", Optional.of(List.of("nowhere")));
        check.valid(() -> new DialLimits(ofMillis(1), 99), DialLimits.DEFAULT);
        // Then
        assertThatThrownBy(check::throwIfAny)
                .hasMessageContaining("TB-1003")
                .hasMessageContaining("sidecar cannot start")
                .hasMessageContaining("4 problems")
                .hasMessageContaining("sidecar.weight = 0 (from arguments): expected 1 to 10000")
                .hasMessageContaining(
                        "sidecar.dial.timeout = 1ms (from /etc/tombolo/a.properties): expected 10ms to 90s")
                .hasMessageContaining("sidecar.advertise = nowhere (from env): lacks a port");
    }

    @Test
    void whatIsRightIsNoProblemAndIsHandedOn() {
        // When
        List<HostPort> parsed = check.hostPorts("advertise", Optional.of(List.of(" a.example:1 ", "")));
        check.range("app-check", ofHours(1), ofSeconds(1), ofHours(1));
        // Then
        assertThat(parsed).containsExactly(new HostPort("a.example", 1));
        assertThat(check.address("inbound", "127.0.0.1", 15_006).getPort()).isEqualTo(15_006);
        assertThatCode(check::throwIfAny).doesNotThrowAnyException();
    }

    @Test
    void aKeyThatDoesNotExistIsNamedWithTheOneThatWasMeant() {
        // When
        var refused = ConfigCheck.refused(
                "sidecar",
                List.of(
                        "SRCFG00050: sidecar.dial.timout in EnvConfigSource does not map to any root",
                        "SRCFG00050: sidecar.nothing.like.it in SysPropConfigSource does not map to any root"),
                List.of("sidecar.dial.timeout", "sidecar.weight"));
        // Then
        assertThat(refused)
                .hasMessageContaining("2 problems")
                .hasMessageContaining("sidecar.dial.timout (from env): unknown key; did you mean sidecar.dial.timeout?")
                .hasMessageContaining("sidecar.nothing.like.it (from arguments): unknown key\n");
    }

    @Test
    void aNameThatIsNoAddressHereIsAProblemOfItsHostKey() {
        // When
        check.address("inbound", "no such host.invalid", 70_000);
        // Then
        assertThatThrownBy(check::throwIfAny)
                .hasMessageContaining("sidecar.inbound.port = 70000 (from default): expected 0 to 65535")
                .hasMessageContaining("sidecar.inbound.host = no such host.invalid (from default)");
    }
}
