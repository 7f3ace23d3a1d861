package io.tombolo.benchmarks.peer;

import io.tombolo.benchmarks.load.Wire;
import io.tombolo.benchmarks.place.Child;
import io.tombolo.benchmarks.place.Ports;
import io.tombolo.benchmarks.place.Workshop;
import io.tombolo.cli.program.ExecPlan;
import io.tombolo.cli.program.Program;
import io.tombolo.cli.program.Settings;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.wire.codec.FeedEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The sidecar program as the launcher starts it, with one event loop, offline from a state directory that is written here. */
public final class TomboloSidecar {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String VERSION = "sidecar, one loop";

    private TomboloSidecar() {}

    /**
     * Beside a caller: a local port that stands for the service.
     * @param build    to run
     * @param wire      that the application speaks
     * @param services  imported; all answer at {@code answersAt}
     * @param answersAt speaks mutual TLS
     */
    public static Contender outbound(
            Build build, Workshop workshop, PaperCluster cluster, Wire wire, int services, int answersAt)
            throws Missing {
        return calling(build, workshop, cluster, PaperFeed.calling(cluster, services, protocol(wire), answersAt));
    }

    /** Beside a caller of another cluster's service. */
    static Contender outbound(Workshop workshop, PaperCluster own, PaperCluster other, int services, int gatewayPort)
            throws Missing {
        return calling(Build.current(), workshop, own, PaperFeed.callingAway(own, other, services, gatewayPort));
    }

    private static Contender calling(Build build, Workshop workshop, PaperCluster cluster, List<FeedEntry> feed)
            throws Missing {
        Built.demand("sidecar");
        int port = Ports.free();
        Path state = workshop.file(build.directory() + "outbound");
        PaperState.write(state, PaperState.Holder.caller(cluster), feed);
        Settings settings = settings(state).put("sidecar.bind", "checkout.shop:80=127.0.0.1:" + port);
        return start(build, workshop, "outbound", settings, state, port);
    }

    /**
     * Beside the application.
     * @param build   to run
     * @param members its own cluster first
     * @param appPort speaks {@code wire}
     */
    public static Contender inbound(Build build, Workshop workshop, List<PaperCluster> members, Wire wire, int appPort)
            throws Missing {
        Built.demand("sidecar");
        int port = Ports.free();
        Path state = workshop.file(build.directory() + "inbound");
        PaperState.write(
                state,
                PaperState.Holder.workload(members.getFirst()),
                PaperFeed.guarded(members, PaperCluster.HTTP, protocol(wire), port));
        Settings settings = settings(state)
                .put("sidecar.service", PaperCluster.HTTP.service())
                .put("sidecar.service-port", PaperCluster.HTTP.port())
                .put("sidecar.app-port", appPort)
                .put("sidecar.inbound.port", port);
        return start(build, workshop, "inbound", settings, state, port);
    }

    private static AppProtocol protocol(Wire wire) {
        return switch (wire) {
            case HTTP1 -> AppProtocol.HTTP;
            case HTTP2 -> AppProtocol.H2C;
            case GRPC -> AppProtocol.GRPC;
            case TCP, TCP_BULK -> AppProtocol.TCP;
        };
    }

    private static Settings settings(Path state) {
        return new Settings("")
                .put("sidecar.state-dir", state)
                .put("sidecar.outbound.port", Ports.free())
                .put("sidecar.admin.port", Ports.free())
                .put("quarkus.vertx.event-loops-pool-size", 1);
    }

    /** It listens before it has read what it is to do. */
    private static Contender start(
            Build build, Workshop workshop, String name, Settings settings, Path state, int port) {
        Child child = Child.start(
                        build.directory() + name,
                        build.of(ExecPlan.of(Program.SIDECAR, settings, List.of())),
                        workshop.directory())
                .await(() -> Files.exists(state.resolve("ready.json")), PATIENCE);
        return new Contender(build.name(), VERSION, child, port);
    }
}
