package io.tombolo.terraform.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.terraform.cty.CtyType;
import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.terraform.resource.Failed;
import io.tombolo.terraform.resource.ManagedResource;
import io.tombolo.terraform.schema.Attribute;
import io.tombolo.terraform.schema.Checks;
import io.tombolo.terraform.schema.Durations;
import io.tombolo.terraform.schema.Likeness;
import io.tombolo.terraform.schema.Schema;
import io.tombolo.terraform.schema.ValuePath;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code tombolo_evacuation}: traffic leaves a cluster while it is declared. */
final class EvacuationOrder implements ManagedResource {
    private static final String PATH = "/evacuations";
    private static final Duration USUAL_OVER = Duration.ofMinutes(1);

    private static final Schema SCHEMA = new Schema(
            "Traffic leaves a cluster while this is declared, and comes back when it is not. That cluster may be dead.",
            List.of(
                    Attribute.required("cluster", CtyType.Primitive.STRING, "A member's name.")
                            .with(Checks.label())
                            .with(Attribute.Trait.REPLACES),
                    Attribute.optional("percent", CtyType.Primitive.NUMBER, "How much leaves, 1 to 100.")
                            .with(Checks.between(1, 100))
                            .or(new CtyValue.Num(100)),
                    Attribute.optional("over", CtyType.Primitive.STRING, "How long it takes, `0s` to `1h`.")
                            .with(Checks.lasts(Duration.ZERO, Duration.ofHours(1)))
                            .with(Likeness.DURATION)
                            .or(CtyValue.of("1m")),
                    Attribute.computed("id", CtyType.Primitive.STRING, "The cluster's name."),
                    Attribute.computed("since", CtyType.Primitive.STRING, "When it was ordered (RFC 3339).")
                            .with(Attribute.Trait.CHANGES)));

    private final Cluster cluster;

    EvacuationOrder(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public CtyValue.Fields create(CtyValue.Fields planned, CtyValue.Fields config) {
        if (read(planned).isPresent()) {
            throw new Failed(
                    ValuePath.ROOT.name("cluster"),
                    "The cluster is being evacuated already",
                    "Import that order with id \"" + planned.text("cluster").orElse("")
                            + "\", or take it back with `tombolo evacuate --undo`.");
        }
        return ordered(planned);
    }

    @Override
    public CtyValue.Fields update(CtyValue.Fields prior, CtyValue.Fields planned, CtyValue.Fields config) {
        return ordered(planned);
    }

    private CtyValue.Fields ordered(CtyValue.Fields planned) {
        ObjectNode wish = JsonNodeFactory.instance.objectNode();
        wish.put("cluster", planned.text("cluster").orElse(""));
        if (planned.get("percent") instanceof CtyValue.Num(var percent)) {
            wish.put("percent", percent.intValueExact());
        }
        wish.put(
                "overMillis",
                planned.text("over")
                        .flatMap(Durations::parse)
                        .orElse(USUAL_OVER)
                        .toMillis());
        try {
            return fields(cluster.api().post(PATH, wish).path("order"));
        } catch (ApiProblem problem) {
            throw Cluster.failed("The cluster could not be evacuated", ValuePath.ROOT.name("cluster"), problem);
        }
    }

    @Override
    public Optional<CtyValue.Fields> read(CtyValue.Fields state) {
        String wanted = state.text("cluster").orElse("");
        try {
            for (JsonNode order : cluster.api().get(PATH)) {
                if (order.path("here").asBoolean()
                        && order.path("cluster").asText().equals(wanted)) {
                    return Optional.of(fields(order));
                }
            }
            return Optional.empty();
        } catch (ApiProblem problem) {
            throw Cluster.failed("The evacuation could not be read", ValuePath.ROOT, problem);
        }
    }

    @Override
    public void delete(CtyValue.Fields prior) {
        try {
            var _ = cluster.api()
                    .delete(PATH + "/" + Api.encoded(prior.text("cluster").orElse("")));
        } catch (ApiProblem problem) {
            if (!problem.isNotFound()) {
                throw Cluster.failed("The evacuation could not be undone", ValuePath.ROOT, problem);
            }
        }
    }

    @Override
    public CtyValue.Fields imported(String id) {
        return new CtyValue.Fields(Map.of("cluster", CtyValue.of(id)));
    }

    private static CtyValue.Fields fields(JsonNode order) {
        CtyValue name = CtyValue.of(order.path("cluster").asText());
        return new CtyValue.Fields(Map.of(
                "cluster",
                name,
                "percent",
                new CtyValue.Num(order.path("percent").asLong()),
                "over",
                CtyValue.of(Durations.text(
                        Duration.ofMillis(order.path("overMillis").asLong()))),
                "id",
                name,
                "since",
                CtyValue.of(order.path("since").asText())));
    }
}
