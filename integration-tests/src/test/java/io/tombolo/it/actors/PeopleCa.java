package io.tombolo.it.actors;

import io.tombolo.trustbundle.pem.Pem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;

/** An organisation's CA that gives its people certificates, made with the JDK's own {@code keytool}. */
public final class PeopleCa {
    private static final String PASSWORD = "changeit";

    /** A file of a test needs no 10,000 rounds for each key that is in it, in each JVM that opens it. */
    private static final List<String> QUICK = List.of(
            "-J-XX:TieredStopAtLevel=1",
            "-J-Dkeystore.pkcs12.certPbeIterationCount=1",
            "-J-Dkeystore.pkcs12.keyPbeIterationCount=1",
            "-J-Dkeystore.pkcs12.macIterationCount=1");

    private final Path dir = Scratch.directory("people");

    public PeopleCa() {
        keytool("-genkeypair", "-alias", "ca", "-keyalg", "EC", "-dname", "CN=people", "-ext", "bc:c");
        keytool("-exportcert", "-alias", "ca", "-rfc", "-file", root().toString());
    }

    /** The CA's certificate, PEM. */
    public Path root() {
        return dir.resolve("ca.pem");
    }

    /** A new certificate as files: {@code certificate.pem} with the CA's, and {@code key.pem}. @return their directory */
    public Path files(String subject) throws IOException {
        var shown = (X509KeyManager) person(subject)[0];
        String alias = shown.getClientAliases("EC", null)[0];
        Path files = Scratch.directory("person");
        var certificates = new StringBuilder();
        for (X509Certificate one : shown.getCertificateChain(alias)) {
            certificates.append(Pem.write(one));
        }
        Files.writeString(files.resolve("certificate.pem"), certificates);
        Files.writeString(files.resolve("key.pem"), Pem.write(shown.getPrivateKey(alias)));
        return files;
    }

    /** What shows a new certificate in a TLS handshake. @param subject such as {@code CN=alice,O=viewer} */
    public KeyManager[] person(String subject) {
        String alias = "person-" + subject.hashCode();
        keytool(
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-dname",
                subject,
                "-signer",
                "ca",
                "-ext",
                "eku=clientAuth");
        try (InputStream store = Files.newInputStream(dir.resolve("ca.p12"))) {
            KeyStore all = KeyStore.getInstance("PKCS12");
            all.load(store, PASSWORD.toCharArray());
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setKeyEntry(
                    alias,
                    all.getKey(alias, PASSWORD.toCharArray()),
                    PASSWORD.toCharArray(),
                    all.getCertificateChain(alias));
            KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
            managers.init(keys, PASSWORD.toCharArray());
            return managers.getKeyManagers();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private void keytool(String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(QUICK);
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", dir.resolve("ca.p12").toString(), "-storepass", PASSWORD));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(dir.resolve("keytool.log").toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new AssertionError(command + ": " + Files.readString(dir.resolve("keytool.log")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }
}
