package io.tombolo.trustbundle.svid;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationName;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.Sni;
import java.util.Optional;

/**
 * The DNS SAN of an SVID: which process holds it. Set by the CA from what the process proved, never from its request.
 * <pre>
 * i-&lt;id&gt;.&lt;cluster&gt;.&lt;federation&gt;.tombolo       a workload behind its sidecar
 * probe.&lt;id&gt;.&lt;cluster&gt;.&lt;federation&gt;.tombolo   a gateway process
 * control.&lt;cluster&gt;.&lt;federation&gt;.tombolo      a controller
 * </pre>
 * {@code toString} gives the name. A verifier must still compare the cluster with the trust domain that vouched.
 */
public sealed interface InstanceName {
    ClusterId cluster();

    FederationName federation();

    /** One process of a service. */
    record Workload(InstanceId instance, ClusterId cluster, FederationName federation) implements InstanceName {
        @Override
        public String toString() {
            return WORKLOAD_PREFIX + instance + "." + cluster + "." + federation + "." + Sni.SUFFIX;
        }
    }

    /** One gateway process. */
    record Gateway(InstanceId instance, ClusterId cluster, FederationName federation) implements InstanceName {
        @Override
        public String toString() {
            return new Sni.Probe(instance, cluster, federation).toString();
        }
    }

    /** A controller; its replicas share the name. */
    record Controller(ClusterId cluster, FederationName federation) implements InstanceName {
        @Override
        public String toString() {
            return new Sni.Control(cluster, federation).toString();
        }
    }

    /** What a workload's name begins with. */
    String WORKLOAD_PREFIX = "i-";

    /** Reads a name exactly; empty if it is another one. Bounded; no exception leaves. */
    static Optional<InstanceName> parse(String text) {
        if (text.startsWith(WORKLOAD_PREFIX)) {
            return workload(text);
        }
        return Sni.parse(text).flatMap(InstanceName::named);
    }

    /** Which gateway of that cluster has the name; empty if none has. */
    static Optional<InstanceId> gateway(Optional<InstanceName> name, ClusterId cluster, FederationName federation) {
        return name.filter(Gateway.class::isInstance)
                .map(Gateway.class::cast)
                .filter(gateway -> gateway.cluster().equals(cluster)
                        && gateway.federation().equals(federation))
                .map(Gateway::instance);
    }

    private static Optional<InstanceName> named(Sni sni) {
        return switch (sni) {
            case Sni.Probe probe -> Optional.of(new Gateway(probe.gateway(), probe.cluster(), probe.federation()));
            case Sni.Control control -> Optional.of(new Controller(control.cluster(), control.federation()));
            case Sni.Service service -> Optional.empty();
        };
    }

    /** Apart from its first label a workload's name is a gateway's: one parser for both. */
    private static Optional<InstanceName> workload(String text) {
        return Sni.parse("probe." + text.substring(WORKLOAD_PREFIX.length()))
                .filter(Sni.Probe.class::isInstance)
                .map(Sni.Probe.class::cast)
                .map(probe -> new Workload(probe.gateway(), probe.cluster(), probe.federation()));
    }
}
