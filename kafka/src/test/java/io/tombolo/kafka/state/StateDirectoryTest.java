package io.tombolo.kafka.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
    @TempDir
    Path dir;

    @Test
    void aDirectoryHasOneHolderAtATime() throws IOException {
        Path root = dir.resolve("state");
        try (var held = StateDirectory.take(root)) {
            assertThatThrownBy(() -> StateDirectory.take(root))
                    .hasMessageContaining("TB-1010")
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
        StateDirectory.take(root).close();
    }

    @Test
    void onlyItsOwnerMayLookIntoIt() throws IOException {
        Path root = dir.resolve("state");
        StateDirectory.take(root).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
                .isEqualTo("rwx------");
    }

    @Test
    void whatAKilledRunSaidAboutBeingReadyIsForgotten() throws IOException {
        // Given
        Path ready = Files.writeString(dir.resolve("ready"), "127.0.0.1:1\n");
        // When
        StateDirectory.take(dir).close();
        // Then
        assertThat(ready).doesNotExist();
    }
}
