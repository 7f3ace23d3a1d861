package io.tombolo.cli.program;

import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.api.ApiCommand;
import io.tombolo.cli.federation.TokenOutput;
import io.tombolo.cli.output.ExitCode;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tombolo workload …}. */
@Command(
        name = "workload",
        description = "Identities of workloads.",
        subcommands = WorkloadCommand.Token.class,
        footer = {"", "Example:", "  tombolo workload token create -n shop --account checkout --out checkout.token"})
public final class WorkloadCommand {
    /** {@code token}. */
    @Command(
            name = "token",
            description = "Tokens with which sidecars register at their controller.",
            subcommands = Create.class,
            footer = {"", "Example:", "  tombolo workload token create -n shop --account checkout"})
    static final class Token {}

    /** {@code token create}. */
    @Command(
            name = "create",
            description = "Make a token for one workload: single-use, bound to its namespace and account.",
            footer = {"", "Example:", "  tombolo workload token create -n shop --account checkout --out checkout.token"
            })
    static final class Create extends ApiCommand {
        @Option(
                names = {"-n", "--namespace"},
                defaultValue = "default",
                description = "Default: ${DEFAULT-VALUE}.")
        private String namespace = "default";

        @Option(names = "--account", required = true, description = "Account; with the namespace it is the identity.")
        private String account = "";

        @Option(
                names = "--ttl",
                paramLabel = "DURATION",
                defaultValue = "15m",
                description = "Default: ${DEFAULT-VALUE}.")
        private Duration ttl = Duration.ofMinutes(15);

        @Mixin
        private TokenOutput target = new TokenOutput();

        @Override
        protected ExitCode run(ApiClient api) {
            target.write(WorkloadToken.create(api, namespace, account, ttl), output);
            return ExitCode.OK;
        }
    }
}
