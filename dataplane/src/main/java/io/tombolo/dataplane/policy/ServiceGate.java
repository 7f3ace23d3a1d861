package io.tombolo.dataplane.policy;

import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.route.Served;
import io.tombolo.model.catalog.MemberEntry;
import io.tombolo.model.catalog.OwnCluster;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import java.util.Optional;

/**
 * Inbound policy: members' workloads that the export names as consumers, and everybody of the own cluster. Gateways and
 * controllers call nothing for themselves: their keys open no service.
 */
public final class ServiceGate {
    private ServiceGate() {}

    /**
     * Lets a verified caller through, or says why not.
     * @throws TomboloException EVICTED_PEER or NOT_A_CONSUMER
     */
    public static Admitted check(ProxyConfig config, Served served, SpiffeId caller) {
        OwnCluster own = config.own().orElseThrow(() -> evicted(caller));
        ClusterId cluster = cluster(config, own, caller.trustDomain())
                .filter(config::isAdmitted)
                .orElseThrow(() -> evicted(caller));
        if (isOfTheMesh(caller) || !served.service().admits(caller, cluster, own.cluster())) {
            throw new TomboloException(
                    Fault.NOT_A_CONSUMER,
                    "service " + served.port(),
                    caller + " is none of its consumers",
                    "ask its owner to add the caller to the export's consumers");
        }
        return new Admitted(caller, cluster, served.service(), served.port(), served.protocol());
    }

    private static boolean isOfTheMesh(SpiffeId caller) {
        return caller.namespace().equals(SpiffeId.SYSTEM_NAMESPACE);
    }

    private static Optional<ClusterId> cluster(ProxyConfig config, OwnCluster own, TrustDomain trustDomain) {
        return own.trustDomain().equals(trustDomain)
                ? Optional.of(own.cluster())
                : config.member(trustDomain).map(MemberEntry::cluster);
    }

    private static TomboloException evicted(SpiffeId caller) {
        return new TomboloException(
                Fault.EVICTED_PEER, "caller " + caller, "its cluster is no admitted member", "join the cluster again");
    }
}
