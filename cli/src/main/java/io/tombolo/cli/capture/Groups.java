package io.tombolo.cli.capture;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Groups of this machine, by number or name; those that a directory service has go by number. */
final class Groups {
    private Groups() {}

    static long gid(String group) {
        return gid(group, Path.of("/etc/group"));
    }

    static long gid(String group, Path file) {
        if (group.matches("[0-9]{1,10}")) {
            return Long.parseLong(group);
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(line -> line.split(":", -1))
                    .filter(fields -> fields.length > 2 && fields[0].equals(group) && fields[2].matches("[0-9]{1,10}"))
                    .map(fields -> Long.parseLong(fields[2]))
                    .findFirst()
                    .orElseThrow(() -> unknown(group, file));
        } catch (IOException unreadable) {
            throw unknown(group, file);
        }
    }

    private static TomboloException unknown(String group, Path file) {
        return new TomboloException(
                Fault.USAGE,
                "group '" + group + "'",
                "is not in " + file,
                "make it with `groupadd --system " + group + "`, or give its number");
    }
}
