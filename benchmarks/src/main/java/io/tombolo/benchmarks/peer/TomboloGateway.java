package io.tombolo.benchmarks.peer;

import io.tombolo.benchmarks.place.Child;
import io.tombolo.benchmarks.place.Ports;
import io.tombolo.benchmarks.place.Workshop;
import io.tombolo.cli.program.ExecPlan;
import io.tombolo.cli.program.Program;
import io.tombolo.cli.program.Settings;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.name.ServicePort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The gateway program as the launcher starts it, with one event loop. It starts offline, from state files that are written
 * here: no controller answers, and none is needed.
 */
public final class TomboloGateway {
    private TomboloGateway() {}

    /**
     * Passes one TCP service on.
     * @throws Missing if it was not built
     */
    public static Contender start(Workshop workshop, PaperCluster cluster, int backendPort) throws Missing {
        return start(workshop, List.of(cluster), PaperCluster.TCP, AppProtocol.TCP, backendPort);
    }

    /**
     * Passes one service on.
     * @param members its own cluster first
     */
    static Contender start(
            Workshop workshop, List<PaperCluster> members, ServicePort service, AppProtocol protocol, int answersAt)
            throws Missing {
        Built.demand("gateway");
        Path state = workshop.file("gateway");
        int port = Ports.free();
        PaperState.write(
                state,
                PaperState.Holder.gateway(members.getFirst()),
                PaperFeed.served(members, service, protocol, answersAt));
        Settings settings = new Settings("")
                .put("gateway.state-dir", state)
                .put("gateway.listen.host", "127.0.0.1")
                .put("gateway.listen.port", port)
                .put("gateway.admin.port", Ports.free())
                .put("quarkus.vertx.event-loops-pool-size", 1);
        Child child = Child.start("gateway", ExecPlan.of(Program.GATEWAY, settings, List.of()), workshop.directory())
                .await(() -> Ports.answers(port), Duration.ofSeconds(30));
        return new Contender("Tombolo", "gateway, one loop", child, port);
    }
}
