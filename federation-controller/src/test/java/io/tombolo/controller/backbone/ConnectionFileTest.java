package io.tombolo.controller.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.key.SecretFile;
import io.tombolo.trustbundle.pem.Pem;
import io.tombolo.trustbundle.x509.BackboneAuthority;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionFileTest {
    @TempDir
    Path dir;

    private final BackboneAuthority authority =
            BackboneAuthority.create("test", P256Key.generate(), Instant.now(), Duration.ofDays(1));
    private final P256Key adminKey = P256Key.generate();
    private final List<X509Certificate> adminChain =
            authority.issueClient(adminKey.publicKey(), "admin", Instant.now(), Duration.ofHours(1));

    @BeforeEach
    void files() {
        write("ca.pem", Pem.write(authority.root()));
        write("ca.key", authority.key().toPem());
        write("admin.pem", Pem.write(adminChain));
        write("admin.key", adminKey.toPem());
    }

    @Test
    void filesAreFoundBesideTheOneThatNamesThem() {
        // When
        AdminAccess access = ConnectionFile.read(write("c.properties", """
                bootstrap.servers = k1.example:9093, k2.example:9093
                ca-file = ca.pem
                ca-key-file = ca.key
                certificate-file = admin.pem
                key-file = admin.key
                """));
        // Then
        assertThat(access.connection().bootstrapServers()).containsExactly("k1.example:9093", "k2.example:9093");
        assertThat(access.connection().serverRoots()).containsExactly(authority.root());
        assertThat(access.connection().credential().get().chain()).isEqualTo(adminChain);
        assertThat(access.authority().orElseThrow().root()).isEqualTo(authority.root());
    }

    @Test
    void keyStoresWorkAsWell() throws Exception {
        // Given
        var keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry(
                "admin", adminKey.privateKey(), "secret".toCharArray(), adminChain.toArray(Certificate[]::new));
        var trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("root", authority.root());
        write("keys.p12", keys);
        write("trust.p12", trust);
        write("password", "secret\n");
        // When
        AdminAccess access = ConnectionFile.read(write("c.properties", """
                bootstrap.servers = k1.example:9093
                keystore-file = keys.p12
                keystore-password-file = password
                truststore-file = trust.p12
                truststore-password-file = password
                """));
        // Then
        assertThat(access.connection().credential().get().chain()).isEqualTo(adminChain);
        assertThat(access.connection().serverRoots()).containsExactly(authority.root());
        assertThat(access.authority()).isEmpty();
    }

    @Test
    void everythingThatIsMissingIsSaidAtOnce() {
        Path file = write("c.properties", "bootstrap.servers = nowhere\nkey-file = k\nca_file = x\n");
        assertThatThrownBy(() -> ConnectionFile.read(file))
                .isInstanceOf(TomboloException.class)
                .hasMessageContainingAll("bootstrap.servers", "ca_file", "certificate-file", "server-ca-file");
    }

    @Test
    void aKeyThatOthersCanReadIsRefused() throws Exception {
        Files.setPosixFilePermissions(dir.resolve("admin.key"), PosixFilePermissions.fromString("rw-r--r--"));
        Path file = write(
                "c.properties",
                "bootstrap.servers=k:1\nserver-ca-file=ca.pem\ncertificate-file=admin.pem\nkey-file=admin.key\n");
        assertThatThrownBy(() -> ConnectionFile.read(file)).hasMessageContaining("TB-1006");
    }

    @Test
    void anAdministratorIsNotNeededWhereEverythingIsMadeByHand() {
        // When
        AdminAccess access = ConnectionFile.read(write(
                "c.properties",
                "bootstrap.servers=k:1\nca-file=ca.pem\nca-key-file=ca.key\nreplication-factor=3\nmin-insync=2\n"));
        // Then
        assertThat(access.replication()).isEqualTo(new Replication(Optional.of((short) 3), Optional.of(2)));
        assertThatThrownBy(() -> access.connection().credential().get())
                .hasMessageContaining("TB-7003")
                .hasMessageContaining("--manual-acls");
    }

    @Test
    void moreCopiesInSyncThanThereAreAreRefused() {
        Path file = write(
                "c.properties", "bootstrap.servers=k:1\nserver-ca-file=ca.pem\nreplication-factor=2\nmin-insync=3\n");
        assertThatThrownBy(() -> ConnectionFile.read(file))
                .hasMessageContaining("min-insync = 3: out of range. Expected 1 to 2");
    }

    @Test
    void theDocumentListsEveryKey() throws Exception {
        String document = Files.readString(Path.of("../docs/install.md"));
        assertThat(ConnectionFile.KEYS).allSatisfy(key -> assertThat(document).contains("`" + key + "`"));
    }

    @Test
    void aCaThatIsMadeAsTheDocumentShowsSignsTheMembersCertificates() throws Exception {
        // Given
        String document = Files.readString(Path.of("../docs/install.md"));
        String script = Pattern.compile("(?ms)^   ```\n(   openssl .*?)^   ```")
                .matcher(document)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        Process openssl = new ProcessBuilder("sh", "-ec", "command -v openssl >/dev/null || exit 99\n" + script)
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("openssl.log").toFile())
                .start();
        assertThat(openssl.waitFor(1, TimeUnit.MINUTES)).isTrue();
        Assumptions.assumeTrue(openssl.exitValue() != 99, "no openssl on this machine");
        assertThat(openssl.exitValue())
                .as(Files.readString(dir.resolve("openssl.log")))
                .isZero();
        // When
        AdminAccess access = ConnectionFile.read(
                write("c.properties", "bootstrap.servers=k:1\nca-file=members-ca.pem\nca-key-file=members-ca.key\n"));
        // Then
        X509Certificate leaf = access.authority()
                .orElseThrow()
                .issueClient(adminKey.publicKey(), "tombolo.demo.east.1", Instant.now(), Duration.ofHours(1))
                .getFirst();
        leaf.verify(access.connection().serverRoots().getFirst().getPublicKey());
        assertThat(leaf.getSubjectX500Principal().getName()).isEqualTo("CN=tombolo.demo.east.1");
    }

    @Test
    void aRenewedCertificateIsUsedForTheNextConnection() {
        // Given
        AdminAccess access = ConnectionFile.read(write(
                "c.properties",
                "bootstrap.servers=k:1\nserver-ca-file=ca.pem\ncertificate-file=admin.pem\nkey-file=admin.key\n"));
        List<X509Certificate> renewed =
                authority.issueClient(adminKey.publicKey(), "admin", Instant.now(), Duration.ofHours(2));
        // When
        write("admin.pem", Pem.write(renewed));
        // Then
        assertThat(access.connection().credential().get().chain()).isEqualTo(renewed);
    }

    private Path write(String name, String text) {
        Path file = dir.resolve(name);
        SecretFile.write(file, text.getBytes(StandardCharsets.UTF_8));
        return file;
    }

    private void write(String name, KeyStore store) throws Exception {
        var bytes = new ByteArrayOutputStream();
        store.store(bytes, "secret".toCharArray());
        SecretFile.write(dir.resolve(name), bytes.toByteArray());
    }
}
