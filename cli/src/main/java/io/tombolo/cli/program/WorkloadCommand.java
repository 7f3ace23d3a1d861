package io.tombolo.cli.program;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.api.ApiClient;
import java.time.Duration;
import picocli.CommandLine.Command;
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
    static final class Create extends TokenCreation {
        @Option(
                names = {"-n", "--namespace"},
                defaultValue = "default",
                description = "Default: ${DEFAULT-VALUE}.")
        private String namespace = "default";

        @Option(names = "--account", required = true, description = "Account; with the namespace it is the identity.")
        private String account = "";

        @Override
        protected JsonNode make(ApiClient api, Duration ttl) {
            return WorkloadToken.create(api, namespace, account, ttl);
        }
    }
}
