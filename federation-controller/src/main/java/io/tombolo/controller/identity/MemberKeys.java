package io.tombolo.controller.identity;

import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.trustbundle.key.P256Key;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The keys of one epoch. Made before the epoch is known, in {@code keys/next}; each epoch has new ones. */
public final class MemberKeys {
    private static final String NEXT = "next";
    private static final String EPOCH = "epoch-";

    private final KeyFiles files;

    private MemberKeys(Path directory) {
        this.files = new KeyFiles(directory);
    }

    /** The keys of a join that is going on; the same ones until it is done, so that it can be repeated. */
    public static MemberKeys next(StateDirectory state) {
        return new MemberKeys(state.directory("keys/" + NEXT));
    }

    /** Drops the keys of a join that can never be done with them, because they belong to an epoch that is over. */
    public static void dropNext(StateDirectory state) {
        Path next = state.directory("keys/" + NEXT);
        try (Stream<Path> files = Files.list(next)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Where the keys of all epochs are, relative to the state directory. */
    public static List<String> epochs(StateDirectory state) {
        try (Stream<Path> all = Files.list(state.directory("keys"))) {
            return all.map(directory -> String.valueOf(directory.getFileName()))
                    .filter(name -> name.startsWith(EPOCH))
                    .map(name -> "keys/" + name)
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The keys of an epoch that is over, if they are still here. */
    public static Optional<MemberKeys> former(StateDirectory state, long epoch) {
        return Optional.of(state.directory("keys").resolve(EPOCH + epoch))
                .filter(Files::exists)
                .map(MemberKeys::new);
    }

    /** The keys of {@code epoch}. The first call after a join takes those of {@link #next}. */
    public static synchronized MemberKeys of(StateDirectory state, long epoch) {
        Path all = state.directory("keys");
        Path kept = all.resolve(EPOCH + epoch);
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

    /** The keys of a replica for {@code epoch}, which another one joined by: made here, one by one, when first asked for. */
    public static MemberKeys ofReplica(StateDirectory state, long epoch) {
        return new MemberKeys(state.directory("keys/" + EPOCH + epoch));
    }

    /** Of the CA that issues this epoch's SVIDs. */
    public P256Key ca() {
        return files.p256("ca");
    }

    /** The CA's certificates in PEM, if they were made. */
    public Optional<String> root() {
        return files.text("root.pem");
    }

    public void keepRoot(String pem) {
        files.keep("root.pem", pem);
    }

    /** Signs this cluster's records now. */
    public Ed25519Key recordSigning() {
        return signing().present();
    }

    /** All keys that sign this cluster's records, did, or will. */
    public SigningKeys signing() {
        return new SigningKeys(files);
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
