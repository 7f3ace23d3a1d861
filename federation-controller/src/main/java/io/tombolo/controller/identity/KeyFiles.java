package io.tombolo.controller.identity;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.key.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/** Private keys in files, 0600; made when first asked for, and never sent anywhere. */
public final class KeyFiles {
    private final Path directory;

    public KeyFiles(Path directory) {
        this.directory = directory;
    }

    /** A P-256 key in PEM. */
    public P256Key p256(String name) {
        Path file = directory.resolve(name + ".key");
        if (Files.exists(file)) {
            return P256Key.fromPem(text(file));
        }
        P256Key key = P256Key.generate();
        SecretFile.write(file, key.toPem().getBytes(StandardCharsets.US_ASCII));
        return key;
    }

    /** An Ed25519 key; the file holds its seed in hexadecimal digits. */
    public Ed25519Key ed25519(String name) {
        Optional<Ed25519Key> kept = findEd25519(name);
        return kept.orElseGet(() -> keep(name, Ed25519Key.generate()));
    }

    /** An Ed25519 key, if there is one. */
    public Optional<Ed25519Key> findEd25519(String name) {
        Path file = directory.resolve(name + ".seed");
        return Files.exists(file)
                ? Optional.of(
                        Ed25519Key.fromSeed(HexFormat.of().parseHex(text(file).strip())))
                : Optional.empty();
    }

    /** What goes with the keys, if it is there. */
    Optional<String> text(String name) {
        Path file = directory.resolve(name);
        return Files.exists(file) ? Optional.of(text(file)) : Optional.empty();
    }

    void keep(String name, String text) {
        SecretFile.write(directory.resolve(name), text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Deletes an Ed25519 key; it is gone when this returns, or was not there. */
    void drop(String name) {
        try {
            Files.deleteIfExists(directory.resolve(name + ".seed"));
        } catch (IOException failed) {
            throw new TomboloException(
                    Fault.STORE_FAILED, "key " + name, "cannot be deleted: " + failed, "check the directory", failed);
        }
    }

    private Ed25519Key keep(String name, Ed25519Key key) {
        String seed = HexFormat.of().formatHex(key.seed());
        SecretFile.write(directory.resolve(name + ".seed"), seed.getBytes(StandardCharsets.US_ASCII));
        return key;
    }

    private static String text(Path file) {
        return new String(SecretFile.read(file), StandardCharsets.US_ASCII);
    }
}
