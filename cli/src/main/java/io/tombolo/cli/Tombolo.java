package io.tombolo.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command {@code tombolo}; every other command is below it. */
@Command(
        name = "tombolo",
        description = "Links clusters into one service mesh.",
        subcommands = {VersionCommand.class, HelpCommand.class},
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class Tombolo {
    private Tombolo() {}

    /**
     * Runs one command and ends the JVM with its exit code.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /**
     * The command line with all its commands; a new one for every call.
     *
     * @return ready to execute
     */
    static CommandLine commandLine() {
        return new CommandLine(new Tombolo());
    }
}
