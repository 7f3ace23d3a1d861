package io.tombolo.kafka.identity;

import io.tombolo.kafka.setting.BrokerSettings;
import io.tombolo.kafka.state.StateDirectory;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;

/**
 * The certificates in {@code admin/}: {@code backbone-ca.pem} and {@code backbone-ca.key}, {@code admin.pem} and
 * {@code admin.key}, and {@code connection.properties} that names them for {@code tombolo init --backbone}. Keys are 0600.
 */
public final class BackboneIdentities {
    /** Common name of the administrator that may do everything on the broker. */
    public static final String ADMIN = "tombolo-admin";

    /** Common name of the broker itself. */
    public static final String BROKER = "tombolo-broker";

    private static final Duration CA_LIFE = Duration.ofDays(3_650);
    private static final Duration LEAF_LIFE = Duration.ofDays(365);

    private final Path directory;
    private final BackboneCa ca;

    private BackboneIdentities(Path directory, BackboneCa ca) {
        this.directory = directory;
        this.ca = ca;
    }

    /**
     * Reads the CA and the administrator's certificate, making what is missing or past half its life.
     * @throws TomboloException {@link Fault#FILE_DAMAGED} for a CA that cannot be read: it is never replaced, because
     *     every member's certificate hangs on it; {@link Fault#FILE_UNREADABLE} if the directory cannot be written
     */
    public static BackboneIdentities ensure(StateDirectory state, Instant now) {
        Path directory = state.admin();
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            var identities = new BackboneIdentities(directory, readOrMakeCa(directory, now));
            identities.renewAdmin(now);
            return identities;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new TomboloException(
                    Fault.FILE_DAMAGED,
                    "backbone CA in " + directory,
                    "cannot be read: " + e.getMessage(),
                    "restore " + directory + " from a backup",
                    e);
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
    }

    private static BackboneCa readOrMakeCa(Path directory, Instant now) throws IOException, GeneralSecurityException {
        Path certificate = directory.resolve("backbone-ca.pem");
        Path key = directory.resolve("backbone-ca.key");
        if (Files.exists(certificate)) {
            return new BackboneCa(certificate(certificate), privateKey(key));
        }
        // The certificate comes last: a run killed in between leaves a key without a certificate, which nobody uses
        // yet.
        BackboneCa made = BackboneCa.create(now, CA_LIFE);
        SecretFile.write(key, BackboneCa.pem(made.key()));
        SecretFile.write(certificate, BackboneCa.pem(made.certificate()));
        return made;
    }

    private void renewAdmin(Instant now) throws IOException, GeneralSecurityException {
        Path certificate = directory.resolve("admin.pem");
        if (!Files.exists(certificate) || pastHalfLife(certificate(certificate), now)) {
            BackboneCa.Issued admin = ca.client(ADMIN, now, LEAF_LIFE);
            SecretFile.write(
                    directory.resolve("admin.key"), BackboneCa.pem(admin.keys().getPrivate()));
            SecretFile.write(certificate, BackboneCa.pem(admin.certificate()));
        }
    }

    static boolean pastHalfLife(X509Certificate certificate, Instant now) {
        Instant from = certificate.getNotBefore().toInstant();
        Duration life = Duration.between(from, certificate.getNotAfter().toInstant());
        return now.isAfter(from.plus(life.dividedBy(2)));
    }

    /**
     * A fresh key and certificate for this run of the broker, good for a year: a broker that runs longer must be
     * restarted once before, and says so a month ahead.
     */
    public BrokerIdentity broker(BrokerSettings settings, Instant now) {
        try {
            var hosts = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1"));
            hosts.add(settings.advertisedHost());
            if (!List.of("0.0.0.0", "::").contains(settings.listenHost())) {
                hosts.add(settings.listenHost());
            }
            BackboneCa.Issued leaf = ca.server(BROKER, List.copyOf(hosts), now, LEAF_LIFE);
            return new BrokerIdentity(
                    BackboneCa.pem(leaf.keys().getPrivate()),
                    BackboneCa.pem(leaf.certificate()),
                    BackboneCa.pem(ca.certificate()),
                    now.plus(LEAF_LIFE));
        } catch (GeneralSecurityException | IOException e) {
            throw new TomboloException(Fault.INTERNAL, "broker certificate", "was not issued", "report this", e);
        }
    }

    /** Writes {@code connection.properties} for the address that the broker has now. */
    public Path describe(String bootstrap) {
        Path file = directory.resolve("connection.properties");
        var connection = new Properties();
        connection.setProperty("bootstrap.servers", bootstrap);
        connection.setProperty("ca-file", directory.resolve("backbone-ca.pem").toString());
        connection.setProperty(
                "ca-key-file", directory.resolve("backbone-ca.key").toString());
        connection.setProperty(
                "certificate-file", directory.resolve("admin.pem").toString());
        connection.setProperty("key-file", directory.resolve("admin.key").toString());
        try {
            var text = new StringWriter();
            connection.store(text, "How an authority administers this backbone; for `tombolo init --backbone`");
            SecretFile.write(file, text.toString());
            return file;
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static TomboloException unwritable(Path path, IOException cause) {
        return new TomboloException(
                Fault.FILE_UNREADABLE,
                path.toString(),
                "cannot be read or written: " + cause,
                "check the owner and free space of the state directory",
                cause);
    }

    private static X509Certificate certificate(Path file) throws IOException, GeneralSecurityException {
        try (var bytes = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(bytes);
        }
    }

    private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
        try (Reader text = Files.newBufferedReader(file);
                var pem = new org.bouncycastle.util.io.pem.PemReader(text)) {
            return KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(pem.readPemObject().getContent()));
        }
    }
}
