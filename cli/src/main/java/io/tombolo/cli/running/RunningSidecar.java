package io.tombolo.cli.running;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tombolo.cli.program.StateHome;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A sidecar that runs on this machine, as its state directory tells.
 * @param token of its administrator; a secret
 */
public record RunningSidecar(Path stateDir, int adminPort, String token) {
    /**
     * The one in {@code given}, or the only one that this user runs without a directory of its own.
     * @throws TomboloException FILE_UNREADABLE, NOT_FOUND or USAGE
     */
    public static RunningSidecar in(Path given) {
        return given.toString().isEmpty() ? only(StateHome.of("sidecars")) : read(given);
    }

    static RunningSidecar only(Path directory) {
        List<Path> running = running(directory);
        if (running.size() == 1) {
            return read(running.getFirst());
        }
        throw new TomboloException(
                running.isEmpty() ? Fault.NOT_FOUND : Fault.USAGE,
                "directory " + directory,
                running.isEmpty() ? "has no running sidecar" : "has several running sidecars: " + running,
                "name one with --state-dir");
    }

    /** What a sidecar that was killed left behind does not count. */
    private static List<Path> running(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(RunningSidecar::isRunning).sorted().toList();
        } catch (IOException unreadable) {
            throw unreadable(directory, unreadable);
        }
    }

    private static boolean isRunning(Path stateDir) {
        try {
            long pid = ready(stateDir).path("pid").asLong(-1);
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
        } catch (IOException notThere) {
            return false;
        }
    }

    private static RunningSidecar read(Path stateDir) {
        try {
            JsonNode ready = ready(stateDir);
            if (!ready.path("program").asText().equals("sidecar")) {
                throw new TomboloException(
                        Fault.NOT_FOUND,
                        "directory " + stateDir,
                        "is the state of another program: "
                                + ready.path("program").asText("unknown"),
                        "name a sidecar's with --state-dir");
            }
            String token = Files.readString(stateDir.resolve("admin.token")).strip();
            return new RunningSidecar(stateDir, ready.path("adminPort").asInt(), token);
        } catch (NoSuchFileException none) {
            throw new TomboloException(
                    Fault.NOT_FOUND,
                    "directory " + stateDir,
                    "has no " + none.getFile() + ": no sidecar serves from there",
                    "name the state directory of a running one; `tombolo sidecar run` has --state-dir");
        } catch (IOException unreadable) {
            throw unreadable(stateDir, unreadable);
        }
    }

    private static JsonNode ready(Path stateDir) throws IOException {
        return new ObjectMapper().readTree(Files.readString(stateDir.resolve("ready.json")));
    }

    private static TomboloException unreadable(Path path, IOException why) {
        return new TomboloException(
                Fault.FILE_UNREADABLE,
                "directory " + path,
                "cannot be read: " + why.getMessage(),
                "run this as the user that runs the sidecar",
                why);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "sidecar in " + stateDir;
    }
}
