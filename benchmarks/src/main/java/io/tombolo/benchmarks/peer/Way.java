package io.tombolo.benchmarks.peer;

import io.tombolo.benchmarks.load.Wire;
import io.tombolo.benchmarks.place.Child;
import io.tombolo.benchmarks.place.Workshop;
import io.tombolo.model.catalog.AppProtocol;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Three proxies in a row, from a caller in one cluster to an application in another: out, through a gateway that does not
 * decrypt, in.
 * @param name in tables
 * @param port where the caller's requests come in
 */
public record Way(String name, List<Child> proxies, int port) implements AutoCloseable {
    public Way {
        proxies = List.copyOf(proxies);
    }

    /**
     * Sidecar, gateway, sidecar of ours.
     * @param services that the caller's sidecar knows
     * @throws Missing if something was not built
     */
    public static Way tombolo(Workshop workshop, PaperCluster east, PaperCluster west, int services, int appPort)
            throws Missing {
        List<PaperCluster> members = List.of(west, east);
        Contender in = TomboloSidecar.inbound(Build.current(), workshop, members, Wire.HTTP1, appPort);
        Contender gateway = TomboloGateway.start(workshop, members, PaperCluster.HTTP, AppProtocol.HTTP, in.port());
        Contender out = TomboloSidecar.outbound(workshop, east, west, services, gateway.port());
        return of("Tombolo", List.of(out, gateway, in));
    }

    /**
     * The same of Envoys.
     * @param caller   papers of who calls, believing in west
     * @param workload papers of who answers, believing in east
     * @throws Missing if there is no Envoy
     */
    public static Way envoy(
            Workshop workshop,
            PaperCluster east,
            PaperCluster west,
            Papers caller,
            Papers workload,
            int services,
            int appPort)
            throws Missing {
        String name = west.serverName(PaperCluster.HTTP);
        Contender in = EnvoyHttp.inbound(workshop, Wire.HTTP1, workload, name, east.callerId(), appPort);
        Contender gateway = Envoy.start(workshop, name, in.port());
        Contender out = EnvoyHttp.outbound(workshop, Wire.HTTP1, caller, west.workloadAt(gateway.port()), services);
        return of("Envoy", List.of(out, gateway, in));
    }

    /** No proxy at all: what the load itself takes. */
    public static Way direct(int appPort) {
        return new Way("direct", List.of(), appPort);
    }

    private static Way of(String name, List<Contender> inOrder) {
        return new Way(
                name,
                inOrder.stream().map(Contender::process).toList(),
                inOrder.getFirst().port());
    }

    @Override
    public void close() {
        var fromTheEnd = new ArrayList<>(proxies);
        Collections.reverse(fromTheEnd);
        fromTheEnd.forEach(Child::close);
    }
}
