package io.tombolo.terraform.mesh;

import static io.tombolo.terraform.mesh.Words.labels;
import static io.tombolo.terraform.mesh.Words.number;
import static io.tombolo.terraform.mesh.Words.object;
import static io.tombolo.terraform.mesh.Words.objects;
import static io.tombolo.terraform.mesh.Words.requiredNumber;
import static io.tombolo.terraform.mesh.Words.requiredText;
import static io.tombolo.terraform.mesh.Words.text;
import static io.tombolo.terraform.mesh.Words.texts;

import io.tombolo.terraform.schema.Attribute;
import io.tombolo.terraform.schema.Checks;

/** {@code tombolo_service_export}. */
final class ServiceExports {
    private static final int MOST_PORT = 65_535;
    private static final int MOST_CAPACITY = 1_000_000;
    private static final int LONGEST_AFFINITY = 86_400;

    private ServiceExports() {}

    static Kind kind() {
        return Kind.of(
                        Words.MESH,
                        "ServiceExport",
                        "service export",
                        "Makes a service of the cluster available to the federation. `name` and `namespace` are the service's.",
                        ports(),
                        text(
                                "mode",
                                "`passthrough`: TLS ends at the destination sidecar. `terminate`: this cluster's gateways end it. "
                                        + "`passthrough` if nothing is said.",
                                Checks.oneOf("passthrough", "terminate")),
                        consumers(),
                        texts(
                                "server_accounts",
                                "Accounts of the same namespace that may answer; the service's name if nothing is said.",
                                Checks.atMost(256),
                                Checks.each(Checks.label())),
                        text(
                                "type",
                                "`ClusterSetIP` or `Headless`. `ClusterSetIP` if nothing is said.",
                                Checks.oneOf("ClusterSetIP", "Headless")),
                        text(
                                "session_affinity",
                                "`None`, or `ClientIP`: who calls stays with its instance. `None` if nothing is said.",
                                Checks.oneOf("None", "ClientIP")),
                        number(
                                "session_affinity_seconds",
                                1,
                                LONGEST_AFFINITY,
                                "How long, for importing clusters to know; here it is longer."),
                        text(
                                "internal_traffic_policy",
                                "`Cluster`, or `Local`: other clusters do not call it. `Cluster` if nothing is said.",
                                Checks.oneOf("Cluster", "Local")),
                        text(
                                "traffic_distribution",
                                "`PreferClose`, `PreferSameZone` or `PreferSameNode`, for importing clusters to know.",
                                Checks.oneOf("PreferClose", "PreferSameZone", "PreferSameNode")),
                        otherPorts(),
                        texts(
                                "hostnames",
                                "What requests may have for `Host` beside the service's own names.",
                                Checks.atMost(16)),
                        capacity(),
                        labels("labels", "Exported labels."),
                        labels("annotations", "Exported annotations."))
                .forOthers();
    }

    private static Attribute ports() {
        return objects(
                "ports",
                64,
                "The ports; those of live sidecars that offer the service if nothing is said.",
                requiredNumber("port", 1, MOST_PORT, "The number."),
                text("name", "Its name.", Checks.label()),
                text(
                        "app_protocol",
                        "`tcp`, `http`, `h2c` or `grpc`. `tcp` if nothing is said.",
                        Checks.oneOf("tcp", "http", "h2c", "grpc")));
    }

    private static Attribute otherPorts() {
        return objects(
                "other_ports",
                64,
                "Ports that importing clusters list, and to which no call goes, for only TCP is carried.",
                requiredNumber("port", 1, MOST_PORT, "The number."),
                text("name", "Its name.", Checks.label()),
                requiredText("protocol", "`UDP` or `SCTP`.", Checks.oneOf("UDP", "SCTP")));
    }

    private static Attribute consumers() {
        return objects(
                "consumers",
                256,
                "Who may call; all parts of one must fit. Any workload of any member if nothing is said, nobody if the list "
                        + "is empty.",
                text("cluster", "A member's name.", Checks.label()),
                text("namespace", "The caller's namespace.", Checks.label()),
                text("id", "The caller's SPIFFE id, exactly."));
    }

    private static Attribute capacity() {
        return object(
                "capacity",
                "What it can take.",
                requiredNumber(
                        "per_instance",
                        1,
                        MOST_CAPACITY,
                        "Requests per second that one ready instance of weight 100 takes."),
                objects(
                        "grants",
                        64,
                        "How much of the whole one importing cluster plans with; the others share the rest equally.",
                        requiredText("cluster", "A member's name.", Checks.label()),
                        requiredNumber("percent", 1, 100, "Of the whole.")));
    }

    /** The same everywhere: a number of a port. */
    static Attribute port(String description) {
        return number("port", 1, MOST_PORT, description);
    }
}
