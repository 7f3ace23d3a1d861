package io.tombolo.cli.api;

import io.tombolo.cli.context.Contexts;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.cli.output.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that talks to a controller. */
public abstract class ApiCommand implements Callable<Integer> {
    @Mixin
    protected Output output = new Output();

    @Option(
            names = "--context",
            paramLabel = "NAME",
            defaultValue = "",
            description = "The controller to talk to (default: the current context).")
    private String contextName = "";

    @Override
    public final Integer call() {
        return run(new ApiClient(Contexts.ofUser().require(contextName))).number();
    }

    /** The command itself. */
    protected abstract ExitCode run(ApiClient api);
}
