package io.tombolo.cli.federation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.cli.output.Output;
import io.tombolo.cli.output.Table;
import io.tombolo.wire.text.TokenText;
import io.tombolo.wire.token.JoinToken;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tombolo token inspect}: what a token says, never its secret. Needs no controller. */
@Command(
        name = "inspect",
        description = "Show what a token says, without its secret.",
        footer = {"", "Example:", "  tombolo token inspect --token-file west.token"})
public final class InspectCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private TokenInput token = new TokenInput();

    @Override
    public Integer call() {
        JoinToken read = TokenText.join(token.read());
        ObjectNode shown = ApiClient.body()
                .put("id", HexFormat.of().formatHex(read.getTokenId().toByteArray()))
                .put("cluster", read.getCluster())
                .put("federation", read.getFederationName())
                .put(
                        "federationId",
                        HexFormat.of().formatHex(read.getFederationId().toByteArray()))
                .put("expiresAt", Instant.ofEpochMilli(read.getExpiresAtMs()).toString())
                .put("caPin", HexFormat.of().formatHex(read.getCaPin().toByteArray()));
        read.getEnrolmentAddressesList().forEach(shown.putArray("enrolmentAddresses")::add);
        output.print(
                shown,
                new Table("")
                        .column("CLUSTER", "/cluster")
                        .column("FEDERATION", "/federation")
                        .column("EXPIRES", "/expiresAt")
                        .column("AUTHORITIES", "/enrolmentAddresses")
                        .column("ID", "/id"));
        return ExitCode.OK.number();
    }
}
