package io.tombolo.kafka.identity;

import io.tombolo.kafka.setting.BrokerSettings;
import io.tombolo.kafka.state.StateDirectory;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.key.SecretFile;
import io.tombolo.trustbundle.pem.Pem;
import io.tombolo.trustbundle.svid.RenewalTime;
import io.tombolo.trustbundle.x509.BackboneAuthority;
import io.tombolo.trustbundle.x509.ServerNames;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;

/**
 * The certificates in {@code admin/}: {@code backbone-ca.pem} and {@code backbone-ca.key}, {@code admin.pem} and
 * {@code admin.key}, and {@code connection.properties} that names them for {@code tombolo init --backbone}. All are 0600.
 */
public final class BackboneIdentities {
    /** Common name of the administrator that may do everything on the broker. */
    public static final String ADMIN = "tombolo-admin";

    /** Common name of the broker itself. */
    public static final String BROKER = "tombolo-broker";

    private static final Duration CA_LIFE = Duration.ofDays(3_650);
    private static final Duration BROKER_LIFE = Duration.ofDays(365);

    private final Path directory;
    private final BackboneAuthority authority;

    private BackboneIdentities(Path directory, BackboneAuthority authority) {
        this.directory = directory;
        this.authority = authority;
    }

    /**
     * Reads the CA and the administrator's certificate, making what is missing or due.
     * @throws TomboloException {@link Fault#FILE_DAMAGED} for a CA that cannot be read: it is never replaced, because
     *     every member's certificate hangs on it; {@link Fault#STORE_FAILED} if the directory cannot be written
     */
    public static BackboneIdentities ensure(StateDirectory state, Instant now) {
        Path directory = state.admin();
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new TomboloException(
                    Fault.STORE_FAILED, directory.toString(), "cannot be made: " + e, "check its owner and space", e);
        }
        var identities = new BackboneIdentities(directory, readOrMakeCa(directory, now));
        identities.renewAdmin(now);
        return identities;
    }

    private static BackboneAuthority readOrMakeCa(Path directory, Instant now) {
        Path certificate = directory.resolve("backbone-ca.pem");
        Path key = directory.resolve("backbone-ca.key");
        if (Files.exists(certificate)) {
            return readCa(certificate, key);
        }
        // The certificate comes last: a run killed in between leaves a key without a certificate, which nobody uses
        // yet.
        var made = BackboneAuthority.create("tombolo backbone", P256Key.generate(), now, CA_LIFE);
        write(key, made.key().toPem());
        write(certificate, Pem.write(made.chain()));
        return made;
    }

    private static BackboneAuthority readCa(Path certificate, Path key) {
        try {
            return BackboneAuthority.fromParts(Pem.certificates(read(certificate)), P256Key.fromPem(read(key)));
        } catch (TomboloException e) {
            throw new TomboloException(
                    Fault.FILE_DAMAGED,
                    "backbone CA in " + certificate.getParent(),
                    "cannot be used: " + e.where() + ": " + e.what(),
                    "restore that directory from a backup; every member's certificate hangs on it",
                    e);
        }
    }

    /** Gives the administrator a new certificate when half of the old one's life is over; its key stays. */
    public void renewAdmin(Instant now) {
        Path certificate = directory.resolve("admin.pem");
        Path keyFile = directory.resolve("admin.key");
        if (!Files.exists(keyFile)) {
            write(keyFile, P256Key.generate().toPem());
        }
        if (!Files.exists(certificate)
                || isDue(Pem.certificates(read(certificate)).getFirst(), now)) {
            P256Key key = P256Key.fromPem(read(keyFile));
            write(
                    certificate,
                    Pem.write(authority.issueClient(key.publicKey(), ADMIN, now, BackboneAuthority.MAX_CLIENT_LIFE)));
        }
    }

    private static boolean isDue(X509Certificate leaf, Instant now) {
        return !now.isBefore(RenewalTime.of(
                leaf.getNotBefore().toInstant(), leaf.getNotAfter().toInstant(), 0));
    }

    /**
     * A fresh key and certificate for this run of the broker, good for a year: a broker that runs longer must be
     * restarted once before, and says so a month ahead.
     */
    public BrokerIdentity broker(BrokerSettings settings, Instant now) {
        var hosts = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1"));
        hosts.add(settings.advertisedHost());
        if (!List.of("0.0.0.0", "::").contains(settings.listenHost())) {
            hosts.add(settings.listenHost());
        }
        P256Key key = P256Key.generate();
        List<X509Certificate> chain =
                authority.issueServer(key.publicKey(), BROKER, ServerNames.of(hosts), now, BROKER_LIFE);
        return new BrokerIdentity(
                key.toPem(),
                Pem.write(chain),
                Pem.write(authority.root()),
                chain.getFirst().getNotAfter().toInstant());
    }

    /** Writes {@code connection.properties} for the address that the broker has now. */
    public Path describe(String bootstrap) throws IOException {
        var connection = new Properties();
        connection.setProperty("bootstrap.servers", bootstrap);
        connection.setProperty("ca-file", directory.resolve("backbone-ca.pem").toString());
        connection.setProperty(
                "ca-key-file", directory.resolve("backbone-ca.key").toString());
        connection.setProperty(
                "certificate-file", directory.resolve("admin.pem").toString());
        connection.setProperty("key-file", directory.resolve("admin.key").toString());
        var text = new StringWriter();
        connection.store(text, "How an authority administers this backbone; for `tombolo init --backbone`");
        Path file = directory.resolve("connection.properties");
        write(file, text.toString());
        return file;
    }

    private static void write(Path file, String text) {
        SecretFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String read(Path file) {
        return new String(SecretFile.read(file), StandardCharsets.UTF_8);
    }
}
