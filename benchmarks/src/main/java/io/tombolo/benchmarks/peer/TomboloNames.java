package io.tombolo.benchmarks.peer;

import io.tombolo.benchmarks.place.Child;
import io.tombolo.benchmarks.place.Ports;
import io.tombolo.benchmarks.place.Workshop;
import io.tombolo.cli.program.ExecPlan;
import io.tombolo.cli.program.Program;
import io.tombolo.cli.program.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The program that answers for the names of a cluster, offline from a state directory that is written here. */
public final class TomboloNames {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private TomboloNames() {}

    /** @param services that have names, {@code service-0} to one less in the namespace shop */
    public static Contender start(Workshop workshop, PaperCluster cluster, int services) throws Missing {
        Built.demand("sidecar");
        int port = Ports.free();
        Path state = workshop.file("names-" + services);
        PaperState.write(state, PaperState.Holder.names(cluster), PaperFeed.names(cluster, services));
        Settings settings = new Settings("")
                .put("sidecar.state-dir", state)
                .put("sidecar.dns.answers", "cluster")
                .put("sidecar.dns.port", port)
                .put("sidecar.admin.port", Ports.free());
        Child child = Child.start(
                        "names-" + services, ExecPlan.of(Program.SIDECAR, settings, List.of()), workshop.directory())
                .await(() -> Files.exists(state.resolve("ready.json")), PATIENCE);
        return new Contender("names", "sidecar, " + services + " services", child, port);
    }
}
