package io.tombolo.model.name;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.Optional;

/**
 * The server name of a mesh connection: all that a passthrough gateway may know of it. Lower case, at most 253 characters:
 * <pre>
 * [i-&lt;id&gt;. | x-&lt;id&gt;.]&lt;port&gt;.&lt;service&gt;.&lt;namespace&gt;.&lt;cluster&gt;.&lt;federation&gt;.tombolo
 * probe.&lt;gateway id&gt;.&lt;cluster&gt;.&lt;federation&gt;.tombolo
 * control.&lt;cluster&gt;.&lt;federation&gt;.tombolo
 * </pre>
 * Parsing is exact: what does not print back to the same text is no name of ours.
 */
public sealed interface Sni {
    /** Longest server name, in characters (RFC 1035). */
    int MAX_LENGTH = 253;

    /** Characters that an instance prefix with its dot adds. */
    int INSTANCE_PREFIX_LENGTH = InstanceId.LENGTH + 3;

    /** The last label. */
    String SUFFIX = "tombolo";

    /** The cluster that is asked for. */
    ClusterId cluster();

    /** The federation that the name belongs to. */
    FederationName federation();

    /** How strictly one instance is wanted. */
    enum Wanted {
        /** Any ready instance. */
        ANY,
        /** {@code i-}: this one, another ready one if it is gone. */
        PREFERRED,
        /** {@code x-}: exactly this one. */
        EXACT
    }

    /**
     * A service of a cluster.
     * @param instance the wanted instance; empty exactly when {@code wanted} is ANY
     */
    record Service(
            Wanted wanted,
            Optional<InstanceId> instance,
            ServicePort port,
            ClusterId cluster,
            FederationName federation)
            implements Sni {
        public Service {
            if (instance.isPresent() == (wanted == Wanted.ANY)) {
                throw new IllegalArgumentException("an instance is named exactly when one is wanted");
            }
            checkLength(port, cluster, federation);
        }

        /** Any ready instance of {@code port} in {@code cluster}. */
        public static Service any(ServicePort port, ClusterId cluster, FederationName federation) {
            return new Service(Wanted.ANY, Optional.empty(), port, cluster, federation);
        }

        /** Preferably {@code instance}. */
        public Service preferring(InstanceId preferred) {
            return new Service(Wanted.PREFERRED, Optional.of(preferred), port, cluster, federation);
        }

        /** Exactly {@code instance}. */
        public Service exactly(InstanceId exact) {
            return new Service(Wanted.EXACT, Optional.of(exact), port, cluster, federation);
        }

        @Override
        public String toString() {
            return text(wanted, instance, port, cluster, federation);
        }

        private static String text(
                Wanted wanted, Optional<InstanceId> instance, ServicePort port, ClusterId cluster, FederationName fed) {
            String prefix = instance.map(id -> (wanted == Wanted.EXACT ? "x-" : "i-") + id + ".")
                    .orElse("");
            ServiceName service = port.service();
            return prefix + port.port() + "." + service.name() + "." + service.namespace() + "." + cluster + "." + fed
                    + "." + SUFFIX;
        }

        /** Refuses a service whose longest SNI (with an instance prefix) would not fit. */
        private static void checkLength(ServicePort port, ClusterId cluster, FederationName federation) {
            int names = port.service().name().length()
                    + port.service().namespace().length()
                    + cluster.value().length()
                    + federation.value().length()
                    + SUFFIX.length();
            int longest = INSTANCE_PREFIX_LENGTH + String.valueOf(port.port()).length() + names + 5; // dots between six
            if (longest > MAX_LENGTH) {
                throw new TomboloException(
                        Fault.NAME_TOO_LONG,
                        "service " + port,
                        "its server name has up to " + longest + " characters",
                        "shorten service, namespace, cluster or federation; " + MAX_LENGTH + " fit");
            }
        }
    }

    /** The gateway itself: answered with its own SVID, carries path probes. */
    record Probe(InstanceId gateway, ClusterId cluster, FederationName federation) implements Sni {
        @Override
        public String toString() {
            return "probe." + gateway + "." + cluster + "." + federation + "." + SUFFIX;
        }
    }

    /** The controller of the cluster, behind its gateways. */
    record Control(ClusterId cluster, FederationName federation) implements Sni {
        @Override
        public String toString() {
            return "control." + cluster + "." + federation + "." + SUFFIX;
        }
    }

    /** Reads a server name; empty if it is not exactly one of ours. */
    static Optional<Sni> parse(String text) {
        return SniText.parse(text);
    }
}
