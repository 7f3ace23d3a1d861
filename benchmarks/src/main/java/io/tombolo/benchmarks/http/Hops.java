package io.tombolo.benchmarks.http;

import io.tombolo.benchmarks.load.Wire;
import io.tombolo.benchmarks.peer.Build;
import io.tombolo.benchmarks.peer.Contender;
import io.tombolo.benchmarks.peer.EnvoyHttp;
import io.tombolo.benchmarks.peer.EnvoyTcp;
import io.tombolo.benchmarks.peer.HaproxyHttp;
import io.tombolo.benchmarks.peer.HaproxyTcp;
import io.tombolo.benchmarks.peer.MeshPeer;
import io.tombolo.benchmarks.peer.Missing;
import io.tombolo.benchmarks.peer.PaperCluster;
import io.tombolo.benchmarks.peer.Papers;
import io.tombolo.benchmarks.peer.TomboloSidecar;
import io.tombolo.benchmarks.place.Workshop;
import java.util.List;

/**
 * Starts the contenders of one hop.
 * @param wire     that the application speaks
 * @param caller   who calls
 * @param workload who answers
 */
record Hops(Workshop workshop, PaperCluster cluster, Wire wire, Papers caller, Papers workload) {
    static Hops in(Workshop workshop, PaperCluster cluster, Wire wire) {
        var roots = List.of(cluster.root());
        return new Hops(
                workshop,
                cluster,
                wire,
                Papers.write(workshop, "caller", cluster.caller(), roots),
                Papers.write(workshop, "workload", cluster.workload(), roots));
    }

    /**
     * Beside the caller.
     * @param services in route tables
     * @param meshPort where the mesh peer answers
     */
    Line outbound(int services, int meshPort) {
        MeshPeer peer = cluster.workloadAt(meshPort);
        var line = new Line();
        Build.before().ifPresent(build -> line.add("before", () -> ours(build, services, meshPort)));
        line.add("Tombolo", () -> ours(Build.current(), services, meshPort));
        return wire.isTcp()
                ? line.add("Envoy", () -> EnvoyTcp.outbound(workshop, caller, peer))
                        .add("HAProxy", () -> HaproxyTcp.outbound(workshop, caller, peer))
                : line.add("Envoy", () -> EnvoyHttp.outbound(workshop, wire, caller, peer, services))
                        .add("HAProxy", () -> HaproxyHttp.outbound(workshop, wire, caller, peer, services));
    }

    private Contender ours(Build build, int services, int meshPort) throws Missing {
        return TomboloSidecar.outbound(build, workshop, cluster, wire, services, meshPort);
    }

    /** Beside the application at that port. */
    Line inbound(int appPort) {
        String name = cluster.serverName(PaperCluster.HTTP);
        List<PaperCluster> members = List.of(cluster);
        var line = new Line();
        Build.before()
                .ifPresent(build ->
                        line.add("before", () -> TomboloSidecar.inbound(build, workshop, members, wire, appPort)));
        line.add("Tombolo", () -> TomboloSidecar.inbound(Build.current(), workshop, members, wire, appPort));
        return wire.isTcp()
                ? line.add("Envoy", () -> EnvoyTcp.inbound(workshop, workload, name, cluster.callerId(), appPort))
                        .add("HAProxy", () -> HaproxyTcp.inbound(workshop, workload, caller, appPort))
                : line.add(
                                "Envoy",
                                () -> EnvoyHttp.inbound(workshop, wire, workload, name, cluster.callerId(), appPort))
                        .add("HAProxy", () -> HaproxyHttp.inbound(workshop, wire, workload, caller, appPort));
    }
}
