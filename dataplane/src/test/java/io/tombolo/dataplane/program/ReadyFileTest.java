package io.tombolo.dataplane.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadyFileTest {
    @TempDir
    private Path home;

    @Test
    void whatAnEarlierRunLeftIsGoneBeforeThisOneServes() throws Exception {
        // Given
        Files.writeString(home.resolve("ready.json"), "{}");
        // When
        ReadyFile.in("gateway", home);
        // Then
        assertThat(home.resolve("ready.json")).doesNotExist();
    }

    @Test
    void aMissingStateDirectoryIsMadeForItsOwnerOnly() throws Exception {
        // When
        ReadyFile.in("gateway", home.resolve("a/b"));
        // Then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("a/b"))))
                .isEqualTo("rwx------");
    }

    @Test
    void aDirectoryThatCannotBeMadeIsNamedWithItsKey() throws Exception {
        // Given
        Path file = Files.writeString(home.resolve("file"), "");
        // Then
        assertThatThrownBy(() -> ReadyFile.in("gateway", file.resolve("state")))
                .hasMessageContaining("gateway.state-dir = " + file);
    }

    @Test
    void theDirectoryOfOneRunGoesWithAllThatIsInIt() throws Exception {
        // Given
        Path state = home.resolve("state");
        ReadyFile ready = ReadyFile.in("sidecar", state);
        Files.createDirectories(state.resolve("deep/er"));
        Files.writeString(state.resolve("deep/er/key.pem"), "k");
        // When
        ready.removeDirectory();
        // Then
        assertThat(state).doesNotExist();
    }
}
