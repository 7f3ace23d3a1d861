package io.tombolo.cli.federation;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.api.ApiCommand;
import io.tombolo.cli.output.ExitCode;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tombolo join}. */
@Command(
        name = "join",
        description = {
            "Join a federation with a token that one of its authorities made for this cluster.",
            "",
            "Exit code 0: joined, and every pair of gateways is proven. 3: joined; pairs that are named",
            "are still pending and go on in the background."
        },
        footer = {
            "",
            "Example:",
            "  tombolo join --token-file west.token",
            "  pass show west | tombolo join --token-file -"
        })
public final class JoinCommand extends ApiCommand {
    @Mixin
    private TokenInput token = new TokenInput();

    @Option(names = "--dry-run", description = "Check everything, redeem nothing.")
    private boolean dryRun;

    @Override
    protected ExitCode run(ApiClient api) {
        var body = ApiClient.body().put("token", token.read()).put("dryRun", dryRun);
        JsonNode started = api.post("/federation/join", body);
        ExitCode code = new Job(api, output, Duration.ofMinutes(3)).follow(started);
        String done = dryRun ? "Nothing was changed: joining would succeed now." : "Joined.";
        output.say(code == ExitCode.PENDING ? "Joined; what is marked … goes on in the background." : done);
        return code;
    }
}
