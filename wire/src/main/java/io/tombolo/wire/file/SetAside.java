package io.tombolo.wire.file;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Puts files that do not verify where they harm nobody and can still be looked at. */
final class SetAside {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private SetAside() {}

    /** Renames the file; the report names the new place. */
    static TomboloException move(Path file, String why) {
        Path aside = name(file);
        try {
            Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
            return damaged(file, why, "it is kept as " + aside + "; the state is fetched again where that is possible");
        } catch (IOException failed) {
            throw unreadable(file, failed);
        }
    }

    /** Copies the file, which is then repaired in its place. */
    static TomboloException copy(Path file, String why) {
        Path aside = name(file);
        try {
            Files.copy(file, aside, StandardCopyOption.COPY_ATTRIBUTES);
            return damaged(file, why, "it is kept as " + aside + "; what came before the damage is used");
        } catch (IOException failed) {
            throw unreadable(file, failed);
        }
    }

    static TomboloException damaged(Path file, String why, String fix) {
        return new TomboloException(Fault.FILE_DAMAGED, "file " + file, why, fix);
    }

    static TomboloException unreadable(Path file, IOException cause) {
        return new TomboloException(
                Fault.FILE_UNREADABLE,
                "file " + file,
                "cannot be read: " + cause.getMessage(),
                "check the disk and the file's owner",
                cause);
    }

    /** A newer format is not damage: the file stays where it is, and the program must not write over it. */
    static void refuseNewer(Path file, int version, FileKind kind) {
        if (version > kind.version()) {
            throw new TomboloException(
                    Fault.FILE_TOO_NEW,
                    "file " + file,
                    "has format " + version + ", this version reads up to " + kind.version(),
                    "start the newer version of Tombolo that wrote it");
        }
    }

    private static Path name(Path file) {
        return file.resolveSibling(file.getFileName() + ".damaged-" + TIME.format(Instant.now()));
    }
}
