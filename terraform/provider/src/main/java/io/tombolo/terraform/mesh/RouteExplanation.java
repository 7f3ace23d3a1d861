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

/** {@code tombolo_route_explanation}: what would become of one call. */
final class RouteExplanation implements DataSource {
    private static final List<String> ASKED =
            List.of("namespace", "account", "service", "port", "from", "method", "path");

    private static final Schema SCHEMA = new Schema(
            "Where a call of a workload would go now, and why: what `tombolo explain` prints.",
            List.of(
                    Words.text("namespace", "The caller's; `default` if nothing is said.", Checks.label()),
                    Words.requiredText("account", "The caller's.", Checks.label()),
                    Words.requiredText("service", "Such as `checkout.shop`, or `checkout` in the caller's namespace."),
                    Words.number("port", 1, 65_535, "The service's first if nothing is said."),
                    Words.text("from", "The caller's cluster, if it is another one.", Checks.label()),
                    Words.text("method", "`GET` if nothing is said."),
                    Words.text("path", "`/` if nothing is said."),
                    Attribute.optional(
                            "headers",
                            new CtyType.MapOf(CtyType.Primitive.STRING),
                            "What policies and routes look at."),
                    Found.truth("answered", "Whether somebody would answer: no step refuses."),
                    Found.objects(
                            "steps",
                            "From the name to the pick.",
                            Found.text("step", "Such as `route`."),
                            Found.text("text", "For people."),
                            Found.text("result", "`ok`, `refused` or `unknown`.")),
                    Found.objects(
                            "candidates",
                            "The clusters that have it.",
                            Found.text("cluster", "The member."),
                            Found.text("tier", "Of the policy; `-` if it is in none."),
                            Found.number("ready", "Instances that are ready; null = not known."),
                            Found.number("total", "Instances that should be; null = not known."),
                            Found.text("freshness", "How current that is."),
                            Found.text("path", "Whether its gateways answer."),
                            Found.number("rtt_micros", "Measured round trip; null = not known."),
                            Found.number("capacity", "Requests per second that it says it takes; null = not said."),
                            Found.number("granted", "How many of them this cluster may plan with; null = not said."),
                            Found.number("share", "What it gets, 0 to 1."),
                            Found.text("reason", "Why."))));

    private final Cluster cluster;

    RouteExplanation(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public CtyValue.Fields read(CtyValue.Fields config) {
        var query = new StringBuilder();
        for (String name : ASKED) {
            switch (config.get(name)) {
                case CtyValue.Text(String text) -> add(query, name, text);
                case CtyValue.Num(var number) -> add(query, name, number.toPlainString());
                default -> {}
            }
        }
        if (config.get("headers") instanceof CtyValue.Fields headers) {
            headers.values()
                    .keySet()
                    .forEach(name ->
                            add(query, "header", name + "=" + headers.text(name).orElse("")));
        }
        try {
            JsonNode found = cluster.api().get("/explain" + query);
            if (!found.path("steps").isArray() || found.path("steps").isEmpty()) {
                throw cluster.api().strange("GET /explain", "an explanation"); // nobody said that the call is answered
            }
            CtyValue.Fields read = SpecJson.read(SCHEMA.attributes(), found);
            boolean answered = true;
            for (JsonNode step : found.path("steps")) {
                answered &= !step.path("result").asText().equals("refused");
            }
            for (String name : ASKED) {
                read = read.with(name, config.get(name));
            }
            return read.with("headers", config.get("headers")).with("answered", new CtyValue.Bool(answered));
        } catch (ApiProblem problem) {
            throw Cluster.failed("The call could not be explained", ValuePath.ROOT.name("service"), problem);
        }
    }

    private static void add(StringBuilder query, String name, String value) {
        query.append(query.isEmpty() ? '?' : '&').append(name).append('=').append(Api.encoded(value));
    }
}
