package io.tombolo.kafka.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
    @TempDir
    Path dir;

    @Test
    void whatIsNotGivenHasItsDefault() {
        assertThat(SettingsReader.read("--state-dir=/var/lib/backbone"))
                .isEqualTo(new BrokerSettings(Path.of("/var/lib/backbone"), "127.0.0.1", 15092, false, "127.0.0.1"));
    }

    @Test
    void anArgumentWinsOverTheFile() throws IOException {
        // Given
        Path file =
                Files.writeString(dir.resolve("kafka.properties"), "state-dir=/a\nlisten.port=1\nlisten.strict=true\n");
        // When
        BrokerSettings read = SettingsReader.read("--config", file.toString(), "--listen.port=0");
        // Then
        assertThat(read.listenPort()).isZero();
        assertThat(read.strictPort()).isTrue();
    }

    @Test
    void everyProblemIsReportedAtOnceWithItsSource() throws IOException {
        // Given
        Path file = Files.writeString(dir.resolve("kafka.properties"), "listen.port=70000\nlisten.prot=1\n");
        // When, then
        assertThatThrownBy(() -> SettingsReader.read("--config=" + file, "--advertised.host=::", "stray"))
                .isInstanceOf(TomboloException.class)
                .hasMessageContainingAll(
                        "5 problems",
                        "listen.port = 70000 (from " + file + "): expected 1 to 65535",
                        "listen.prot = 1 (from " + file + "): unknown key",
                        "advertised.host = ::",
                        "stray",
                        "state-dir");
    }

    @Test
    void aBrokerOnAllAddressesIsAdvertisedAsThisMachine() {
        assertThat(SettingsReader.read("--state-dir=/a", "--listen.host=0.0.0.0")
                        .advertisedHost())
                .isEqualTo("localhost");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> SettingsReader.read("--config", "/no/such/file"))
                .hasMessageContaining("TB-1005")
                .hasMessageContaining("/no/such/file");
    }
}
