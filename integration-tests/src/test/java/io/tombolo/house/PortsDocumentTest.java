package io.tombolo.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.WithDefault;
import io.tombolo.controller.boot.ControllerConfig;
import io.tombolo.gateway.boot.GatewayConfig;
import io.tombolo.sidecar.boot.SidecarConfig;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/ports.md names the ports that the programs take. */
class PortsDocumentTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([0-9]{5}) \\|.*$");
    private static final Pattern KEY = Pattern.compile("`([a-z]+)\\.([a-z]+)\\.port`");
    private static final Map<String, Class<?>> CONFIGS = Map.of(
            "controller", ControllerConfig.class, "gateway", GatewayConfig.class, "sidecar", SidecarConfig.class);

    @Test
    void everyPortIsTheDefaultOfItsKey() throws Exception {
        Map<String, String> documented = documented();
        assertThat(documented).hasSizeGreaterThan(7);
        for (Map.Entry<String, String> row : documented.entrySet()) {
            String[] key = row.getKey().split("\\.");
            Class<?> room = method(Objects.requireNonNull(CONFIGS.get(key[0]), key[0]), key[1])
                    .getReturnType();
            assertThat(method(room, "port").getAnnotation(WithDefault.class).value())
                    .as(row.getKey())
                    .isEqualTo(row.getValue());
        }
    }

    private static Method method(Class<?> config, String name) throws NoSuchMethodException {
        return config.getMethod(name);
    }

    /** Keys with the port of their row. */
    private static Map<String, String> documented() throws IOException {
        var ports = new LinkedHashMap<String, String>();
        ROW.matcher(Files.readString(Module.home().resolve("docs/ports.md")))
                .results()
                .forEach(row -> KEY.matcher(row.group())
                        .results()
                        .forEach(key -> ports.put(key.group(1) + "." + key.group(2), row.group(1))));
        return ports;
    }
}
