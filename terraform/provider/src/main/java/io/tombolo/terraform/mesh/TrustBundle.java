package io.tombolo.terraform.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.terraform.cty.CtyType;
import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.terraform.resource.DataSource;
import io.tombolo.terraform.schema.Attribute;
import io.tombolo.terraform.schema.Checks;
import io.tombolo.terraform.schema.Schema;
import io.tombolo.terraform.schema.ValuePath;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code tombolo_trust_bundle}: the roots of one member. */
final class TrustBundle implements DataSource {
    private static final Schema SCHEMA = new Schema(
            "The SPIFFE bundle of one member: what its workloads' certificates chain to. For peers outside the mesh.",
            List.of(
                    Attribute.required("cluster", CtyType.Primitive.STRING, "A member's name.")
                            .with(Checks.label()),
                    Found.text("trust_domain", "Its SPIFFE trust domain."),
                    Found.number("sequence", "Grows with each change."),
                    Found.text("jwks", "The bundle as JSON (SPIFFE Trust Domain and Bundle, section 4).")));

    private final Cluster cluster;

    TrustBundle(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public CtyValue.Fields read(CtyValue.Fields config) {
        try {
            JsonNode found = cluster.api()
                    .get("/trust-bundles/" + Api.encoded(config.text("cluster").orElse("")));
            if (!config.text("cluster").equals(Optional.of(found.path("cluster").asText()))
                    || !found.path("jwks").isTextual()) {
                throw cluster.api().strange("GET /trust-bundles", "the bundle of that cluster");
            }
            return new CtyValue.Fields(Map.of(
                    "cluster",
                    config.get("cluster"),
                    "trust_domain",
                    CtyValue.of(found.path("trustDomain").asText()),
                    "sequence",
                    new CtyValue.Num(found.path("sequence").asLong()),
                    "jwks",
                    CtyValue.of(found.path("jwks").asText())));
        } catch (ApiProblem problem) {
            throw Cluster.failed("The trust bundle could not be read", ValuePath.ROOT.name("cluster"), problem);
        }
    }
}
