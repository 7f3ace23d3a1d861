package io.tombolo.controller.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextFileTest {
    @TempDir
    Path directory;

    @Test
    void theFirstEntryBecomesTheCurrentOneAndLaterOnesAreAdded() throws IOException {
        // Given
        Path file = directory.resolve("tombolo/contexts.yaml");
        // When
        ContextFile.write(file, entry("east", 15080));
        ContextFile.write(file, entry("west", 15081));
        ContextFile.write(file, entry("east", 15082));
        // Then
        JsonNode root = new YAMLMapper().readTree(file.toFile());
        assertThat(root.path("current").asText()).isEqualTo("east");
        assertThat(root.path("contexts").findValuesAsText("api"))
                .containsExactlyInAnyOrder("https://127.0.0.1:15081", "https://127.0.0.1:15082");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    private static ContextFile.Entry entry(String name, int port) {
        return new ContextFile.Entry(name, "https://127.0.0.1:" + port, "00", Path.of("/tmp/t"), name);
    }
}
