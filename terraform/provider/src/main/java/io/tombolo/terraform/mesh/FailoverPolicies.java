package io.tombolo.terraform.mesh;

import static io.tombolo.terraform.mesh.Words.HOUR;
import static io.tombolo.terraform.mesh.Words.ZERO;
import static io.tombolo.terraform.mesh.Words.duration;
import static io.tombolo.terraform.mesh.Words.labels;
import static io.tombolo.terraform.mesh.Words.number;
import static io.tombolo.terraform.mesh.Words.object;
import static io.tombolo.terraform.mesh.Words.objects;
import static io.tombolo.terraform.mesh.Words.requiredText;
import static io.tombolo.terraform.mesh.Words.text;
import static io.tombolo.terraform.mesh.Words.texts;
import static io.tombolo.terraform.mesh.Words.truth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.terraform.cty.CtyType;
import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.terraform.schema.Attribute;
import io.tombolo.terraform.schema.Checks;
import io.tombolo.terraform.schema.Problem;
import io.tombolo.terraform.schema.ValuePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code tombolo_failover_policy}. */
final class FailoverPolicies {
    private static final int HEAVIEST = 1_000;
    private static final List<String> REACHES = List.of("local", "same_zone", "same_region", "clusters");
    private static final List<String> CLUSTERS = List.of("any", "only", "any_except");

    private FailoverPolicies() {}

    static Kind kind() {
        return Kind.of(
                        Words.MESH,
                        "FailoverPolicy",
                        "failover policy",
                        "Says how calls of a service are divided over the clusters that have it, and move between them, for the "
                                + "workloads of the cluster that call it.",
                        object(
                                "target_ref",
                                "The service; without it every service of the namespace, in `tombolo-system` every service "
                                        + "that is called from the cluster.",
                                text("kind", "`Service`.", Checks.oneOf("Service")),
                                requiredText("name", "A service of the policy's namespace.", Checks.label())),
                        text(
                                "scope",
                                "`Cluster`, or in `tombolo-system` of an authority `Federation`. `Cluster` if nothing is said.",
                                Checks.oneOf("Cluster", "Federation")),
                        tiers(),
                        number(
                                "healthy_below",
                                0,
                                100,
                                "Percent: a tier with fewer of its instances ready gives away traffic in proportion."),
                        number("min_healthy", 1, HEAVIEST, "A cluster with fewer ready instances counts as none."),
                        text(
                                "max_staleness",
                                "Of a cluster whose lease is over: `Demote`, it comes after all others; `Drop`, it gets "
                                        + "nothing. `Demote` if nothing is said.",
                                Checks.oneOf("Demote", "Drop")),
                        duration(
                                "hold",
                                ZERO,
                                HOUR,
                                "How long a cluster that came back must stay usable before it gets traffic again."),
                        object(
                                "failback",
                                "The way back.",
                                duration("ramp", ZERO, HOUR, "How long moving everything back takes.")),
                        capacity(),
                        duration(
                                "max_latency",
                                Duration.ofMillis(1),
                                Duration.ofSeconds(10),
                                "Clusters with a longer round trip come after all others."),
                        labels("require", 16, "Who lacks one of these labels gets nothing."),
                        labels("prefer", 16, "Who has these labels comes first within a tier."),
                        object(
                                "retry",
                                "Second attempts.",
                                truth(
                                        "next_cluster",
                                        "Whether they avoid the cluster of the first, while another one is admitted.")))
                .checking(FailoverPolicies::problems)
                .forOthers()
                .as(FailoverPolicies::toApi, FailoverPolicies::fromApi);
    }

    private static Attribute capacity() {
        return object(
                "capacity",
                "What clusters grant.",
                truth("limits", "Whether a cluster gets at most what it grants. `true` if nothing is said."),
                number("max_share", 1, 100, "Percent: no remote cluster gets more by its own claim."));
    }

    private static Attribute tiers() {
        return objects(
                        "tiers",
                        16,
                        "In order of preference; a cluster belongs to the first that it fits. Local, same region, any, if "
                                + "nothing is said.",
                        truth("local", "`true`: the cluster itself."),
                        truth("same_zone", "`true`: clusters that say its region and zone."),
                        truth("same_region", "`true`: clusters that say its region."),
                        object(
                                "clusters",
                                "Clusters by name; one of these.",
                                truth("any", "`true`: every cluster."),
                                texts("only", "These.", Checks.count(1, 64), Checks.each(Checks.label())),
                                texts(
                                        "any_except",
                                        "All but these.",
                                        Checks.count(1, 64),
                                        Checks.each(Checks.label()))),
                        labels("labels", 16, "And only clusters that say all of these labels."),
                        Attribute.optional(
                                        "weights",
                                        new CtyType.MapOf(CtyType.Primitive.NUMBER),
                                        "How traffic is divided within the tier, by cluster, 0 to 1000. Who is not named has 1, "
                                                + "who has 0 gets what the others cannot take.")
                                .with(Checks.atMost(64))
                                .with(Checks.each(Checks.between(0, HEAVIEST))))
                .with(Checks.count(1, 16));
    }

    private static List<Problem> problems(CtyValue.Fields config) {
        var found = new ArrayList<Problem>();
        boolean forOthers = config.get("scope") instanceof CtyValue.Unknown
                || config.text("scope").filter("Federation"::equals).isPresent();
        if (config.get("wait_for") instanceof CtyValue.Fields && !forOthers) {
            found.add(
                    Problem.error(
                            ValuePath.ROOT.name("wait_for"),
                            "Nobody to wait for",
                            "No other member gets a policy of this cluster alone: leave wait_for out, or set scope to \"Federation\"."));
        }
        if (!(config.get("tiers") instanceof CtyValue.Items(List<CtyValue> tiers))) {
            return found;
        }
        for (int i = 0; i < tiers.size(); i++) {
            ValuePath here = ValuePath.ROOT.name("tiers").index(i);
            if (tiers.get(i) instanceof CtyValue.Fields tier) {
                one(tier, REACHES, here, found);
                if (tier.get("clusters") instanceof CtyValue.Fields clusters) {
                    one(clusters, CLUSTERS, here.name("clusters"), found);
                }
            }
        }
        return found;
    }

    private static void one(CtyValue.Fields of, List<String> names, ValuePath here, List<Problem> found) {
        boolean unknown = names.stream().anyMatch(name -> of.get(name) instanceof CtyValue.Unknown);
        List<String> said = names.stream()
                .filter(name -> of.get(name).isKnown())
                .filter(name -> !(of.get(name) instanceof CtyValue.Bool(boolean truth)) || truth)
                .toList();
        if (!unknown && said.size() != 1) {
            found.add(Problem.error(
                    here,
                    "Not one kind of cluster",
                    here.text() + " must say one of " + String.join(", ", names) + "; it says "
                            + (said.isEmpty() ? "none of them" : String.join(" and ", said)) + "."));
        }
    }

    /** {@code clusters: any} is a word at the API. */
    private static ObjectNode toApi(ObjectNode spec) {
        tiers(spec)
                .filter(tier -> tier.path("clusters").path("any").asBoolean())
                .forEach(tier -> tier.put("clusters", "any"));
        return spec;
    }

    private static ObjectNode fromApi(ObjectNode spec) {
        tiers(spec)
                .filter(tier -> tier.path("clusters").isTextual())
                .forEach(tier -> tier.putObject("clusters").put("any", true));
        return spec;
    }

    private static Stream<ObjectNode> tiers(ObjectNode spec) {
        var tiers = new ArrayList<ObjectNode>();
        for (JsonNode tier : spec.path("tiers")) {
            if (tier instanceof ObjectNode object) {
                tiers.add(object);
            }
        }
        return tiers.stream();
    }
}
