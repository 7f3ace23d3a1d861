package io.tombolo.cli.federation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.api.ApiCommand;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.cli.output.Table;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
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
        footer = {
            "",
            "Examples:",
            "  tombolo init demo --backbone backbone/admin/connection.properties",
            "  tombolo init demo --backbone kafka.properties --manual-acls > for-the-administrator.sh"
        })
public final class InitCommand extends ApiCommand {
    @Parameters(paramLabel = "FEDERATION", description = "Name of the federation: at most 47 of a-z, 0-9 and -.")
    private String name = "";

    @Option(
            names = "--backbone",
            required = true,
            paramLabel = "FILE",
            description =
                    "Kafka's address and credentials, as `tombolo kafka run` writes them to admin/connection.properties; a file where the controller is.")
    private Path backbone = Path.of("");

    @Option(
            names = "--recovery-key-file",
            paramLabel = "FILE",
            description = "Where to write the recovery key (default: ./<federation>-recovery.key). Must not exist.")
    private Path recoveryKeyFile = Path.of("");

    @Option(
            names = "--manual-acls",
            description = {
                "Administer nothing on Kafka. While anything is missing, print the commands with which its",
                "administrator makes it, and found nothing; once all is there, found the federation."
            })
    private boolean manualAcls;

    @Override
    protected ExitCode run(ApiClient api) {
        var federation = new FederationName(name);
        if (manualAcls) {
            requireHandMade(api, federation);
        }
        Path file = recoveryKeyFile.toString().isEmpty() ? Path.of(federation + "-recovery.key") : recoveryKeyFile;
        Ed25519Key recovery = RecoveryKeyFile.create(file);
        var body = ApiClient.body()
                .put("name", federation.value())
                .put("backboneFile", backbone.toAbsolutePath().toString())
                .put(
                        "recoveryPublicKey",
                        Base64.getEncoder().encodeToString(recovery.publicKey().raw()))
                .put("manualAcls", manualAcls);
        ExitCode code = new Job(api, output, Duration.ofMinutes(2))
                .ifFailed(() -> RecoveryKeyFile.discard(file))
                .follow(started(api, body, file));
        output.say("");
        output.say("Federation '%s' is founded; this cluster is its first authority.", federation);
        output.say("Take %s offline now: it can replace the authorities.", file);
        output.say("Next: `tombolo token create --cluster NAME` for each cluster that is to join.");
        return code;
    }

    /** A key of a federation that was not founded is worth nothing, and would be in the way of the next try. */
    private static JsonNode started(ApiClient api, ObjectNode body, Path keyFile) {
        try {
            return api.post("/federation", body);
        } catch (TomboloException refused) {
            if (ExitCode.of(refused.fault()) != ExitCode.UNAVAILABLE) {
                RecoveryKeyFile.discard(keyFile);
            }
            throw refused;
        }
    }

    /** Prints nothing but the commands, so that they can be piped to where they are run. */
    private void requireHandMade(ApiClient api, FederationName federation) {
        JsonNode needed = api.post(
                "/federation/manual-acls",
                ApiClient.body()
                        .put("name", federation.value())
                        .put("backboneFile", backbone.toAbsolutePath().toString()));
        int missing = needed.path("missing").size();
        if (missing > 0) {
            output.print(needed, new Table("").text("/commands"));
            throw new TomboloException(
                    Fault.BACKBONE_MISCONFIGURED,
                    "backbone",
                    "not founded yet, " + missing + " things are missing, first: "
                            + needed.path("missing").path(0).asText(),
                    "Let Kafka's administrator run the commands above, then repeat this one");
        }
    }
}
