package io.tombolo.dataplane.enrol;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A projected token. Kubernetes decides who may read the file, and writes it anew: it is read each time. */
final class PodTokenFile {
    private static final int LONGEST = 16_384;

    private PodTokenFile() {}

    /** @throws TomboloException BAD_SETTING if there is none */
    static String read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String token = new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8).strip();
            if (!token.isEmpty()) {
                return token;
            }
            throw bad(file, "is empty");
        } catch (IOException e) {
            throw bad(file, "cannot be read: " + e);
        }
    }

    private static TomboloException bad(Path file, String what) {
        return new TomboloException(
                Fault.BAD_SETTING,
                "kubernetes.token-file " + file,
                what,
                "mount a projected serviceAccountToken with audience tombolo-controller there");
    }
}
