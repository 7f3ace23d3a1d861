package io.tombolo.controller.backbone;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.setting.Problems;
import io.tombolo.model.setting.Setting;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.tls.CertifiedKey;
import io.tombolo.trustbundle.x509.BackboneAuthority;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The file that says where a Kafka is and as whom to administer it; the embedded broker writes one, for an external Kafka
 * its administrator does. Files that it names may be relative to it. Keys:
 * <ul>
 *   <li>{@code bootstrap.servers}: {@code host:port}, comma-separated; required
 *   <li>{@code certificate-file} and {@code key-file} (PEM, PKCS #8, 0600), or {@code keystore-file} with
 *       {@code keystore-password-file} (both 0600; PKCS #12 or JKS by {@code keystore-type}): who the administrator is;
 *       neither where an administrator makes everything by hand
 *   <li>{@code server-ca-file} (PEM), or {@code truststore-file} with {@code truststore-password-file}: what the brokers'
 *       certificates chain to; without either, {@code ca-file}
 *   <li>{@code ca-file} and {@code ca-key-file} (PEM, 0600): the CA that signs the members' client certificates and that
 *       Kafka's brokers believe
 *   <li>{@code replication-factor} and {@code min-insync}: copies of each topic, and how many of them must have a record
 *       before it is acknowledged; without them the brokers' defaults
 * </ul>
 */
public final class ConnectionFile {
    static final List<String> KEYS = List.of(
            "bootstrap.servers",
            "certificate-file",
            "key-file",
            "keystore-file",
            "keystore-type",
            "keystore-password-file",
            "server-ca-file",
            "truststore-file",
            "truststore-type",
            "truststore-password-file",
            "ca-file",
            "ca-key-file",
            "replication-factor",
            "min-insync");

    private final Path file;
    private final Properties text;

    private ConnectionFile(Path file, Properties text) {
        this.file = file;
        this.text = text;
    }

    /**
     * Reads the file and what it names; blocks on the disk. The administrator's certificate is read again for every
     * connection, so a renewed one is used without a restart.
     * @throws TomboloException {@link Fault#BAD_SETTING} with all that is missing or unknown,
     *     {@link Fault#FILE_UNREADABLE}, {@link Fault#FILE_TOO_OPEN}, or what is wrong with a key or certificate
     */
    public static AdminAccess read(Path file) {
        var connection = new ConnectionFile(file, load(file));
        connection.problems().throwIfAny();
        AdminAccess access = connection.access();
        if (connection.namesCredential()) {
            var _ = access.connection().credential().get(); // so that what cannot be read is said now
        }
        return access;
    }

    private static Properties load(Path file) {
        var text = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            text.load(reader);
            return text;
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(file, "as properties", e);
        }
    }

    private Problems problems() {
        var problems = new Problems("backbone connection");
        for (String key : new TreeSet<>(text.stringPropertyNames())) {
            if (!KEYS.contains(key)) {
                problems.add(key, "...", file.toString(), "unknown key; known are " + String.join(", ", KEYS));
            }
        }
        if (bootstrapServers().isEmpty() || !bootstrapServers().stream().allMatch(s -> s.matches(".+:[0-9]{1,5}"))) {
            problems.add("bootstrap.servers", bootstrapServers(), file.toString(), "host:port, comma-separated");
        }
        pair(problems, "certificate-file", "key-file");
        pair(problems, "keystore-file", "keystore-password-file");
        pair(problems, "truststore-file", "truststore-password-file");
        pair(problems, "ca-file", "ca-key-file");
        if (has("certificate-file") && has("keystore-file")) {
            problems.add("certificate-file", "", file.toString(), "either this or keystore-file");
        }
        if (!has("server-ca-file") && !has("truststore-file") && !has("ca-file")) {
            problems.add("server-ca-file", "", file.toString(), "the CA of the brokers' certificates");
        }
        return problems;
    }

    private void pair(Problems problems, String one, String other) {
        if (has(one) != has(other)) {
            String missing = has(one) ? other : one;
            problems.add(missing, "", file.toString(), "belongs to " + (has(one) ? one : other));
        }
    }

    private AdminAccess access() {
        Optional<BackboneAuthority> authority = has("ca-file") ? Optional.of(authority()) : Optional.empty();
        var connection = new BackboneConnection(bootstrapServers(), serverRoots(), credential());
        return new AdminAccess(connection, authority, replication());
    }

    private boolean namesCredential() {
        return has("keystore-file") || has("certificate-file");
    }

    private Supplier<CertifiedKey> credential() {
        if (has("keystore-file")) {
            return new StoreFile(path("keystore-file"), type("keystore-type"), path("keystore-password-file"))
                    ::certifiedKey;
        }
        if (has("certificate-file")) {
            return new PemFiles(path("certificate-file"), path("key-file"))::certifiedKey;
        }
        return () -> {
            throw new TomboloException(
                    Fault.BACKBONE_MISCONFIGURED,
                    "file " + file,
                    "names no administrator's credential",
                    "add certificate-file and key-file, or found the federation with --manual-acls");
        };
    }

    private Replication replication() {
        return new Replication(number("replication-factor").map(Integer::shortValue), number("min-insync"));
    }

    private Optional<Integer> number(String key) {
        String value = text.getProperty(key, "").strip();
        Setting.check(value.matches("[0-9]{0,3}"), key, value, "a number; remove the key for the brokers' default");
        return value.isEmpty() ? Optional.empty() : Optional.of(Integer.parseInt(value));
    }

    private BackboneAuthority authority() {
        return BackboneAuthority.fromParts(
                PemFiles.certificates(path("ca-file")), P256Key.fromPem(PemFiles.secret(path("ca-key-file"))));
    }

    private List<X509Certificate> serverRoots() {
        if (has("truststore-file")) {
            return new StoreFile(path("truststore-file"), type("truststore-type"), path("truststore-password-file"))
                    .roots();
        }
        return PemFiles.certificates(path(has("server-ca-file") ? "server-ca-file" : "ca-file"));
    }

    private List<String> bootstrapServers() {
        return Arrays.stream(text.getProperty("bootstrap.servers", "").split(","))
                .map(String::strip)
                .filter(server -> !server.isEmpty())
                .toList();
    }

    private boolean has(String key) {
        return !text.getProperty(key, "").isBlank();
    }

    private Path path(String key) {
        return file.toAbsolutePath().resolveSibling(text.getProperty(key).strip());
    }

    private String type(String key) {
        return text.getProperty(key, "PKCS12").strip();
    }

    static TomboloException unreadable(Path file, String how, Exception cause) {
        return new TomboloException(
                Fault.FILE_UNREADABLE,
                "file " + file,
                "cannot be read " + how + ": " + cause.getClass().getSimpleName(),
                "check the name, its owner, and what is in it",
                cause);
    }
}
