package io.tombolo.cli.program;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.api.ApiClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tombolo gateway …}. */
@Command(
        name = "gateway",
        description = "The east-west gateway of a cluster; run as many as you like.",
        subcommands = {GatewayCommand.Run.class, GatewayCommand.Token.class},
        footer = {"", "Example:", "  tombolo gateway run --token-file gateway.token"})
public final class GatewayCommand {
    /** {@code run}. */
    @Command(
            name = "run",
            description = {
                "Run one gateway process. The first start needs a token; afterwards its own key is enough.",
            },
            footer = {
                "",
                "Example:",
                "  tombolo gateway token create --out gateway.token",
                "  tombolo gateway run --token-file gateway.token --advertise gw.example.org:15443"
            })
    static final class Run implements Runnable {
        @Option(names = "--state-dir", paramLabel = "DIR", description = "Default: ~/.local/state/tombolo/gateway.")
        private Path stateDir = Path.of("");

        @Option(names = "--token-file", paramLabel = "FILE", description = "As `tombolo gateway token create` made it.")
        private Path tokenFile = Path.of("");

        @Option(names = "--host", defaultValue = "", description = "Address to listen on (default: 0.0.0.0).")
        private String host = "";

        @Option(names = "--port", defaultValue = "", description = "Data port (default: 15443).")
        private String port = "";

        @Option(
                names = "--advertise",
                defaultValue = "",
                paramLabel = "HOST:PORT",
                description = "Where other clusters reach it (default: the listening address).")
        private String advertise = "";

        @Mixin
        private ProgramOptions options = new ProgramOptions();

        @Override
        public void run() {
            Settings settings = options.settings("gateway.", StateHome.orDefault(stateDir, "gateway"))
                    .put("token-file", tokenFile.toString().isEmpty() ? "" : tokenFile.toAbsolutePath())
                    .put("listen.host", host)
                    .put("listen.port", port)
                    .put("advertise", advertise);
            ExecPlan.of(Program.GATEWAY, options.withConfig(settings), List.of())
                    .handOver();
        }
    }

    /** {@code token}. */
    @Command(
            name = "token",
            description = "Tokens with which gateways register at their controller.",
            subcommands = Create.class,
            footer = {"", "Example:", "  tombolo gateway token create --out gateway.token"})
    static final class Token {}

    /** {@code token create}. */
    @Command(
            name = "create",
            description = "Make a token for one gateway: single-use.",
            footer = {"", "Example:", "  tombolo gateway token create --out gateway.token"})
    static final class Create extends TokenCreation {
        @Override
        protected JsonNode make(ApiClient api, Duration ttl) {
            return api.post("/gateway-tokens", ApiClient.body().put("ttlSeconds", ttl.toSeconds()));
        }
    }
}
