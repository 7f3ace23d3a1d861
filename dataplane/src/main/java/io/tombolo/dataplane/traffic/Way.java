package io.tombolo.dataplane.traffic;

import java.util.List;
import java.util.Locale;

/**
 * From whom to whom. What there is not is {@link #NONE}, never empty.
 * @param to the cluster that was picked, and the workload that answers there; none = nothing was picked
 */
public record Way(Direction direction, Peer from, Peer to, Called called) {
    /** Stands for what there is not. */
    public static final String NONE = "none";

    /** Names of the labels, in the order of {@link #values}. */
    static final List<String> LABELS = List.of(
            "direction",
            "source_cluster",
            "source_namespace",
            "source_workload",
            "destination_cluster",
            "destination_workload",
            "destination_namespace",
            "destination_service",
            "destination_port");

    /** Which walk. */
    public enum Direction {
        OUTBOUND,
        INBOUND
    }

    /**
     * Who is at one end.
     * @param workload the account of its SPIFFE id
     */
    public record Peer(String cluster, String namespace, String workload) {
        public static final Peer NOBODY = new Peer("", "", "");

        public Peer {
            cluster = orNone(cluster);
            namespace = orNone(namespace);
            workload = orNone(workload);
        }
    }

    /**
     * What was called.
     * @param port 0 = none
     */
    public record Called(String namespace, String service, int port) {
        public static final Called NOTHING = new Called("", "", 0);

        public Called {
            namespace = orNone(namespace);
            service = orNone(service);
        }
    }

    List<String> values() {
        return List.of(
                direction.name().toLowerCase(Locale.ROOT),
                from.cluster,
                from.namespace,
                from.workload,
                to.cluster,
                to.workload,
                called.namespace,
                called.service,
                called.port == 0 ? NONE : Integer.toString(called.port));
    }

    static String orNone(String text) {
        return text.isEmpty() ? NONE : text;
    }
}
