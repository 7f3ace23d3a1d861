package io.tombolo.cli.demo;

import io.tombolo.cli.Tombolo;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Runs the commands that a user would type, and shows them. */
final class Commands {
    private final Stage stage;

    Commands(Stage stage) {
        this.stage = stage;
    }

    /** Runs one; OK and PENDING are fine. */
    ExitCode run(String... arguments) {
        return run(true, arguments);
    }

    /** Runs one without showing it. */
    ExitCode quietly(String... arguments) {
        String[] quiet =
                Stream.concat(Arrays.stream(arguments), Stream.of("-o", "json")).toArray(String[]::new);
        return run(false, quiet);
    }

    private ExitCode run(boolean shown, String... arguments) {
        if (shown) {
            stage.say("$ tombolo %s", String.join(" ", arguments));
        }
        int code = Tombolo.commandLine().execute(arguments);
        if (code != ExitCode.OK.number() && code != ExitCode.PENDING.number()) {
            throw new TomboloException(
                    Fault.PROGRAM_FAILED,
                    "tombolo " + String.join(" ", List.of(arguments)),
                    "ended with exit code " + code,
                    "its message stands above");
        }
        return code == 0 ? ExitCode.OK : ExitCode.PENDING;
    }
}
