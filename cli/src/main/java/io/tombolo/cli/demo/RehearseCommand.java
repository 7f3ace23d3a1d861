package io.tombolo.cli.demo;

import io.tombolo.cli.context.Contexts;
import io.tombolo.cli.output.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tombolo rehearse}: what the launcher runs once after each build. */
@Command(
        name = "rehearse",
        hidden = true,
        description = {
            "Let every program work for a moment and keep what its JVM learned, so that it starts faster.",
            "The launcher does this once after each build."
        },
        footer = {"", "Example:", "  tombolo rehearse --state-dir /tmp/rehearsal"})
public final class RehearseCommand implements Callable<Integer> {
    /** Writing an AOT cache takes a busy machine a while. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Option(
            names = "--state-dir",
            required = true,
            paramLabel = "DIR",
            description = "For the time of the rehearsal; the caller removes it.")
    private Path stateDir = Path.of("");

    @Override
    public Integer call() throws IOException {
        Path state = stateDir.toAbsolutePath();
        Path logs = Files.createDirectories(state.resolve("logs"));
        Path contexts = state.resolve("contexts.yaml");
        System.setProperty(Contexts.FILE_PROPERTY, contexts.toString());
        try (var household = new Household(logs, PATIENCE)) {
            new Rehearsal(household, state, contexts).run();
        }
        return ExitCode.OK.number();
    }
}
