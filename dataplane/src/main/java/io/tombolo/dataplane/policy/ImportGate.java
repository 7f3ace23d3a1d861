package io.tombolo.dataplane.policy;

import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.route.Routed;
import io.tombolo.model.catalog.ClusterGateways;
import io.tombolo.model.catalog.ImportedService.Source;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import java.util.List;

/** Outbound policy: what is imported may be called, where some cluster that has it is trusted. */
public final class ImportGate {
    private ImportGate() {}

    /**
     * Lets through, or says why not.
     * @throws TomboloException PENDING_TRUST if every cluster that has it is one whose trust is still pending; EVICTED_PEER
     *     if all of them are no members any more
     */
    public static Permit check(ProxyConfig config, Routed routed) {
        for (Source source : routed.service().sources()) {
            ClusterId cluster = source.cluster();
            boolean has = source.ports().contains(routed.port().port());
            if (has && config.isAdmitted(cluster) && isTrusted(config, cluster)) {
                return new Permit(routed);
            }
        }
        return orWhyNot(config, routed);
    }

    private static Permit orWhyNot(ProxyConfig config, Routed routed) {
        List<ClusterId> clusters = routed.service().sources().stream()
                .filter(source -> source.ports().contains(routed.port().port()))
                .map(Source::cluster)
                .toList();
        List<ClusterId> members = clusters.stream().filter(config::isAdmitted).toList();
        if (!clusters.isEmpty() && members.isEmpty()) {
            throw refused(Fault.EVICTED_PEER, routed, "only " + clusters + " has it, no member any more");
        }
        if (!members.isEmpty()) {
            throw refused(Fault.PENDING_TRUST, routed, "trust with " + members + " is not established yet");
        }
        return new Permit(routed);
    }

    private static boolean isTrusted(ProxyConfig config, ClusterId cluster) {
        return config.isOwn(cluster)
                || config.gateways(cluster).map(ClusterGateways::trusted).orElse(false);
    }

    private static TomboloException refused(Fault fault, Routed routed, String what) {
        return new TomboloException(
                fault, "service " + routed.port(), what, "`tombolo clusters` shows where they stand");
    }
}
