package io.tombolo.terraform.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.terraform.cty.CtyType;
import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.terraform.resource.DataSource;
import io.tombolo.terraform.schema.Attribute;
import io.tombolo.terraform.schema.Schema;
import io.tombolo.terraform.schema.ValuePath;
import java.util.List;

/** {@code tombolo_clusters}: the members as the cluster sees them. */
final class Clusters implements DataSource {
    private static final Schema SCHEMA = new Schema(
            "The members of the federation, as the cluster whose API this is sees them.",
            List.of(Found.objects(
                    "clusters",
                    "In order of name.",
                    Found.text("cluster", "Its name."),
                    Found.text("state", "`ADMITTED`, `LEFT` or `EVICTED`."),
                    Found.number("epoch", "One more with each time it joined."),
                    Found.truth("local", "Whether it is the cluster whose API this is."),
                    Found.truth("authority", "Whether it is an authority."),
                    Found.text("region", "As it says; empty if it says none."),
                    Found.text("zone", "As it says; empty if it says none."),
                    Attribute.computed("labels", new CtyType.MapOf(CtyType.Primitive.STRING), "As it says."),
                    Found.text("trust_domain", "Its SPIFFE trust domain."),
                    Found.text(
                            "freshness", "`FRESH`, `STALE`, `EXPIRED`, `UNKNOWN`, or `-` if it is no member any more."),
                    Found.text("trust", "`READY`, or `PENDING_TRUST` while the two do not hold each other's bundles."),
                    Found.number("exports", "How many services it exports."),
                    Found.texts("gateways", "Addresses of its gateways."))));

    private final Cluster cluster;

    Clusters(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public CtyValue.Fields read(CtyValue.Fields config) {
        try {
            ObjectNode found = JsonNodeFactory.instance.objectNode();
            found.set("clusters", cluster.api().list("/clusters"));
            found.path("clusters").forEach(Clusters::flatten);
            return SpecJson.read(SCHEMA.attributes(), found);
        } catch (ApiProblem problem) {
            throw Cluster.failed("The members could not be read", ValuePath.ROOT, problem);
        }
    }

    private static void flatten(JsonNode member) {
        var addresses = JsonNodeFactory.instance.arrayNode();
        member.path("gateways").forEach(gateway -> gateway.path("addresses").forEach(addresses::add));
        ((ObjectNode) member).set("gateways", addresses);
    }
}
