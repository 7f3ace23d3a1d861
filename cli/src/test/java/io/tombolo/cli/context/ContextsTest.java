package io.tombolo.cli.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.key.SecretFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextsTest {
    @TempDir
    Path dir;

    @Test
    void theCurrentOneIsUsedUntilAnotherIsChosen() {
        // Given
        Contexts contexts = contexts("""
                current: east
                contexts:
                - {name: east, api: 'https://127.0.0.1:15080', caPin: 00ff, tokenFile: /tmp/east, cluster: east}
                - {name: west, api: 'https://127.0.0.1:15081', caPin: 00ff, tokenFile: /tmp/west, cluster: west}
                """);
        assertThat(contexts.require("").name()).isEqualTo("east");
        // When
        contexts.use("west");
        // Then
        assertThat(contexts.require("").api()).isEqualTo("https://127.0.0.1:15081");
        assertThatThrownBy(() -> contexts.require("south")).hasMessageContaining("there are: east, west");
    }

    @Test
    void aFileThatOthersCanReadIsRefused() throws Exception {
        Contexts contexts = contexts("current: east\n");
        Files.setPosixFilePermissions(contexts.file(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(contexts::all).isInstanceOf(TomboloException.class).hasMessageContaining("TB-1006");
    }

    private Contexts contexts(String yaml) {
        Path file = dir.resolve("contexts.yaml");
        SecretFile.write(file, yaml.getBytes(StandardCharsets.UTF_8));
        return new Contexts(file);
    }
}
