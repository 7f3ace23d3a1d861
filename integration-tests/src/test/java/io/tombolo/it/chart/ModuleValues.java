package io.tombolo.it.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tombolo.it.actors.ModuleTests;
import io.tombolo.it.actors.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What the module {@code kubernetes} tells the chart: that part of it depends on no provider, and is applied as it is. */
final class ModuleValues {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HERE = "values-alone";

    private final ModuleTests terraform;

    ModuleValues(ModuleTests terraform) throws IOException, InterruptedException {
        this.terraform = terraform;
        Path module = Terminal.checkout().resolve("terraform/modules/kubernetes");
        for (String file : List.of("variables.tf", "values.tf")) {
            terraform.writes(HERE + "/" + file, Files.readString(module.resolve(file)));
        }
        terraform.writes(HERE + "/said.tf", "output \"said\" {\n  value = yamlencode(local.chart_values)\n}\n");
        terraform.runs(HERE, "init", "-no-color").succeeds();
    }

    /** As YAML. @param inputs of the module */
    String of(Map<String, Object> inputs) throws IOException, InterruptedException {
        terraform.writes(HERE + "/said.tfvars.json", JSON.writeValueAsString(inputs));
        terraform
                .runs(HERE, "apply", "-auto-approve", "-no-color", "-var-file=said.tfvars.json")
                .succeeds();
        JsonNode said =
                JSON.readTree(terraform.runs(HERE, "output", "-json").succeeds().output());
        return said.at("/said/value").asText();
    }
}
