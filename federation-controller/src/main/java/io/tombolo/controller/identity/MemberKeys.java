package io.tombolo.controller.identity;

import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.trustbundle.key.P256Key;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The keys of one epoch. Made before the epoch is known, in {@code keys/next}; each epoch has new ones. */
public final class MemberKeys {
    private static final String NEXT = "next";

    private final KeyFiles files;

    private MemberKeys(Path directory) {
        this.files = new KeyFiles(directory);
    }

    /** The keys of a join that is going on; the same ones until it is done, so that it can be repeated. */
    public static MemberKeys next(StateDirectory state) {
        return new MemberKeys(state.directory("keys/" + NEXT));
    }

    /** The keys of {@code epoch}. The first call after a join takes those of {@link #next}. */
    public static MemberKeys of(StateDirectory state, long epoch) {
        Path all = state.directory("keys");
        Path kept = all.resolve("epoch-" + epoch);
        Path next = all.resolve(NEXT);
        try {
            if (!Files.exists(kept) && Files.exists(next)) {
                Files.move(next, kept);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return new MemberKeys(kept);
    }

    /** Signs this cluster's records. */
    public Ed25519Key recordSigning() {
        return files.ed25519("record-signing");
    }

    /** Signs members records, on authorities. */
    public Ed25519Key authority() {
        return files.ed25519("authority");
    }

    /** Of the client certificate for Kafka. */
    public P256Key backbone() {
        return files.p256("backbone");
    }

    /** Of the controller's own SVID. */
    public P256Key controller() {
        return files.p256("controller");
    }
}
