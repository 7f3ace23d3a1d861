package io.tombolo.cli.service;

import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.api.ApiCommand;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.model.name.ServiceName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tombolo delete}. */
@Command(
        name = "delete",
        description = "Delete a resource of this cluster.",
        footer = {"", "Example:", "  tombolo delete ServiceExport checkout -n shop"})
public final class DeleteCommand extends ApiCommand {
    @Parameters(index = "0", paramLabel = "KIND", description = "Such as ServiceExport.")
    private String kind = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "Name, or name.namespace.")
    private String name = "";

    @Option(
            names = {"-n", "--namespace"},
            defaultValue = "default",
            description = "Namespace (default: ${DEFAULT-VALUE}).")
    private String namespace = "default";

    @Override
    protected ExitCode run(ApiClient api) {
        output.print(api.delete(Resources.path(kind, ServiceName.parse(name, namespace))), Resources.RESULTS);
        return ExitCode.OK;
    }
}
