package io.tombolo.cli.program;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tombolo kafka …}. */
@Command(
        name = "kafka",
        description = "The embedded backbone, for those who have no Kafka yet.",
        subcommands = KafkaCommand.Run.class,
        footer = {"", "Example:", "  tombolo kafka run"})
public final class KafkaCommand {
    /** {@code run}. */
    @Command(
            name = "run",
            description = {
                "Run a Kafka broker with mutual TLS. On its first start it makes its CA and an administrator's",
                "credential in <state-dir>/admin, which `tombolo init` needs."
            },
            footer = {"", "Example:", "  tombolo kafka run --state-dir backbone"})
    static final class Run implements Runnable {
        @Option(names = "--state-dir", paramLabel = "DIR", description = "Default: ~/.local/state/tombolo/backbone.")
        private Path stateDir = Path.of("");

        @Option(names = "--host", defaultValue = "", description = "Address to listen on (default: 127.0.0.1).")
        private String host = "";

        @Option(names = "--port", defaultValue = "", description = "Port (default: 15092; another one if it is taken).")
        private String port = "";

        @Option(names = "--advertise", defaultValue = "", paramLabel = "HOST", description = "Host name for clients.")
        private String advertise = "";

        @Override
        public void run() {
            ExecPlan.of(Program.KAFKA, settings(), List.of()).handOver();
        }

        private Settings settings() {
            return new Settings("")
                    .put("state-dir", StateHome.orDefault(stateDir, "backbone").toAbsolutePath())
                    .put("listen.host", host)
                    .put("listen.port", port)
                    .put("advertised.host", advertise);
        }
    }
}
