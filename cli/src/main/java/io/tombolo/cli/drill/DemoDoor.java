package io.tombolo.cli.drill;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;

/**
 * By which a drill asks a running demo to let a cluster die: one file says until when, another that it is dead. The end is in the
 * first, so that the demo brings the cluster back also if nobody asks for it any more.
 */
public record DemoDoor(Path directory) {
    /** Of the demo that works in {@code stateDir}. */
    public static DemoDoor of(Path stateDir) {
        return new DemoDoor(stateDir.resolve("outages"));
    }

    /** The demo serves from now on. */
    public void open() {
        try {
            Files.createDirectories(directory);
        } catch (IOException failed) {
            throw failed(failed);
        }
    }

    boolean isOpen() {
        return Files.isDirectory(directory);
    }

    void ask(String cluster, Instant until) {
        write(wish(cluster), Long.toString(until.toEpochMilli()));
    }

    void askNoMore(String cluster) {
        delete(wish(cluster));
    }

    /** Whether somebody wants that cluster to be dead at {@code now}. What cannot be read is no wish. */
    public boolean wants(String cluster, Instant now) {
        try {
            return Files.exists(wish(cluster))
                    && now.toEpochMilli()
                            < Long.parseLong(Files.readString(wish(cluster)).strip());
        } catch (IOException | NumberFormatException gone) {
            return false;
        }
    }

    /** The demo says what is so. */
    public void says(String cluster, boolean dead) {
        if (dead) {
            write(word(cluster), "");
        } else {
            delete(word(cluster));
        }
    }

    boolean isDead(String cluster) {
        return Files.exists(word(cluster));
    }

    private Path wish(String cluster) {
        return directory.resolve(cluster + ".until");
    }

    private Path word(String cluster) {
        return directory.resolve(cluster + ".dead");
    }

    private void write(Path file, String text) {
        try {
            Path whole = Files.writeString(directory.resolve(file.getFileName() + ".new"), text);
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw failed(failed);
        }
    }

    private void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw failed(failed);
        }
    }

    private TomboloException failed(IOException why) {
        return new TomboloException(
                Fault.STORE_FAILED,
                "directory " + directory,
                "cannot be written: " + Optional.ofNullable(why.getMessage()).orElse("" + why),
                "run this as the user that runs the demo",
                why);
    }
}
