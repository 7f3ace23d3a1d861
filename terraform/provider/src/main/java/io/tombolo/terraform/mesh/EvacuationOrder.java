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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code tombolo_evacuation}: traffic leaves a cluster while it is declared. */
final class EvacuationOrder implements ManagedResource {
    private static final String PATH = "/evacuations";
    private static final Duration USUAL_OVER = Duration.ofMinutes(1);

    private static final Schema SCHEMA = schemaOf();

    private final Cluster cluster;

    EvacuationOrder(Cluster cluster) {
        this.cluster = cluster;
    }

    private static Schema schemaOf() {
        var attributes = new ArrayList<>(List.of(
                Attribute.required("cluster", CtyType.Primitive.STRING, "A member's name.")
                        .with(Checks.label())
                        .with(Attribute.Trait.REPLACES),
                Attribute.optional("percent", CtyType.Primitive.NUMBER, "How much leaves, 1 to 100.")
                        .with(Checks.between(1, 100))
                        .or(new CtyValue.Num(100)),
                Attribute.optional("over", CtyType.Primitive.STRING, "How long it takes, `0s` to `1h`.")
                        .with(Checks.lasts(Duration.ZERO, Duration.ofHours(1)))
                        .with(Likeness.DURATION)
                        .or(CtyValue.of("1m"))));
        attributes.addAll(Convergence.attributes());
        attributes.add(Attribute.computed("id", CtyType.Primitive.STRING, "The cluster's name."));
        attributes.add(Attribute.computed("since", CtyType.Primitive.STRING, "When it was ordered (RFC 3339).")
                .with(Attribute.Trait.CHANGES));
        return new Schema(
                "Traffic leaves a cluster while this is declared, and comes back when it is not. That cluster may be dead.",
                attributes);
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
        return ordered(planned, "create");
    }

    @Override
    public CtyValue.Fields update(CtyValue.Fields prior, CtyValue.Fields planned, CtyValue.Fields config) {
        return ordered(planned, "update");
    }

    private CtyValue.Fields ordered(CtyValue.Fields planned, String what) {
        JsonNode given = given(planned);
        CtyValue.Fields made = fields(given.path("order"), planned);
        try {
            mayBeWaitedFor(planned, given);
            new Convergence(cluster).await(planned, what, Convergence.number(given), () -> published(made));
            return made;
        } catch (ApiProblem problem) {
            throw Cluster.failed("It is not known who holds the order", ValuePath.ROOT, problem)
                    .after(made);
        } catch (Failed failed) {
            throw failed.after(made);
        }
    }

    private static void mayBeWaitedFor(CtyValue.Fields planned, JsonNode given) {
        if (Convergence.isWanted(planned) && !given.path("scope").asText().equals("federation")) {
            throw new Failed(
                    ValuePath.ROOT.name("wait_for"),
                    "The order binds one cluster only",
                    "The controller that took it is no authority, so that no other cluster goes by it. Remove `wait_for`, "
                            + "or let an authority give the order.");
        }
    }

    private Optional<Long> published(CtyValue.Fields made) {
        return order(made).flatMap(Convergence::number);
    }

    private JsonNode given(CtyValue.Fields planned) {
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
            JsonNode given = cluster.api().post(PATH, wish);
            return about(planned, given, given.path("order"), "POST " + PATH);
        } catch (ApiProblem problem) {
            throw Cluster.failed("The cluster could not be evacuated", ValuePath.ROOT.name("cluster"), problem);
        }
    }

    @Override
    public Optional<CtyValue.Fields> read(CtyValue.Fields state) {
        try {
            return order(state).map(order -> fields(order, state));
        } catch (ApiProblem problem) {
            throw Cluster.failed("The evacuation could not be read", ValuePath.ROOT, problem);
        }
    }

    /** The order that was given here for that cluster. */
    private Optional<JsonNode> order(CtyValue.Fields of) {
        String wanted = of.text("cluster").orElse("");
        for (JsonNode order : cluster.api().list(PATH)) {
            if (order.path("here").asBoolean() && order.path("cluster").asText().equals(wanted)) {
                return Optional.of(order);
            }
        }
        return Optional.empty();
    }

    @Override
    public void delete(CtyValue.Fields prior) {
        try {
            String path = PATH + "/" + Api.encoded(prior.text("cluster").orElse(""));
            JsonNode undone = cluster.api().delete(path);
            var _ = about(prior, undone, undone, "DELETE " + path);
        } catch (ApiProblem problem) {
            if (!problem.isNotFound()) {
                throw Cluster.failed("The evacuation could not be undone", ValuePath.ROOT, problem);
            }
        }
    }

    private JsonNode about(CtyValue.Fields meant, JsonNode answer, JsonNode named, String request) {
        if (!meant.text("cluster").equals(Optional.of(named.path("cluster").asText()))) {
            throw cluster.api().strange(request, "about that cluster");
        }
        return answer;
    }

    @Override
    public CtyValue.Fields imported(String id) {
        return new CtyValue.Fields(Map.of("cluster", CtyValue.of(id)));
    }

    private static CtyValue.Fields fields(JsonNode order, CtyValue.Fields of) {
        CtyValue name = CtyValue.of(order.path("cluster").asText());
        var said = new CtyValue.Fields(Map.of(
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
        return Convergence.kept(said, of);
    }
}
