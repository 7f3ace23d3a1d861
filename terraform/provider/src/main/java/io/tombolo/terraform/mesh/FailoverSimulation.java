package io.tombolo.terraform.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.terraform.cty.CtyType;
import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.terraform.resource.DataSource;
import io.tombolo.terraform.schema.Attribute;
import io.tombolo.terraform.schema.Checks;
import io.tombolo.terraform.schema.Problem;
import io.tombolo.terraform.schema.Schema;
import io.tombolo.terraform.schema.ValuePath;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** {@code tombolo_failover_simulation}: what would become of all traffic; a precondition can refuse a plan by it. */
final class FailoverSimulation implements DataSource {
    private static final String GATEWAYS_DOWN = "gateways_down";

    private static final List<Attribute> ASKED = List.of(
            Words.texts("down", "Clusters that die.", Checks.each(Checks.label())),
            Words.texts(GATEWAYS_DOWN, "Instances of gateways that die."),
            Words.text("policy", "FailoverPolicy resources as YAML, in place of those of the same name, or besides."),
            Attribute.optional(
                    "load",
                    new CtyType.MapOf(CtyType.Primitive.NUMBER),
                    "Requests per second by `name.namespace`, instead of what is asked for now."));

    private static final Schema SCHEMA = new Schema(
            "What would become of the cluster's calls if clusters or gateways died, or policies were others: what "
                    + "`tombolo failover simulate` prints. By the code that decides, on a copy of what is known now.",
            all());

    private final Cluster cluster;

    FailoverSimulation(Cluster cluster) {
        this.cluster = cluster;
    }

    private static List<Attribute> all() {
        var attributes = new ArrayList<>(ASKED);
        attributes.add(Found.texts("overloaded", "Services of which a cluster would get more than it grants."));
        attributes.add(Found.texts("left_with_nothing", "Services that nobody would answer for."));
        attributes.add(Found.objects(
                "services",
                "Each service.",
                Found.text("service", "`namespace/name`."),
                Found.number("demand_per_second", "What is asked for; null = not known."),
                Found.truth("changes", "Whether its shares would be others."),
                Found.truth("left_with_nothing", "Whether nobody would answer."),
                Found.truth("panic", "Whether everything would look unhealthy, and traffic be spread."),
                Found.number("shed_before", "What is refused for lack of capacity, 0 to 1."),
                Found.number("shed_after", "What would be."),
                Found.objects(
                        "clusters",
                        "Who gets what.",
                        Found.text("cluster", "The member."),
                        Found.number("before", "Its share now, 0 to 1."),
                        Found.number("after", "Its share then."),
                        Found.text("reason", "Why.")),
                Found.objects(
                        "overloads",
                        "Who would get more than it grants.",
                        Found.text("cluster", "The member."),
                        Found.number("per_second", "What it would get."),
                        Found.number("granted", "What it grants."))));
        return attributes;
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public List<Problem> problems(CtyValue.Fields config) {
        boolean nothing = ASKED.stream().allMatch(asked -> config.get(asked.name()) instanceof CtyValue.Null);
        return nothing
                ? List.of(Problem.error(
                        ValuePath.ROOT,
                        "Nothing to simulate",
                        "Set at least one of down, gateways_down, policy and load."))
                : List.of();
    }

    @Override
    public CtyValue.Fields read(CtyValue.Fields config) {
        try {
            ObjectNode found = JsonNodeFactory.instance.objectNode();
            JsonNode services = cluster.api().postForList("/failover/simulate", SpecJson.write(ASKED, config));
            found.set("services", services);
            CtyValue.Fields read = SpecJson.read(SCHEMA.attributes(), found)
                    .with(
                            "overloaded",
                            names(services, one -> !one.path("overloads").isEmpty()))
                    .with(
                            "left_with_nothing",
                            names(services, one -> one.path("leftWithNothing").asBoolean()));
            for (Attribute asked : ASKED) {
                read = read.with(asked.name(), config.get(asked.name()));
            }
            return read;
        } catch (ApiProblem problem) {
            throw Cluster.failed("The failover could not be simulated", ValuePath.ROOT, problem);
        }
    }

    private static CtyValue names(JsonNode services, Predicate<JsonNode> wanted) {
        var names = new ArrayList<String>();
        for (JsonNode service : services) {
            if (wanted.test(service)) {
                names.add(service.path("service").asText());
            }
        }
        return CtyValue.of(names);
    }
}
