package io.tombolo.cli.service;

import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.api.ApiCommand;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.model.name.ServiceName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tombolo unexport}. */
@Command(
        name = "unexport",
        description = "Withdraw a service from the federation. It stays reachable inside this cluster.",
        footer = {"", "Example:", "  tombolo unexport checkout -n shop"})
public final class UnexportCommand extends ApiCommand {
    @Parameters(paramLabel = "SERVICE", description = "Name, or name.namespace.")
    private String service = "";

    @Option(
            names = {"-n", "--namespace"},
            defaultValue = "default",
            description = "Namespace (default: ${DEFAULT-VALUE}).")
    private String namespace = "default";

    @Override
    protected ExitCode run(ApiClient api) {
        var name = ServiceName.parse(service, namespace);
        output.print(api.delete(Resources.path("ServiceExport", name)), Resources.RESULTS);
        return ExitCode.OK;
    }
}
