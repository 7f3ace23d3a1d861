package io.tombolo.cli.service;

import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.api.ApiCommand;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tombolo apply}. */
@Command(
        name = "apply",
        description = "Create or change the resources in a YAML file: all of them, or none.",
        footer = {"", "Example:", "  tombolo apply -f checkout.yaml"})
public final class ApplyCommand extends ApiCommand {
    private static final int MAX_BYTES = 1_048_576;

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
        output.print(api.postYaml("/resources?dryRun=" + dryRun, read()), Resources.RESULTS);
        return ExitCode.OK;
    }

    private String read() {
        try {
            byte[] bytes = file.equals("-") ? System.in.readNBytes(MAX_BYTES) : Files.readAllBytes(Path.of(file));
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new TomboloException(
                    Fault.FILE_UNREADABLE, file, "cannot be read: " + e.getMessage(), "check the path", e);
        }
    }
}
