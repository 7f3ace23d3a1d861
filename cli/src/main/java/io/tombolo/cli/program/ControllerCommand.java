package io.tombolo.cli.program;

import io.tombolo.cli.context.Contexts;
import io.tombolo.model.name.ClusterId;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tombolo controller …}. */
@Command(
        name = "controller",
        description = "The control plane of one cluster.",
        subcommands = ControllerCommand.Run.class,
        footer = {"", "Example:", "  tombolo controller run --cluster east"})
public final class ControllerCommand {
    /** {@code run}. */
    @Command(
            name = "run",
            description = {
                "Run the controller of a cluster, and write a context so that other commands find it.",
                "A new one belongs to no federation yet: `tombolo init` founds one, `tombolo join` enters one."
            },
            footer = {"", "Example:", "  tombolo controller run --cluster east --region eu"})
    static final class Run implements Runnable {
        @Option(names = "--cluster", required = true, paramLabel = "NAME", description = "Name of the cluster.")
        private String cluster = "";

        @Option(names = "--region", defaultValue = "", description = "Region, for locality.")
        private String region = "";

        @Option(names = "--zone", defaultValue = "", description = "Zone within the region.")
        private String zone = "";

        @Option(
                names = "--label",
                paramLabel = "KEY=VALUE",
                description =
                        "What policies of any cluster may choose this one by, such as residency=eu; once for each.")
        private Map<String, String> labels = new LinkedHashMap<>();

        @Option(
                names = "--state-dir",
                paramLabel = "DIR",
                description = "Default: ~/.local/state/tombolo/<cluster>/controller.")
        private Path stateDir = Path.of("");

        @Option(
                names = "--advertise",
                defaultValue = "",
                paramLabel = "HOST",
                description = "Host that proxies and joiners reach.")
        private String advertise = "";

        @Mixin
        private ProgramOptions options = new ProgramOptions();

        @Override
        public void run() {
            var id = new ClusterId(cluster);
            Settings settings = options.settings("controller.", StateHome.orDefault(stateDir, id.value(), "controller"))
                    .put("cluster", id)
                    .put("region", region)
                    .put("zone", zone)
                    .put("advertised-host", advertise)
                    .put("context-file", Contexts.ofUser().file().toAbsolutePath());
            // In quotes, because a label's name may have dots.
            labels.forEach((name, value) -> settings.put("labels.\"" + name + "\"", value));
            ExecPlan.of(Program.CONTROLLER, options.withConfig(settings), List.of())
                    .handOver();
        }
    }
}
