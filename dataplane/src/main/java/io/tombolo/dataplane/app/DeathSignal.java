package io.tombolo.dataplane.app;

import java.io.File;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Has the kernel end a child with its parent, by {@code setpriv} of util-linux where that is installed. */
final class DeathSignal {
    private static final Optional<String> SETPRIV = find();

    private DeathSignal() {}

    /** The command, wrapped if that is possible here. */
    static List<String> wrap(List<String> command) {
        boolean exists =
                command.getFirst().contains("/") || onPath(command.getFirst()).isPresent();
        return SETPRIV.filter(tool -> exists)
                .map(tool -> ChildProcess.prefixed(List.of(tool, "--pdeathsig", "TERM", "--"), command))
                .orElse(command);
    }

    private static Optional<String> find() {
        boolean linux = System.getProperty("os.name", "").equals("Linux");
        return linux ? onPath("setpriv") : Optional.empty();
    }

    private static Optional<String> onPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator, -1))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> new File(directory, program))
                .filter(File::canExecute)
                .filter(File::isFile)
                .map(File::getPath)
                .findFirst();
    }
}
