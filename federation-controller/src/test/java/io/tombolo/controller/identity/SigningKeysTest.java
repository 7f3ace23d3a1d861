package io.tombolo.controller.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.trustbundle.key.Ed25519Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeysTest {
    @TempDir
    Path dir;

    @Test
    void theFilesAloneSayHowFarAChangeHasCome() throws IOException {
        // Given
        Ed25519Key first = keys().present();
        assertThat(keys().changing()).isFalse();
        // When
        Ed25519Key next = keys().makeNext();
        // Then
        assertThat(keys().makeNext().publicKey()).isEqualTo(next.publicKey());
        assertThat(keys().present().publicKey()).isEqualTo(first.publicKey());
        assertThat(keys().next().orElseThrow().publicKey()).isEqualTo(next.publicKey());
        assertThat(keys().former()).isEmpty();
        // When
        keys().useNext();
        // Then
        assertThat(keys().present().publicKey()).isEqualTo(next.publicKey());
        assertThat(keys().next()).isEmpty();
        assertThat(keys().former().orElseThrow().publicKey()).isEqualTo(first.publicKey());
        // When
        keys().dropFormer();
        // Then
        assertThat(keys().changing()).isFalse();
        assertThat(keys().present().publicKey()).isEqualTo(next.publicKey());
        assertThat(dir.resolve("record-signing.seed")).doesNotExist();
        try (var files = Files.list(dir)) {
            for (Path file : files.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
        }
    }

    /** A key that nobody knows would be made in its place, and every record by it refused. */
    @Test
    void aKeyThatIsLostIsNeverMadeAnew() throws IOException {
        // Given
        keys().present();
        keys().makeNext();
        keys().useNext();
        // When
        Files.delete(dir.resolve("record-signing-1.seed"));
        // Then
        assertThatThrownBy(() -> keys().present()).hasMessageContaining("TB-1007");
    }

    private SigningKeys keys() {
        return new SigningKeys(new KeyFiles(dir));
    }
}
