package io.tombolo.cli.program;

import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.context.Contexts;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ServiceName;
import io.tombolo.trustbundle.key.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tombolo sidecar …}. */
@Command(
        name = "sidecar",
        description = "The proxy beside one workload.",
        subcommands = SidecarCommand.Run.class,
        footer = {"", "Example:", "  tombolo sidecar run -- curl http://checkout.shop.svc.clusterset.local"})
public final class SidecarCommand {
    /** {@code run}. */
    @Command(
            name = "run",
            description = {
                "Run a sidecar, and with it a program that calls services, is a service, or both.",
                "The program's output passes through; signals reach it; its exit code is this command's."
            },
            footer = {
                "",
                "Examples:",
                "  tombolo sidecar run -- curl http://checkout.shop.svc.clusterset.local",
                "  tombolo sidecar run --service files --port 8000 -- python3 -m http.server 8000",
                "  tombolo sidecar run --bind checkout.shop:80=127.0.0.1:18080",
                "  tombolo sidecar run --transparent --vip checkout.shop=10.96.0.10"
            })
    static final class Run implements Runnable {
        private static final Duration TOKEN_LIFE = Duration.ofMinutes(5);

        @Option(
                names = {"-n", "--namespace"},
                defaultValue = "default",
                description = "Default: ${DEFAULT-VALUE}.")
        private String namespace = "default";

        @Option(
                names = "--account",
                defaultValue = "",
                description = "Identity (default: the service's or the user's name).")
        private String account = "";

        @Option(names = "--service", defaultValue = "", description = "The service that the program is.")
        private String service = "";

        @Option(names = "--port", defaultValue = "", description = "Port on which the program listens.")
        private String port = "";

        @Option(
                names = "--service-port",
                defaultValue = "",
                description = "Port under which callers know it (default: --port).")
        private String servicePort = "";

        @Option(names = "--app-protocol", defaultValue = "", description = "http, h2c, grpc or tcp (default: http).")
        private String appProtocol = "";

        @Option(
                names = "--bind",
                paramLabel = "SERVICE:PORT=HOST:PORT",
                description = "Make a port of a service reachable on a local address.")
        private List<String> binds = new ArrayList<>();

        @Option(
                names = "--dns",
                description = "Answer questions for names below clusterset.local, and give services addresses.")
        private boolean dns;

        @Option(
                names = "--transparent",
                description = "Take connections that the kernel leads here; see `tombolo sidecar capture install`.")
        private boolean transparent;

        @Option(
                names = "--vip",
                paramLabel = "SERVICE=ADDRESS",
                description = "With --transparent: an address that stands for a service.")
        private List<String> vips = new ArrayList<>();

        @Option(
                names = "--state-dir",
                paramLabel = "DIR",
                description = "Default: a new directory that ends with the run.")
        private Path stateDir = Path.of("");

        @Option(
                names = "--token-file",
                paramLabel = "FILE",
                description = "Default: the context's controller is asked for one.")
        private Path tokenFile = Path.of("");

        @Option(
                names = "--context",
                defaultValue = "",
                paramLabel = "NAME",
                description = "Default: the current context.")
        private String contextName = "";

        @Mixin
        private ProgramOptions options = new ProgramOptions();

        @Parameters(paramLabel = "PROGRAM", arity = "0..*", description = "The program and its arguments, after --.")
        private List<String> program = new ArrayList<>();

        @Override
        public void run() {
            boolean passing = stateDir.toString().isEmpty();
            Path state = passing ? passingStateDir() : stateDir;
            Settings settings = options.settings("sidecar.", state)
                    .flag("ephemeral", passing)
                    .put("token-file", token(state))
                    .put("service", service.isEmpty() ? "" : ServiceName.parse(service, namespace))
                    .put("app-port", port)
                    .put("service-port", servicePort)
                    .put("app-protocol", appProtocol)
                    .put("bind", String.join(",", binds))
                    .flag("dns.enabled", dns)
                    .flag("transparent.enabled", transparent)
                    .put("transparent.vips", String.join(",", vips));
            ExecPlan.of(Program.SIDECAR, options.withConfig(settings), program).handOver();
        }

        /** Under the user's own directory and not in a shared one: the state holds a key. */
        private static Path passingStateDir() {
            return StateHome.of(
                    "sidecars",
                    Long.toString(ProcessHandle.current().pid(), 36) + "-"
                            + Long.toString(System.currentTimeMillis(), 36));
        }

        private String token(Path state) {
            if (!tokenFile.toString().isEmpty()) {
                return tokenFile.toAbsolutePath().toString();
            }
            // A pod has a token of its own, and a sidecar that registered once needs none.
            if (options.sets("kubernetes.token-file") || Files.exists(state.resolve("node.key"))) {
                return "";
            }
            var api = new ApiClient(Contexts.ofUser().require(contextName));
            String token = WorkloadToken.create(api, namespace(), account(), TOKEN_LIFE)
                    .path("token")
                    .asText();
            Path file = made(state.toAbsolutePath()).resolve("workload.token");
            SecretFile.write(file, (token + "\n").getBytes(StandardCharsets.US_ASCII));
            return file.toString();
        }

        /** The token comes before the program that would make its directory. */
        private static Path made(Path state) {
            try {
                return Files.isDirectory(state)
                        ? state
                        : Files.createDirectories(
                                state,
                                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } catch (IOException e) {
                throw new TomboloException(
                        Fault.STORE_FAILED,
                        "state-dir " + state,
                        "cannot be made: " + e.getMessage(),
                        "name a directory that this user may write, with --state-dir",
                        e);
            }
        }

        private String namespace() {
            return service.isEmpty()
                    ? namespace
                    : ServiceName.parse(service, namespace).namespace();
        }

        private String account() {
            if (!account.isEmpty()) {
                return account;
            }
            return service.isEmpty()
                    ? userAccount()
                    : ServiceName.parse(service, namespace).name();
        }

        private static String userAccount() {
            String plain =
                    System.getProperty("user.name").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
            return "user-" + plain.replaceAll("^-+|-+$", "");
        }
    }
}
