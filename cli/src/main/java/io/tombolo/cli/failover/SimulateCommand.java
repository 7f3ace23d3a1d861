package io.tombolo.cli.failover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.api.ApiCommand;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.cli.output.Table;
import io.tombolo.cli.service.ResourceFile;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tombolo failover simulate}. */
@Command(
        name = "simulate",
        description =
                "What would become of this cluster's traffic: the decision of the running federation, with something changed. Changes nothing.",
        footer = {
            "",
            "Examples:",
            "  tombolo failover simulate --down west",
            "  tombolo failover simulate --down west --load live --picture shares.svg",
            "  tombolo failover simulate --down west --load checkout.shop=900",
            "  tombolo failover simulate --down west --load examples/load/evening.yaml",
            "  tombolo failover simulate --policy examples/failover/active-active.yaml"
        })
final class SimulateCommand extends ApiCommand {
    @Option(names = "--down", paramLabel = "CLUSTER", description = "A cluster that dies; may be repeated.")
    private List<String> down = List.of();

    @Option(
            names = "--gateway-down",
            paramLabel = "INSTANCE",
            description = "A gateway that dies, as `tombolo clusters -o json` names it; may be repeated.")
    private List<String> gatewaysDown = List.of();

    @Option(
            names = "--load",
            paramLabel = "live|FILE|SERVICE=PER-SECOND",
            description = {
                "Requests per second that this cluster asks for, instead of what it asks for now; may be repeated.",
                "live: what it asks for now, as without --load. FILE: YAML or JSON, a map from service to number."
            })
    private List<String> load = List.of();

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "A FailoverPolicy that is not applied, instead of the one of that name, or besides.")
    private Optional<String> policy = Optional.empty();

    @Option(names = "--all", description = "Also the services for which nothing changes.")
    private boolean all;

    @Option(names = "--check", description = "Ends with exit code 1 if a service is left with nothing or overloaded.")
    private boolean check;

    @Option(names = "--picture", paramLabel = "FILE", description = "Also draws the shares, as SVG.")
    private Optional<Path> picture = Optional.empty();

    @Override
    protected ExitCode run(ApiClient api) {
        ObjectNode body = ApiClient.body();
        body.set("down", texts(down));
        body.set("gatewaysDown", texts(gatewaysDown));
        ObjectNode asked = body.putObject("load");
        loads(api).perSecond().forEach(asked::put);
        policy.ifPresent(file -> body.put("policy", ResourceFile.read(file)));
        JsonNode answer = shown(api.post("/failover/simulate", body));
        var table = new Table("Nothing would change.")
                .column("SERVICE", "/of/service")
                .column("CLUSTER", "/cluster")
                .column("BEFORE", row -> Rows.percent(row.path("before")))
                .column("AFTER", row -> Rows.percent(row.path("after")))
                .column("BECAUSE", "/reason");
        output.print(output.forPeople() ? Rows.of(answer, "clusters") : answer, table);
        boolean bad = warn(answer);
        picture.ifPresent(file -> draw(file, answer));
        return check && bad ? ExitCode.FAILED : ExitCode.OK;
    }

    private Loads loads(ApiClient api) {
        var loads = Loads.of(load);
        if (!loads.isEmpty()) {
            loads.mustBeOf(Set.copyOf(api.get("/failover").findValuesAsText("service")));
        }
        return loads;
    }

    private JsonNode shown(JsonNode answer) {
        if (all) {
            return answer;
        }
        ArrayNode changed = JsonNodeFactory.instance.arrayNode();
        answer.forEach(each -> {
            if (each.path("changes").asBoolean() || !each.path("overloads").isEmpty()) {
                changed.add(each);
            }
        });
        return changed;
    }

    private boolean warn(JsonNode answer) {
        boolean bad = false;
        for (JsonNode each : answer) {
            String service = each.path("service").asText();
            if (each.path("leftWithNothing").asBoolean()) {
                output.say("! %s: nobody would be left to answer.", service);
                bad = true;
            }
            if (each.path("shedAfter").asDouble() > 0) {
                output.say(
                        "! %s: %s of its calls would be refused, because nobody has the capacity.",
                        service, Rows.percent(each.path("shedAfter")));
                bad = true;
            }
            for (JsonNode over : each.path("overloads")) {
                output.say(
                        "! %s: %s would get %.0f requests a second and grants %d.",
                        service,
                        over.path("cluster").asText(),
                        over.path("perSecond").asDouble(),
                        over.path("granted").asLong());
                bad = true;
            }
        }
        return bad;
    }

    private static void draw(Path file, JsonNode answer) {
        try {
            Files.writeString(file, SharesPicture.of(answer));
        } catch (IOException failed) {
            throw new TomboloException(
                    Fault.STORE_FAILED, "file " + file, "cannot be written", "name another one", failed);
        }
    }

    private static ArrayNode texts(List<String> texts) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }
}
