package io.tombolo.cli.context;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.cli.output.Output;
import io.tombolo.cli.output.Table;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tombolo context …}. */
@Command(
        name = "context",
        description = "The controllers this user knows.",
        subcommands = {ContextCommand.ListContexts.class, ContextCommand.Use.class, ContextCommand.Environment.class},
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

    /** {@code env}: no secret is in it, only where one lies. */
    @Command(
            name = "env",
            description =
                    "A context as variables for Terraform: where the API is, whom to trust, which file holds the token.",
            footer = {"", "Example:", "  tombolo context env west"})
    static final class Environment implements Callable<Integer> {
        @Mixin
        private Output output = new Output();

        @Parameters(
                arity = "0..1",
                paramLabel = "NAME",
                description = "As `tombolo context list` shows it; the current one.")
        private String name = "";

        @Override
        public Integer call() {
            Context context = Contexts.ofUser().require(name);
            Map<String, String> variables = new TreeMap<>(Map.of(
                    "TOMBOLO_ENDPOINT", context.api(),
                    "TOMBOLO_CA_PIN", context.caPin(),
                    "TOMBOLO_TOKEN_FILE", context.tokenFile().toString()));
            var rows = new ObjectMapper().createObjectNode();
            variables.forEach(rows::put);
            if (output.forPeople()) {
                output.say(exports(variables));
            } else {
                output.print(rows, new Table(""));
            }
            return ExitCode.OK.number();
        }

        /** For a POSIX shell, whatever is in the values. */
        private static String exports(Map<String, String> variables) {
            return variables.entrySet().stream()
                    .map(variable -> "export %s='%s'"
                            .formatted(variable.getKey(), variable.getValue().replace("'", "'\\''")))
                    .collect(Collectors.joining("\n"));
        }
    }
}
