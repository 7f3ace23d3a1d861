package io.tombolo.cli.context;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.cli.output.Output;
import io.tombolo.cli.output.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tombolo context …}. */
@Command(
        name = "context",
        description = "The controllers this user knows.",
        subcommands = {ContextCommand.ListContexts.class, ContextCommand.Use.class},
        footer = {"", "Example:", "  tombolo context use west"})
public final class ContextCommand {
    /** {@code list}. */
    @Command(
            name = "list",
            description = "All contexts; the current one is marked.",
            footer = {"", "Example:", "  tombolo context list"})
    static final class ListContexts implements Callable<Integer> {
        @Mixin
        private Output output = new Output();

        @Override
        public Integer call() {
            Contexts contexts = Contexts.ofUser();
            String current = contexts.currentName();
            var rows = new ObjectMapper().createArrayNode();
            for (Context context : contexts.all()) {
                rows.addObject()
                        .put("current", context.name().equals(current))
                        .put("name", context.name())
                        .put("cluster", context.cluster())
                        .put("api", context.api());
            }
            output.print(
                    rows,
                    new Table("No context yet. `tombolo controller run --cluster NAME` writes one.")
                            .column("CURRENT", row -> row.path("current").asBoolean() ? "*" : "")
                            .column("NAME", "/name")
                            .column("CLUSTER", "/cluster")
                            .column("API", "/api"));
            return ExitCode.OK.number();
        }
    }

    /** {@code use}. */
    @Command(
            name = "use",
            description = "Make a context the current one.",
            footer = {"", "Example:", "  tombolo context use west"})
    static final class Use implements Callable<Integer> {
        @Mixin
        private Output output = new Output();

        @Parameters(paramLabel = "NAME", description = "As `tombolo context list` shows it.")
        private String name = "";

        @Override
        public Integer call() {
            Contexts.ofUser().use(name);
            output.print(
                    new ObjectMapper().createObjectNode().put("current", name),
                    new Table("").column("CURRENT", "/current"));
            return ExitCode.OK.number();
        }
    }
}
