package io.tombolo.cli.service;

import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.api.ApiCommand;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.cli.output.Table;
import io.tombolo.model.name.Rfc1123;
import io.tombolo.model.name.ServiceName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tombolo get}. */
@Command(
        name = "get",
        description = "Show resources of this cluster: all of a kind, or one.",
        footer = {
            "",
            "Examples:",
            "  tombolo get ServiceExport",
            "  tombolo get ServiceExport -n shop",
            "  tombolo get ServiceExport checkout -n shop -o yaml",
            "  tombolo get HTTPRoute checkout -n shop -o yaml"
        })
public final class GetCommand extends ApiCommand {
    @Parameters(index = "0", paramLabel = "KIND", description = "Such as ServiceExport.")
    private String kind = "";

    @Parameters(index = "1", arity = "0..1", defaultValue = "", paramLabel = "NAME", description = "One resource.")
    private String name = "";

    @Option(
            names = {"-n", "--namespace"},
            description = "Namespace (default: of one resource default, of a list every namespace).")
    private @Nullable String namespace;

    @Override
    protected ExitCode run(ApiClient api) {
        output.print(
                api.get(name.isEmpty() ? listPath() : onePath()),
                new Table("There is no " + kind + " in this cluster.")
                        .column("KIND", "/kind")
                        .column("NAMESPACE", "/metadata/namespace")
                        .column("NAME", "/metadata/name")
                        .column("GENERATION", "/metadata/generation")
                        .column("CREATED", "/metadata/creationTimestamp"));
        return ExitCode.OK;
    }

    private String onePath() {
        return Resources.path(kind, ServiceName.parse(name, namespace == null ? "default" : namespace));
    }

    private String listPath() {
        return "/resources/" + kind + (namespace == null ? "" : "?namespace=" + Rfc1123.label("namespace", namespace));
    }
}
