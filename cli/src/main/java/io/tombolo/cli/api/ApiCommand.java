package io.tombolo.cli.api;

import io.tombolo.cli.context.Contexts;
import io.tombolo.cli.forward.ForwardedController;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.cli.output.Output;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
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

    @Option(
            names = "--kube-context",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Instead: that of a Kubernetes cluster, by kubectl with this context of its.")
    private String kubeContext = "";

    @Override
    public final Integer call() {
        if (kubeContext.isEmpty()) {
            return run(new ApiClient(Contexts.ofUser().require(contextName))).number();
        }
        if (!contextName.isEmpty()) {
            throw new TomboloException(
                    Fault.USAGE, "--context and --kube-context", "name two controllers", "leave one out");
        }
        try (ForwardedController controller = ForwardedController.open(kubeContext)) {
            return run(new ApiClient(controller.context(), controller.bearer())).number();
        }
    }

    /** The command itself. */
    protected abstract ExitCode run(ApiClient api);
}
