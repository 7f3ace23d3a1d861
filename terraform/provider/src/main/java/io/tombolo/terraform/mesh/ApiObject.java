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
import io.tombolo.terraform.schema.Problem;
import io.tombolo.terraform.schema.Schema;
import io.tombolo.terraform.schema.ValuePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A resource of the controller as one of Terraform's. What it says is kept there as it was written. */
final class ApiObject implements ManagedResource {
    private final Cluster cluster;
    private final Kind kind;
    private final Schema schema;

    ApiObject(Cluster cluster, Kind kind) {
        this.cluster = cluster;
        this.kind = kind;
        var attributes = new ArrayList<Attribute>();
        attributes.add(Attribute.required("name", CtyType.Primitive.STRING, "A name of 1 to 63 characters (RFC 1123).")
                .with(Checks.label())
                .with(Attribute.Trait.REPLACES));
        attributes.add(Attribute.optional("namespace", CtyType.Primitive.STRING, "Its namespace.")
                .with(Checks.label())
                .with(Attribute.Trait.REPLACES)
                .or(CtyValue.of("default")));
        attributes.addAll(kind.spec());
        attributes.addAll(own());
        attributes.add(Attribute.computed("id", CtyType.Primitive.STRING, "`cluster/namespace/name`."));
        attributes.add(Attribute.computed("generation", CtyType.Primitive.NUMBER, "One more with each change.")
                .with(Attribute.Trait.CHANGES));
        attributes.add(Attribute.computed("created_at", CtyType.Primitive.STRING, "When it was made (RFC 3339)."));
        this.schema = new Schema(kind.description(), attributes);
    }

    /** What only Terraform has to know. */
    private List<Attribute> own() {
        return kind.published() ? Convergence.attributes() : List.of();
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public List<Problem> problems(CtyValue.Fields config) {
        return kind.problems().apply(config);
    }

    /** Asks the controller to try it, if all of it is known; that nobody answers is no reason not to plan. */
    @Override
    public List<Problem> problems(Optional<CtyValue.Fields> prior, CtyValue.Fields planned) {
        Optional<Api> api = cluster.whenKnown();
        boolean known = planned.get("name").isKnown()
                && planned.get("namespace").isKnown()
                && kind.spec().stream()
                        .allMatch(attribute -> planned.get(attribute.name()).isWhollyKnown());
        if (api.isEmpty() || !known) {
            return List.of();
        }
        try {
            JsonNode tried = api.get().postForList("/resources?dryRun=true", document(planned));
            boolean isNew = tried.at("/0/result").asText().equals("created");
            var found = new ArrayList<>(prior.isEmpty() && !isNew ? taken(api.get(), planned) : List.of());
            // Of what else is known then, much is planned in the same run.
            tried.at("/0/status/conditions")
                    .forEach(condition -> conflict(condition).ifPresent(found::add));
            return found;
        } catch (ApiProblem problem) {
            return problem.isUnreachable()
                    ? List.of(Problem.warning(
                            ValuePath.ROOT, "The plan could not be checked with the API", problem.detail()))
                    : List.of(refused("cannot be applied", problem));
        }
    }

    /** That others export the same name otherwise. */
    private Optional<Problem> conflict(JsonNode condition) {
        boolean there = condition.path("type").asText().equals("Conflict")
                && condition.path("status").asText().equals("True");
        return there ? Optional.of(said("conflicts with exports of other clusters", condition)) : Optional.empty();
    }

    private Problem said(String what, JsonNode condition) {
        return Problem.warning(
                ValuePath.ROOT.name("name"),
                "The " + kind.title() + " " + what + ": "
                        + condition.path("reason").asText(),
                condition.path("message").asText());
    }

    private List<Problem> taken(Api api, CtyValue.Fields planned) {
        return find(api, planned).isPresent() ? List.of(exists(Problem.Severity.WARNING, planned)) : List.of();
    }

    private Problem exists(Problem.Severity severity, CtyValue.Fields planned) {
        return new Problem(
                severity,
                ValuePath.ROOT.name("name"),
                "The " + kind.title() + " exists already",
                "Cluster " + cluster.name() + " has a " + kind.name() + " "
                        + planned.text("namespace").orElse("") + "/"
                        + planned.text("name").orElse("")
                        + " already. Unless this configuration made it, and replaces it now, import it with id \""
                        + id(planned) + "\", or choose another name.");
    }

    @Override
    public CtyValue.Fields create(CtyValue.Fields planned, CtyValue.Fields config) {
        if (find(cluster.api(), planned).isPresent()) {
            throw new Failed(List.of(exists(Problem.Severity.ERROR, planned)), Optional.empty());
        }
        return applied(planned, "create");
    }

    @Override
    public CtyValue.Fields update(CtyValue.Fields prior, CtyValue.Fields planned, CtyValue.Fields config) {
        return applied(planned, "update");
    }

    private CtyValue.Fields applied(CtyValue.Fields planned, String what) {
        ObjectNode document = document(planned);
        CtyValue.Fields kept = planned.with("id", CtyValue.of(id(planned))); // known before: nothing may fail between
        JsonNode answer;
        try {
            answer = cluster.api().postForList("/resources", document);
        } catch (ApiProblem problem) {
            throw new Failed(List.of(refused("could not be applied", problem)), Optional.empty());
        }
        try {
            // Applying it again changes nothing, and tells under which number it was published.
            new Convergence(cluster)
                    .await(
                            planned,
                            what,
                            Convergence.number(answer.path(0)),
                            () -> Convergence.number(cluster.api()
                                    .postForList("/resources", document)
                                    .path(0)));
            return find(cluster.api(), planned)
                    .map(json -> fields(json, kept))
                    .orElseThrow(() -> new Failed(
                            ValuePath.ROOT,
                            "The " + kind.title() + " is gone again",
                            "Somebody deleted it in the moment it was applied. Apply again."));
        } catch (ApiProblem problem) {
            throw Cluster.failed("It is not known who holds it", ValuePath.ROOT, problem)
                    .after(kept);
        } catch (Failed failed) {
            throw failed.after(kept);
        }
    }

    /** Conditions that do not hold: legal, and perhaps not what was meant. */
    @Override
    public List<Problem> warnings(CtyValue.Fields applied) {
        var found = new ArrayList<Problem>();
        try {
            for (JsonNode condition : cluster.api().get(path(applied)).at("/status/conditions")) {
                conflict(condition).ifPresent(found::add);
                if (condition.path("status").asText().equals("False")) {
                    found.add(said("is not " + condition.path("type").asText(), condition));
                }
            }
            return found;
        } catch (ApiProblem notSaid) {
            return found; // it is applied: that nothing more is known is no reason to say that it failed
        }
    }

    @Override
    public Optional<CtyValue.Fields> read(CtyValue.Fields state) {
        return find(cluster.api(), state).map(json -> fields(json, state));
    }

    @Override
    public void delete(CtyValue.Fields prior) {
        try {
            JsonNode gone = cluster.api().delete(path(prior));
            if (!isMeant(gone, gone, prior)) {
                throw cluster.api().strange("DELETE " + path(prior), "about that " + kind.name());
            }
        } catch (ApiProblem problem) {
            if (!problem.isNotFound()) {
                throw Cluster.failed("The " + kind.title() + " could not be deleted", ValuePath.ROOT, problem);
            }
        }
    }

    @Override
    public CtyValue.Fields imported(String id) {
        String[] parts = id.split("/", -1);
        boolean local = parts.length == 2 || parts.length == 3 && parts[0].equals(cluster.name());
        if (!local) {
            throw new Failed(
                    ValuePath.ROOT,
                    "Not an id of a " + kind.title(),
                    "\"" + id + "\" does not name one of cluster " + cluster.name()
                            + ", whose API the provider talks to: write \"" + cluster.name() + "/NAMESPACE/NAME\".");
        }
        var values = new TreeMap<String, CtyValue>();
        values.put("namespace", CtyValue.of(parts[parts.length - 2]));
        values.put("name", CtyValue.of(parts[parts.length - 1]));
        return new CtyValue.Fields(values);
    }

    private Optional<JsonNode> find(Api api, CtyValue.Fields of) {
        try {
            JsonNode found = api.get(path(of));
            if (!isMeant(found, found.path("metadata"), of)) {
                throw api.strange("GET " + path(of), "that " + kind.name());
            }
            return Optional.of(found);
        } catch (ApiProblem problem) {
            if (problem.isNotFound()) {
                return Optional.empty();
            }
            throw Cluster.failed("The " + kind.title() + " could not be read", ValuePath.ROOT, problem);
        }
    }

    private boolean isMeant(JsonNode answer, JsonNode named, CtyValue.Fields of) {
        return answer.path("kind").asText().equals(kind.name())
                && of.text("name").equals(Optional.of(named.path("name").asText()))
                && of.text("namespace")
                        .equals(Optional.of(named.path("namespace").asText()));
    }

    private CtyValue.Fields fields(JsonNode json, CtyValue.Fields state) {
        JsonNode spec = json.path("spec");
        CtyValue.Fields read = SpecJson.read(
                kind.spec(), spec instanceof ObjectNode object ? kind.fromApi().apply(object.deepCopy()) : spec);
        for (Attribute attribute : own()) {
            read = read.with(attribute.name(), state.get(attribute.name()));
        }
        JsonNode metadata = json.path("metadata");
        return read.with("name", CtyValue.of(metadata.path("name").asText()))
                .with("namespace", CtyValue.of(metadata.path("namespace").asText()))
                .with("id", CtyValue.of(id(state)))
                .with("generation", new CtyValue.Num(metadata.path("generation").asLong()))
                .with(
                        "created_at",
                        CtyValue.of(metadata.path("creationTimestamp").asText()));
    }

    private ObjectNode document(CtyValue.Fields planned) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("apiVersion", kind.apiVersion()).put("kind", kind.name());
        document.putObject("metadata")
                .put("name", planned.text("name").orElse(""))
                .put("namespace", planned.text("namespace").orElse(""));
        document.set("spec", kind.toApi().apply(SpecJson.write(kind.spec(), planned)));
        return document;
    }

    private String path(CtyValue.Fields of) {
        return "/resources/" + kind.name() + "/"
                + Api.encoded(of.text("namespace").orElse("")) + "/"
                + Api.encoded(of.text("name").orElse(""));
    }

    private String id(CtyValue.Fields of) {
        return cluster.name() + "/" + of.text("namespace").orElse("") + "/"
                + of.text("name").orElse("");
    }

    private Problem refused(String what, ApiProblem problem) {
        String headline = problem.isUnreachable() ? "The API cannot be reached" : "The " + kind.title() + " " + what;
        return Problem.error(FieldPath.of(problem.where(), schema), headline, problem.detail());
    }
}
