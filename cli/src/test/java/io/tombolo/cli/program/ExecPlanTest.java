package io.tombolo.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    /** A container's file system lists them in another order than the machine that made the image. */
    @Test
    void theClassPathHasOneOrder(@TempDir Path installation) throws IOException {
        System.setProperty("tombolo.installation", installation.toString());
        System.setProperty("tombolo.java", "java");
        try {
            Path lib = Files.createDirectories(installation.resolve("kafka/target/app/lib"));
            for (String jar : List.of("b-1.jar", "a_2.jar", "b.jar", "C.jar")) {
                Files.createFile(lib.resolve(jar));
            }
            List<String> line =
                    ExecPlan.of(Program.KAFKA, new Settings(""), List.of()).arguments();
            assertThat(line.get(line.indexOf("-cp") + 1).replace(lib + "/", ""))
                    .isEqualTo("C.jar:a_2.jar:b-1.jar:b.jar");
        } finally {
            System.clearProperty("tombolo.installation");
            System.clearProperty("tombolo.java");
        }
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
