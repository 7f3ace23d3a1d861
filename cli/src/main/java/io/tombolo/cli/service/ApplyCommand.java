package io.tombolo.cli.service;

import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.api.ApiCommand;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.io.InputStream;
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
    /** As the controller takes at most; docs/resources.md. */
    private static final int MAX_BYTES = 4 * 1_024 * 1_024;

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
            byte[] bytes = bounded();
            if (bytes.length > MAX_BYTES) {
                // Never a part of it: what ends between two resources would be taken for the whole.
                throw new TomboloException(
                        Fault.BAD_RESOURCE, file, "has more than " + MAX_BYTES + " bytes", "apply it in several parts");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new TomboloException(
                    Fault.FILE_UNREADABLE, file, "cannot be read: " + e.getMessage(), "check the path", e);
        }
    }

    private byte[] bounded() throws IOException {
        if (file.equals("-")) {
            return System.in.readNBytes(MAX_BYTES + 1);
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return in.readNBytes(MAX_BYTES + 1);
        }
    }
}
