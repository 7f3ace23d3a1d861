package io.tombolo.cli.service;

import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.api.ApiCommand;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.cli.output.Table;
import io.tombolo.model.name.ServiceName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tombolo get}. */
@Command(
        name = "get",
        description = "Show resources of this cluster: all of a kind, or one.",
        footer = {"", "Examples:", "  tombolo get ServiceExport", "  tombolo get ServiceExport checkout -n shop -o yaml"
        })
public final class GetCommand extends ApiCommand {
    @Parameters(index = "0", paramLabel = "KIND", description = "Such as ServiceExport.")
    private String kind = "";

    @Parameters(index = "1", arity = "0..1", defaultValue = "", paramLabel = "NAME", description = "One resource.")
    private String name = "";

    @Option(
            names = {"-n", "--namespace"},
            defaultValue = "default",
            description = "Namespace (default: ${DEFAULT-VALUE}).")
    private String namespace = "default";

    @Override
    protected ExitCode run(ApiClient api) {
        String path = name.isEmpty() ? "/resources/" + kind : Resources.path(kind, ServiceName.parse(name, namespace));
        output.print(
                api.get(path),
                new Table("There is no " + kind + " in this cluster.")
                        .column("KIND", "/kind")
                        .column("NAMESPACE", "/metadata/namespace")
                        .column("NAME", "/metadata/name")
                        .column("GENERATION", "/metadata/generation")
                        .column("CREATED", "/metadata/creationTimestamp"));
        return ExitCode.OK;
    }
}
