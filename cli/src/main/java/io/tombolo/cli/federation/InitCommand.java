package io.tombolo.cli.federation;

import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.api.ApiCommand;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.model.name.FederationName;
import io.tombolo.trustbundle.key.Ed25519Key;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tombolo init}. */
@Command(
        name = "init",
        description = {
            "Found a federation on a Kafka cluster, with the current controller as its first authority.",
            "",
            "Writes the recovery key, which replaces lost authorities and can do nothing else:",
            "take that file offline."
        },
        footer = {"", "Example:", "  tombolo init demo --backbone backbone/admin/connection.properties"})
public final class InitCommand extends ApiCommand {
    @Parameters(paramLabel = "FEDERATION", description = "Name of the federation: at most 47 of a-z, 0-9 and -.")
    private String name = "";

    @Option(
            names = "--backbone",
            required = true,
            paramLabel = "FILE",
            description =
                    "Kafka's address and credentials, as `tombolo kafka run` writes them to admin/connection.properties.")
    private Path backbone = Path.of("");

    @Option(
            names = "--recovery-key-file",
            paramLabel = "FILE",
            description = "Where to write the recovery key (default: ./<federation>-recovery.key). Must not exist.")
    private Path recoveryKeyFile = Path.of("");

    @Option(
            names = "--manual-acls",
            description = "Create no topics and ACLs; print the commands with which an administrator creates them.")
    private boolean manualAcls;

    @Override
    protected ExitCode run(ApiClient api) {
        var federation = new FederationName(name);
        Path file = recoveryKeyFile.toString().isEmpty() ? Path.of(federation + "-recovery.key") : recoveryKeyFile;
        Ed25519Key recovery = RecoveryKeyFile.create(file);
        var body = ApiClient.body()
                .put("name", federation.value())
                .put("backboneFile", backbone.toAbsolutePath().toString())
                .put(
                        "recoveryPublicKey",
                        Base64.getEncoder().encodeToString(recovery.publicKey().raw()))
                .put("manualAcls", manualAcls);
        ExitCode code = new Job(api, output, Duration.ofMinutes(2)).follow(api.post("/federation", body));
        output.say("");
        output.say("Federation '%s' is founded; this cluster is its first authority.", federation);
        output.say("Take %s offline now: it can replace the authorities.", file);
        output.say("Next: `tombolo token create --cluster NAME` for each cluster that is to join.");
        return code;
    }
}
