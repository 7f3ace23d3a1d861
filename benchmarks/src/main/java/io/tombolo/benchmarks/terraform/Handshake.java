package io.tombolo.benchmarks.terraform;

import io.tombolo.benchmarks.figure.ProcessFigures;
import io.tombolo.benchmarks.place.Workshop;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** From the start of a provider's process until it says where it listens, with a certificate as Terraform gives it. */
final class Handshake {
    private final String certificate;

    private Handshake(String certificate) {
        this.certificate = certificate;
    }

    /** Makes a key as Terraform's for this run: self-signed, P-521. */
    static Handshake with(Workshop workshop) {
        Path store = workshop.file("client.p12");
        Path pem = workshop.file("client.pem");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var keys = List.of("-keystore", store.toString(), "-storepass", "of-this-run-alone");
        run(
                keytool,
                keys,
                "-genkeypair",
                "-alias",
                "c",
                "-keyalg",
                "EC",
                "-groupname",
                "secp521r1",
                "-dname",
                "CN=localhost");
        run(keytool, keys, "-exportcert", "-alias", "c", "-rfc", "-file", pem.toString());
        try {
            return new Handshake(Files.readString(pem));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(String keytool, List<String> keys, String... arguments) {
        var command = new java.util.ArrayList<>(List.of(keytool));
        command.addAll(List.of(arguments));
        command.addAll(keys);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts the provider once, and ends it. */
    Cost of(Path provider) {
        var builder = new ProcessBuilder(provider.toString()).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .put(
                        "TF_PLUGIN_MAGIC_COOKIE",
                        "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2"); // no secret: every
        // plugin's
        builder.environment().put("PLUGIN_PROTOCOL_VERSIONS", "5,6");
        builder.environment().put("PLUGIN_CLIENT_CERT", certificate);
        long beganNanos = System.nanoTime();
        try {
            Process process = builder.start();
            var line = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String said = line.readLine();
            long tookNanos = System.nanoTime() - beganNanos;
            long cpuMicros = ProcessFigures.cpuMicros(process.pid());
            process.destroyForcibly().onExit().join();
            if (said == null || !said.startsWith("1|")) {
                throw new IllegalStateException(provider + " said: " + said);
            }
            return new Cost(tookNanos / 1e9, cpuMicros / 1e6);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
