package io.tombolo.cli.federation;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.trustbundle.key.SecretFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** The key that may replace a federation's authorities: made here, written once, never sent anywhere. */
final class RecoveryKeyFile {
    private RecoveryKeyFile() {}

    /** Makes a key and writes it to {@code file} (0600), which must not exist. */
    static Ed25519Key create(Path file) {
        if (Files.exists(file)) {
            throw new TomboloException(
                    Fault.CONFLICT, file.toString(), "exists", "name another file with --recovery-key-file");
        }
        Ed25519Key key = Ed25519Key.generate();
        String text = "tombolo-recovery-key 1\n" + Base64.getEncoder().encodeToString(key.seed()) + "\n";
        SecretFile.write(file.toAbsolutePath(), text.getBytes(StandardCharsets.US_ASCII));
        return key;
    }

    /** Removes a key that no federation knows. */
    static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
