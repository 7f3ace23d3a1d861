package io.tombolo.it.actors;

import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.key.SecretFile;
import io.tombolo.trustbundle.pem.Pem;
import io.tombolo.trustbundle.x509.BackboneAuthority;
import io.tombolo.trustbundle.x509.ServerNames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The certificates of a company's Kafka: its own CA for brokers and administrators, and the CA of the federation's clients. */
public final class ExternalKafkaCertificates {
    private static final Duration LIFE = Duration.ofDays(1);
    private static final String PASSWORD = "changeit";

    private final Path dir;
    private final BackboneAuthority company = authority("company");
    private final BackboneAuthority clients = authority("federation clients");

    ExternalKafkaCertificates(Path dir) {
        this.dir = dir;
        write("company-ca.pem", Pem.write(company.root()));
        write("clients-ca.pem", Pem.write(clients.root()));
        write("clients-ca.key", clients.key().toPem());
        write("password", PASSWORD + "\n");
    }

    private static BackboneAuthority authority(String name) {
        return BackboneAuthority.create(name, P256Key.generate(), Instant.now(), LIFE);
    }

    /** A CA whose clients are not let in. @return the name of its files */
    String anotherCa() {
        BackboneAuthority another = authority("somebody else");
        write("another-ca.pem", Pem.write(another.root()));
        write("another-ca.key", another.key().toPem());
        return "another-ca";
    }

    /** The CA of the federation's members. */
    public BackboneAuthority clients() {
        return clients;
    }

    /** One file with a broker's key and chain, as Kafka wants it. */
    Path broker(String name) {
        P256Key key = P256Key.generate();
        List<X509Certificate> chain = company.issueServer(
                key.publicKey(), name, ServerNames.of(List.of("localhost", "127.0.0.1")), Instant.now(), LIFE);
        return write(name + ".pem", key.toPem() + Pem.write(chain));
    }

    /** What the brokers believe. */
    Path trusted() {
        return write("trusted.pem", Pem.write(company.root()) + Pem.write(clients.root()));
    }

    /** The line of a connection file that says what the brokers' certificates chain to. */
    String serverCa() {
        return "server-ca-file=company-ca.pem\n";
    }

    /** Lines of a connection file: somebody whom the company's CA knows, as PEM. */
    public String pemCredential(String name) {
        P256Key key = P256Key.generate();
        write(name + "-client.pem", Pem.write(issue(key, name)));
        write(name + "-client.key", key.toPem());
        return "certificate-file=%s-client.pem\nkey-file=%s-client.key\n".formatted(name, name);
    }

    /** The same in a key store with a password. */
    public String keyStoreCredential(String name) {
        P256Key key = P256Key.generate();
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    name,
                    key.privateKey(),
                    PASSWORD.toCharArray(),
                    issue(key, name).toArray(Certificate[]::new));
            var bytes = new ByteArrayOutputStream();
            store.store(bytes, PASSWORD.toCharArray());
            SecretFile.write(dir.resolve(name + ".p12"), bytes.toByteArray());
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
        return "keystore-file=%s.p12\nkeystore-password-file=password\n".formatted(name);
    }

    /** Client settings for Kafka's own tools. */
    String toolSettings(String name) {
        P256Key key = P256Key.generate();
        Path credential = write(name + "-tools.pem", key.toPem() + Pem.write(issue(key, name)));
        return """
                security.protocol=SSL
                ssl.keystore.type=PEM
                ssl.keystore.location=%s
                ssl.truststore.type=PEM
                ssl.truststore.location=%s
                """.formatted(credential, dir.resolve("company-ca.pem"));
    }

    private List<X509Certificate> issue(P256Key key, String name) {
        return company.issueClient(key.publicKey(), name, Instant.now(), LIFE);
    }

    private Path write(String name, String text) {
        Path file = dir.resolve(name);
        SecretFile.write(file, text.getBytes(StandardCharsets.UTF_8));
        return file;
    }
}
