package io.tombolo.cli.program;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.api.ApiCommand;
import io.tombolo.cli.federation.TokenOutput;
import io.tombolo.cli.output.ExitCode;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code gateway token create} and {@code workload token create} have in common: all but whom the token is for. */
abstract class TokenCreation extends ApiCommand {
    @Option(
            names = "--ttl",
            paramLabel = "DURATION",
            defaultValue = "15m",
            description = "How long it can be used (default: ${DEFAULT-VALUE}).")
    private Duration ttl = Duration.ofMinutes(15);

    @Mixin
    private TokenOutput target = new TokenOutput();

    @Override
    protected final ExitCode run(ApiClient api) {
        target.write(make(api, ttl), output);
        return ExitCode.OK;
    }

    /** Asks the controller. @return its answer, with the {@code token} */
    protected abstract JsonNode make(ApiClient api, Duration ttl);
}
