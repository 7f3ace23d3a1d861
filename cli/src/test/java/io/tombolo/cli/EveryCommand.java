package io.tombolo.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** All commands of the tree but those of picocli itself. */
final class EveryCommand {
    private EveryCommand() {}

    static List<CommandLine> below(CommandLine command) {
        var found = new ArrayList<CommandLine>();
        for (CommandLine sub : command.getSubcommands().values()) {
            if (!sub.getCommandName().equals("help") && !sub.getCommandName().equals("generate-completion")) {
                found.add(sub);
                found.addAll(below(sub));
            }
        }
        return found;
    }
}
