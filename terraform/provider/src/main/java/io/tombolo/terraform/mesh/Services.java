package io.tombolo.terraform.mesh;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.terraform.resource.DataSource;
import io.tombolo.terraform.schema.Checks;
import io.tombolo.terraform.schema.Schema;
import io.tombolo.terraform.schema.ValuePath;
import java.util.List;

/** {@code tombolo_services}: what can be called from the cluster. */
final class Services implements DataSource {
    private static final Schema SCHEMA = new Schema(
            "The services that can be called from the cluster whose API this is, and what it knows of them.",
            List.of(
                    Words.text("namespace", "Of this namespace only.", Checks.label()),
                    Found.objects(
                            "services",
                            "In order of namespace and name.",
                            Found.text("namespace", "Its namespace."),
                            Found.text("name", "Its name."),
                            Found.truth("exported", "Whether this cluster exports it."),
                            Found.objects(
                                    "ports",
                                    "Its ports.",
                                    Found.number("port", "The number."),
                                    Found.text("name", "Its name; empty if it has none."),
                                    Found.text("app_protocol", "`tcp`, `http`, `h2c` or `grpc`.")),
                            Found.objects(
                                    "clusters",
                                    "Who has it.",
                                    Found.text("cluster", "The member."),
                                    Found.truth("local", "Whether it is this cluster."),
                                    Found.number(
                                            "ready", "Instances that are ready; null = not known, which is not 0."),
                                    Found.number("total", "Instances that should be; null = not known."),
                                    Found.number(
                                            "capacity_per_second", "Requests that it says it takes; null = not said."),
                                    Found.number(
                                            "granted_per_second",
                                            "How many of them this cluster may plan with; null = not said."),
                                    Found.text("freshness", "How current that is.")),
                            Found.objects(
                                    "conditions",
                                    "What a user should know.",
                                    Found.text("type", "Such as `Conflict`."),
                                    Found.text("status", "`True` or `False`."),
                                    Found.text("reason", "One word."),
                                    Found.text("message", "For people.")))));

    private final Cluster cluster;

    Services(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public CtyValue.Fields read(CtyValue.Fields config) {
        String query = config.text("namespace")
                .map(namespace -> "?namespace=" + Api.encoded(namespace))
                .orElse("");
        try {
            ObjectNode found = JsonNodeFactory.instance.objectNode();
            found.set("services", cluster.api().list("/services" + query));
            return SpecJson.read(SCHEMA.attributes(), found).with("namespace", config.get("namespace"));
        } catch (ApiProblem problem) {
            throw Cluster.failed("The services could not be read", ValuePath.ROOT, problem);
        }
    }
}
