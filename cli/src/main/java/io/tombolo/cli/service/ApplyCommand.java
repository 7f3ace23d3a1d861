package io.tombolo.cli.service;

import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.api.ApiCommand;
import io.tombolo.cli.output.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tombolo apply}. */
@Command(
        name = "apply",
        description = "Create or change the resources in a YAML file: all of them, or none.",
        footer = {"", "Example:", "  tombolo apply -f checkout.yaml"})
public final class ApplyCommand extends ApiCommand {
    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "YAML; - reads standard input.")
    private String file = "";

    @Option(names = "--dry-run", description = "Check everything, change nothing.")
    private boolean dryRun;

    @Override
    protected ExitCode run(ApiClient api) {
        output.print(api.postYaml("/resources?dryRun=" + dryRun, ResourceFile.read(file)), Resources.RESULTS);
        return ExitCode.OK;
    }
}
