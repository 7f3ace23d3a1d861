package io.tombolo.terraform.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.model.fault.Fault;
import io.tombolo.terraform.cty.CtyType;
import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.terraform.resource.EphemeralResource;
import io.tombolo.terraform.resource.Failed;
import io.tombolo.terraform.schema.Attribute;
import io.tombolo.terraform.schema.Checks;
import io.tombolo.terraform.schema.Durations;
import io.tombolo.terraform.schema.Schema;
import io.tombolo.terraform.schema.ValuePath;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * {@code tombolo_join_token}: one cluster's way into the federation, once. Its text is in no state, no plan and no log; what is
 * remembered until the end of the run is its id.
 */
final class JoinToken implements EphemeralResource {
    private static final Duration USUAL_TTL = Duration.ofMinutes(15);
    private static final String TTL = "ttl";
    private static final String REVOKE = "revoke_on_close";

    private static final Schema SCHEMA = new Schema(
            "A token with which a cluster joins the federation, once. It is made each time Terraform plans or applies, and is in no "
                    + "state and no plan. Only an authority's API makes tokens.",
            List.of(
                    Attribute.required("cluster", CtyType.Primitive.STRING, "The cluster that may join with it.")
                            .with(Checks.label()),
                    Words.duration(
                            TTL,
                            Duration.ofSeconds(1),
                            Duration.ofHours(168),
                            "How long it can be used; `15m` if nothing is said."),
                    Attribute.optional(
                            REVOKE,
                            CtyType.Primitive.BOOL,
                            "Whether it ends with the run of Terraform; `true` if nothing is said. `false` where a machine "
                                    + "uses it later, as from cloud-init: it ends with its `ttl` then."),
                    Words.object(
                            "grants",
                            "What the cluster may do; everything within bounds if nothing is said.",
                            Words.texts("may_export", "Patterns of `namespace/name`.", Checks.atMost(256)),
                            Words.number("max_exports", 0, 1_000_000, "Services that it may export."),
                            Words.number("max_gateways", 0, 1_000, "Gateways that it may have.")),
                    Attribute.computed("id", CtyType.Primitive.STRING, "As `tombolo token list` shows it; no secret."),
                    Attribute.computed("token", CtyType.Primitive.STRING, "The token.")
                            .with(Attribute.Trait.SENSITIVE),
                    Attribute.computed("expires_at", CtyType.Primitive.STRING, "When it ends (RFC 3339)."),
                    Attribute.computed(
                            "manual_acls",
                            CtyType.Primitive.STRING,
                            "What Kafka's administrator has to run before it is used, where the authority does not administer "
                                    + "Kafka; else null.")));

    private final Cluster cluster;

    JoinToken(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public Opened open(CtyValue.Fields config) {
        ObjectNode wish = JsonNodeFactory.instance.objectNode();
        wish.put("cluster", config.text("cluster").orElse(""));
        wish.put(
                "ttlSeconds",
                config.text(TTL).flatMap(Durations::parse).orElse(USUAL_TTL).toSeconds());
        if (config.get("grants") instanceof CtyValue.Fields grants) {
            wish.set("grants", SpecJson.write(grantAttributes(), grants));
        }
        JsonNode made;
        try {
            made = cluster.api().post("/tokens", wish);
        } catch (ApiProblem problem) {
            throw Cluster.failed("The join token could not be made", ValuePath.ROOT.name("cluster"), problem);
        }
        String id = made.path("id").asText();
        if (id.isEmpty() || made.path("token").asText().isEmpty()) {
            throw new Failed(
                    ValuePath.ROOT,
                    "The answer of the API is not understood",
                    "It has no token. If one was made it dies at its time, and `tombolo token list` shows it.");
        }
        boolean revoke = !(config.get(REVOKE) instanceof CtyValue.Bool(boolean wanted)) || wanted;
        CtyValue.Fields result = config.with("id", CtyValue.of(id))
                .with("token", CtyValue.of(made.path("token").asText()))
                .with("expires_at", CtyValue.of(made.path("expiresAt").asText()))
                .with(
                        "manual_acls",
                        made.path("manualAcls").isTextual()
                                ? CtyValue.of(made.path("manualAcls").asText())
                                : CtyValue.NULL);
        return new Opened(result, (revoke ? id : "").getBytes(StandardCharsets.UTF_8));
    }

    private static List<Attribute> grantAttributes() {
        return SCHEMA.attribute("grants")
                .map(Attribute::type)
                .map(type -> ((io.tombolo.terraform.schema.AttributeType.Nested) type).attributes())
                .orElseThrow();
    }

    /** That it was used, or is gone, meanwhile is what was wanted. */
    @Override
    public void close(byte[] memory) {
        String id = new String(memory, StandardCharsets.UTF_8);
        if (id.isEmpty()) {
            return;
        }
        try {
            JsonNode revoked = cluster.api().delete("/tokens/" + Api.encoded(id));
            if (!revoked.path("id").asText().equals(id)) {
                throw cluster.api().strange("DELETE /tokens/" + id, "about that token");
            }
        } catch (ApiProblem problem) {
            if (!problem.is(Fault.CONFLICT) && !problem.is(Fault.TOKEN_UNKNOWN)) {
                throw Cluster.failed("The join token could not be revoked", ValuePath.ROOT, problem);
            }
        }
    }
}
