package io.tombolo.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExecPlanTest {
    @Test
    void theShellSeesEveryWordAsItIs() throws Exception {
        // Given
        List<String> words = List.of("printf", "%s|", "a b", "it's", "$HOME", "`id`", "x\\y", "", "*", "\n");
        var plan = new ExecPlan(Map.of("DEMO", "va'lue"), words);
        // When
        var shell = new ProcessBuilder("sh", "-c", plan.shell()).start();
        String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        // Then
        assertThat(printed).isEqualTo("a b|it's|$HOME|`id`|x\\y||*|\n|");
        assertThat(shell.waitFor()).isZero();
    }

    @Test
    void aSettingThatTheUserLeftOutIsLeftOut() {
        System.setProperty("tombolo.installation", "/opt/tombolo");
        System.setProperty("tombolo.java", "/opt/jdk/bin/java");
        try {
            var settings = new Settings("gateway.").put("weight", "").put("zone", "a");
            var plan = ExecPlan.of(Program.GATEWAY, settings, List.of());
            assertThat(plan.arguments()).contains("-Dgateway.zone=a").noneMatch(a -> a.contains("weight"));
            assertThat(plan.arguments().getFirst()).isEqualTo("/opt/jdk/bin/java");
        } finally {
            System.clearProperty("tombolo.installation");
            System.clearProperty("tombolo.java");
        }
    }
}
