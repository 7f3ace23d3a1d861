package io.tombolo.controller.replica;

import io.tombolo.wire.file.CopiedFiles;
import java.nio.file.Path;
import java.util.List;

/** Which files of a state directory every replica has: all that are verified files of ours, but those of one replica alone. */
final class Copied {
    /** See {@link Mark}. */
    static final String MARK = "replica.state";

    /** What others sent, read again where it is missing: nobody waits for its copy. */
    private static final List<String> UNAWAITED = List.of("log/snapshot");

    private static final List<String> OWN_DIRECTORIES = List.of("keys/", "ca/", "api/", "former-");
    private static final List<String> OWN = List.of(MARK, "credential.state");

    private Copied() {}

    static CopiedFiles in(Path stateDir) {
        return new CopiedFiles(stateDir, Copied::isOwn);
    }

    private static boolean isOwn(String name) {
        String file = name.substring(name.lastIndexOf('/') + 1);
        return OWN.contains(name)
                || OWN_DIRECTORIES.stream().anyMatch(name::startsWith)
                || file.startsWith(".")
                || file.contains(".damaged-");
    }

    static boolean isAwaited(String name) {
        return !UNAWAITED.contains(name);
    }
}
