package io.tombolo.terraform.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tombolo.terraform.cty.CtyType;
import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.terraform.resource.Failed;
import io.tombolo.terraform.resource.ManagedResource;
import io.tombolo.terraform.schema.Attribute;
import io.tombolo.terraform.schema.Checks;
import io.tombolo.terraform.schema.Schema;
import io.tombolo.terraform.schema.ValuePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code tombolo_cluster}: a cluster's membership, as its authority sees it. It is the cluster that joins, with a token; this waits
 * until it has, and until it says of itself what is expected of it.
 */
final class Membership implements ManagedResource {
    private static final Duration USUAL_WAIT = Duration.ofMinutes(30);
    private static final long PAUSE_MILLIS = 1_000;
    private static final CtyType LABELS = new CtyType.MapOf(CtyType.Primitive.STRING);
    private static final String ON_DESTROY = "on_destroy";

    private static final Schema SCHEMA = new Schema(
            "A cluster's membership. The cluster itself joins, with the token of `tombolo_join_token`; this waits until it has, "
                    + "and until it says of itself what is expected of it here. The API has to be an authority's for it to leave.",
            List.of(
                    Attribute.required("name", CtyType.Primitive.STRING, "The cluster's name.")
                            .with(Checks.label())
                            .with(Attribute.Trait.REPLACES),
                    expected("region", CtyType.Primitive.STRING, "`controller.region`"),
                    expected("zone", CtyType.Primitive.STRING, "`controller.zone`"),
                    expected("labels", LABELS, "`controller.labels`"),
                    Attribute.optional(
                                    ON_DESTROY,
                                    CtyType.Primitive.STRING,
                                    "What becomes of the membership when this is destroyed: `leave`, it may join again with "
                                            + "another token; `evict`, its credentials are revoked at once; `keep`, nothing.")
                            .with(Checks.oneOf("leave", "evict", "keep"))
                            .or(CtyValue.of("leave")),
                    Timeouts.attribute(USUAL_WAIT),
                    Attribute.computed("id", CtyType.Primitive.STRING, "The cluster's name."),
                    Attribute.computed("epoch", CtyType.Primitive.NUMBER, "One more with each time it joined."),
                    Attribute.computed("authority", CtyType.Primitive.BOOL, "Whether it is an authority."),
                    Attribute.computed("trust_domain", CtyType.Primitive.STRING, "Its SPIFFE trust domain.")));

    private final Cluster cluster;

    Membership(Cluster cluster) {
        this.cluster = cluster;
    }

    private static Attribute expected(String name, CtyType type, String setting) {
        String description = "What the cluster says of itself by its " + setting
                + ". Where this is said, it is waited for; it is never set from here.";
        Attribute plain = Attribute.optional(name, type, description);
        return new Attribute(
                name,
                plain.type(),
                Attribute.Mode.OPTIONAL_COMPUTED,
                plain.traits(),
                plain.fallback(),
                plain.likeness(),
                plain.checks(),
                description);
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public CtyValue.Fields create(CtyValue.Fields planned, CtyValue.Fields config) {
        return awaited(planned, Timeouts.of(planned, "create", USUAL_WAIT));
    }

    @Override
    public CtyValue.Fields update(CtyValue.Fields prior, CtyValue.Fields planned, CtyValue.Fields config) {
        return awaited(planned, Timeouts.of(planned, "update", USUAL_WAIT));
    }

    /** Until the member says what is planned, or the time is over. */
    private CtyValue.Fields awaited(CtyValue.Fields planned, Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        while (true) {
            Optional<CtyValue.Fields> member = member(planned);
            Optional<String> missing = missing(planned, member);
            if (missing.isEmpty() && member.isPresent()) {
                return member.get();
            }
            if (System.nanoTime() > deadline || !cluster.pause(PAUSE_MILLIS)) {
                throw new Failed(
                        ValuePath.ROOT.name("name"),
                        "The cluster did not become what is expected",
                        missing.orElse("") + ". Waited for " + longest.toSeconds()
                                + " s at most. See `tombolo clusters`, and the log of that cluster's controller; a "
                                + "longer wait is `timeouts.create`.");
            }
        }
    }

    private static Optional<String> missing(CtyValue.Fields planned, Optional<CtyValue.Fields> member) {
        if (member.isEmpty()) {
            return Optional.of("Cluster " + planned.text("name").orElse("") + " has not joined");
        }
        return List.of("region", "zone", "labels").stream()
                .filter(name -> planned.get(name).isKnown())
                .filter(name -> !planned.get(name).equals(member.get().get(name)))
                .map(name ->
                        "Its " + name + " is " + text(member.get().get(name)) + ", expected " + text(planned.get(name)))
                .findFirst();
    }

    private static String text(CtyValue value) {
        return switch (value) {
            case CtyValue.Text(String text) -> '"' + text + '"';
            case CtyValue.Fields fields -> {
                var parts = new ArrayList<String>();
                fields.values()
                        .keySet()
                        .forEach(
                                name -> parts.add(name + "=" + fields.text(name).orElse("")));
                yield parts.toString();
            }
            default -> "not said";
        };
    }

    @Override
    public Optional<CtyValue.Fields> read(CtyValue.Fields state) {
        return member(state).map(member -> member.with(ON_DESTROY, state.get(ON_DESTROY)));
    }

    @Override
    public void delete(CtyValue.Fields prior) {
        String how = prior.text(ON_DESTROY).orElse("leave");
        String name = prior.text("name").orElse("");
        if (how.equals("keep")) {
            return;
        }
        try {
            String path = "/clusters/" + Api.encoded(name) + "/" + how;
            var body = JsonNodeFactory.instance.objectNode();
            var _ = cluster.api().post(path, how.equals("evict") ? body.put("reason", "terraform destroy") : body);
        } catch (ApiProblem problem) {
            if (!problem.isNotFound() && member(prior).isPresent()) {
                throw Cluster.failed("The cluster could not be made to " + how, ValuePath.ROOT.name("name"), problem);
            }
        }
    }

    @Override
    public CtyValue.Fields imported(String id) {
        return new CtyValue.Fields(Map.of("name", CtyValue.of(id), ON_DESTROY, CtyValue.of("leave")));
    }

    private Optional<CtyValue.Fields> member(CtyValue.Fields of) {
        String wanted = of.text("name").orElse("");
        try {
            for (JsonNode member : cluster.api().list("/clusters")) {
                if (member.path("cluster").asText().equals(wanted)
                        && member.path("state").asText().equals("ADMITTED")) {
                    return Optional.of(fields(member, of));
                }
            }
            return Optional.empty();
        } catch (ApiProblem problem) {
            throw Cluster.failed("The members could not be read", ValuePath.ROOT, problem);
        }
    }

    private static CtyValue.Fields fields(JsonNode member, CtyValue.Fields of) {
        var values = new TreeMap<String, CtyValue>();
        CtyValue name = CtyValue.of(member.path("cluster").asText());
        values.put("name", name);
        values.put("id", name);
        values.put("region", CtyValue.of(member.path("region").asText()));
        values.put("zone", CtyValue.of(member.path("zone").asText()));
        values.put("labels", SpecJson.read("labels", LABELS, member.path("labels")));
        values.put(ON_DESTROY, of.get(ON_DESTROY));
        values.put("timeouts", Timeouts.of(of));
        values.put("epoch", new CtyValue.Num(member.path("epoch").asLong()));
        values.put("authority", new CtyValue.Bool(member.path("authority").asBoolean()));
        values.put("trust_domain", CtyValue.of(member.path("trustDomain").asText()));
        return new CtyValue.Fields(values);
    }
}
