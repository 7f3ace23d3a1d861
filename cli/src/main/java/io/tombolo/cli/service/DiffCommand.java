package io.tombolo.cli.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.api.ApiCommand;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.cli.output.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tombolo diff}. */
@Command(
        name = "diff",
        description = "Show what applying a YAML file would change. Exit code 1 when there is a difference.",
        footer = {"", "Example:", "  tombolo diff -f checkout.yaml"})
public final class DiffCommand extends ApiCommand {
    private static final Table FIELDS = new Table("Nothing would change.")
            .column("RESOURCE", "/resource")
            .column("FIELD", "/field")
            .column("NOW", "/before")
            .column("THEN", "/after");

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "YAML; - reads standard input.")
    private String file = "";

    @Override
    protected ExitCode run(ApiClient api) {
        JsonNode compared = api.postYaml("/resources?dryRun=true", ResourceFile.read(file));
        ArrayNode rows = rows(compared);
        output.print(output.forPeople() ? rows : compared, FIELDS);
        return rows.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    private static ArrayNode rows(JsonNode compared) {
        ArrayNode rows = ApiClient.body().putArray("rows");
        for (JsonNode each : compared) {
            String resource = each.path("kind").asText() + " "
                    + each.path("namespace").asText() + "/" + each.path("name").asText();
            for (JsonNode change : each.path("changes")) {
                rows.addObject()
                        .put("resource", resource)
                        .put("field", change.path("field").asText())
                        .put("before", change.path("before").asText())
                        .put("after", change.path("after").asText());
            }
        }
        return rows;
    }
}
