package io.tombolo.cli.federation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.cli.output.Output;
import io.tombolo.cli.output.Table;
import io.tombolo.trustbundle.key.SecretFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a new token goes: a file only its owner can read, or standard output. */
public final class TokenOutput {
    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "",
            description = "Write the token to this file (0600) instead of standard output.")
    private String file = "";

    /** Writes the {@code token} of an answer. */
    public void write(JsonNode answer, Output output) {
        if (file.isEmpty()) {
            output.print(answer, new Table("").column("TOKEN", "/token"));
        } else {
            writeFile(answer, output);
        }
        ByHand.show(answer, output, "Before it is used, let Kafka's administrator run these commands:");
    }

    private void writeFile(JsonNode answer, Output output) {
        String token = answer.path("token").asText() + "\n";
        SecretFile.write(Path.of(file).toAbsolutePath(), token.getBytes(StandardCharsets.US_ASCII));
        if (!output.forPeople()) {
            output.print(withoutToken(answer), new Table(""));
        }
        output.say(
                "Wrote %s; it can be used once, until %s.",
                file, answer.path("expiresAt").asText());
    }

    /** Who wants the token in a file does not want it in a log as well. */
    private JsonNode withoutToken(JsonNode answer) {
        ObjectNode rest = answer.<ObjectNode>deepCopy().put("file", file);
        rest.remove("token");
        return rest;
    }
}
