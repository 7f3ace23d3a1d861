package io.tombolo.cli.federation;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.api.ApiCommand;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.cli.output.Table;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tombolo token …}. */
@Command(
        name = "token",
        description = "Tokens with which other clusters join: single-use, for one name, for minutes.",
        subcommands = {
            TokenCommand.Create.class,
            TokenCommand.ListTokens.class,
            TokenCommand.Revoke.class,
            InspectCommand.class
        },
        footer = {"", "Example:", "  tombolo token create --cluster west --out west.token"})
public final class TokenCommand {
    /** {@code create}. */
    @Command(
            name = "create",
            description = "Make a token for one cluster; only an authority can.",
            footer = {"", "Example:", "  tombolo token create --cluster west --ttl 15m --out west.token"})
    static final class Create extends ApiCommand {
        @Option(names = "--cluster", required = true, paramLabel = "NAME", description = "The cluster that may join.")
        private String cluster = "";

        @Option(
                names = "--ttl",
                paramLabel = "DURATION",
                defaultValue = "15m",
                description = "How long it can be redeemed: 1m to 24h (default: ${DEFAULT-VALUE}).")
        private Duration ttl = Duration.ofMinutes(15);

        @Mixin
        private TokenOutput target = new TokenOutput();

        @Override
        protected ExitCode run(ApiClient api) {
            var body = ApiClient.body().put("cluster", cluster).put("ttlSeconds", ttl.toSeconds());
            target.write(api.post("/tokens", body), output);
            return ExitCode.OK;
        }
    }

    /** {@code list}. */
    @Command(
            name = "list",
            description = "The tokens this authority made, without their secrets.",
            footer = {"", "Example:", "  tombolo token list -o json"})
    static final class ListTokens extends ApiCommand {
        @Override
        protected ExitCode run(ApiClient api) {
            output.print(
                    api.get("/tokens"),
                    new Table("No token was made yet. Make one with `tombolo token create --cluster NAME`.")
                            .column("ID", "/id")
                            .column("CLUSTER", "/cluster")
                            .column("STATE", "/state")
                            .column("EXPIRES", "/expiresAt"));
            return ExitCode.OK;
        }
    }

    /** {@code revoke}. */
    @Command(
            name = "revoke",
            description = "Make a token worthless.",
            footer = {"", "Example:", "  tombolo token revoke 3f9a0c"})
    static final class Revoke extends ApiCommand {
        @Parameters(paramLabel = "ID", description = "As `tombolo token list` shows it.")
        private String id = "";

        @Override
        protected ExitCode run(ApiClient api) {
            JsonNode answer = api.delete("/tokens/" + id);
            output.print(answer, new Table("").column("ID", "/id").column("STATE", "/state"));
            return ExitCode.OK;
        }
    }
}
