package io.tombolo.kafka.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.kafka.setting.BrokerSettings;
import io.tombolo.kafka.state.StateDirectory;
import io.tombolo.trustbundle.pem.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateParsingException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackboneIdentitiesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    Path dir;

    private StateDirectory state;

    @BeforeEach
    void take() {
        state = StateDirectory.take(dir);
    }

    @AfterEach
    void letGo() throws IOException {
        state.close();
    }

    @Test
    void whatLiesThereIsReadableByItsOwnerOnly() throws IOException {
        // When
        BackboneIdentities.ensure(state, NOW).describe("127.0.0.1:1");
        // Then
        for (String name : List.of("backbone-ca.key", "admin.key", "connection.properties")) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(state.admin().resolve(name))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aSecondStartKeepsTheCaAndTheAdministrator() throws IOException {
        // Given
        BackboneIdentities.ensure(state, NOW);
        String ca = read("backbone-ca.pem");
        String admin = read("admin.pem");
        // When
        BackboneIdentities.ensure(state, NOW.plus(Duration.ofDays(3)));
        // Then
        assertThat(read("backbone-ca.pem")).isEqualTo(ca);
        assertThat(read("admin.pem")).isEqualTo(admin);
    }

    @Test
    void theAdministratorIsRenewedAtHalfItsLife() throws IOException {
        // Given
        BackboneIdentities.ensure(state, NOW);
        String admin = read("admin.pem");
        // When
        BackboneIdentities.ensure(state, NOW.plus(Duration.ofDays(4)));
        // Then
        assertThat(read("admin.pem")).isNotEqualTo(admin);
    }

    @Test
    void aDamagedCaIsNeverReplaced() throws IOException {
        // Given
        BackboneIdentities.ensure(state, NOW);
        Files.writeString(state.admin().resolve("backbone-ca.pem"), "not a certificate");
        // When, then
        assertThatThrownBy(() -> BackboneIdentities.ensure(state, NOW))
                .hasMessageContaining("TB-1007")
                .hasMessageContaining("backup");
        assertThat(read("backbone-ca.pem")).isEqualTo("not a certificate");
    }

    @Test
    void theBrokerIsKnownByEveryNameThatClientsMayDial() throws CertificateParsingException {
        // Given
        var settings = new BrokerSettings(dir, "0.0.0.0", 0, false, "kafka.example");
        // When
        BrokerIdentity broker = BackboneIdentities.ensure(state, NOW).broker(settings, NOW);
        // Then
        var leaf = Pem.certificates(broker.chainPem()).getFirst();
        assertThat(leaf.getSubjectAlternativeNames())
                .extracting(name -> String.valueOf(name.get(1)))
                .containsExactlyInAnyOrder("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "kafka.example");
        assertThat(broker.toString()).doesNotContain("PRIVATE");
    }

    private String read(String name) throws IOException {
        return Files.readString(state.admin().resolve(name));
    }
}
