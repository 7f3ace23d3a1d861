package io.tombolo.it.docs;

import io.tombolo.it.actors.RunningProgram;
import io.tombolo.it.actors.Terminal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * One of the machines that the documents speak of: a home directory and a loopback address of its own. Types what they show;
 * all that is changed is written down in {@link #typed}.
 */
final class Machine implements AutoCloseable {
    private static final java.time.Duration PATIENCE = java.time.Duration.ofSeconds(60);

    private final String name;
    private final String address;
    private final Map<String, String> addresses;
    private final Terminal terminal;
    private final List<RunningProgram> running = new ArrayList<>();

    /** @param addresses of all machines by name */
    Machine(String name, Path dir, Map<String, String> addresses) {
        this.name = name;
        this.addresses = addresses;
        this.address = java.util.Objects.requireNonNull(addresses.get(name));
        this.terminal = new Terminal(dir.resolve(name));
    }

    Terminal terminal() {
        return terminal;
    }

    /**
     * A command as it is typed here: host names are addresses, and since all machines are one, every program takes free ports
     * where the usual ones are in use, and gateways with loopback addresses are allowed.
     */
    String typed(String shown) {
        String line = shown.replaceFirst("\\s+#.*$", "").replaceFirst("^\\./tombolo ", "tombolo ");
        for (Map.Entry<String, String> machine : addresses.entrySet()) {
            line = line.replace(machine.getKey() + ".example.org", machine.getValue());
        }
        if (line.startsWith("tombolo kafka run")) {
            return line.replace("0.0.0.0", address);
        }
        if (line.startsWith("tombolo controller run")) {
            return line + " --auto-ports --set allow-loopback-gateways=true";
        }
        if (line.startsWith("tombolo gateway run")) {
            return line + " --auto-ports --host " + address;
        }
        return line.replaceFirst("^tombolo sidecar run(?! --auto-ports)", "tombolo sidecar run --auto-ports");
    }

    /** Runs a command to its end. */
    Terminal.Outcome runs(String shown) {
        return terminal.sh(typed(shown));
    }

    /** Starts a program that goes on, and waits until it says that it is ready. */
    RunningProgram starts(String shown) {
        RunningProgram program = begins(shown);
        program.awaitLine(line -> line.contains(" ready "));
        return program;
    }

    /** Starts a program that goes on. */
    RunningProgram begins(String shown) {
        String label = "docs-" + ProcessHandle.current().pid() + "-" + name + "-" + running.size();
        RunningProgram program = terminal.start(label, "exec " + typed(shown));
        running.add(program);
        return program;
    }

    /** Repeats a command until what it says pleases. */
    Terminal.Outcome runsUntil(String shown, java.util.function.Predicate<Terminal.Outcome> pleases) {
        return Awaitility.await(name + ": " + shown)
                .atMost(PATIENCE)
                .pollInterval(java.time.Duration.ofMillis(200))
                .until(() -> runs(shown), pleases);
    }

    /** Everything that was started, ends. */
    void killsEverything() {
        running.reversed().forEach(RunningProgram::close);
        running.clear();
    }

    @Override
    public void close() {
        killsEverything();
    }
}
