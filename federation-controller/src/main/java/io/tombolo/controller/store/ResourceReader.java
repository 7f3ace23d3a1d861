package io.tombolo.controller.store;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tombolo.controller.store.RouteReferences.Strangers;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ServiceName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads resources from YAML or JSON (which YAML contains); strict, so that what is kept is what the user meant. */
public final class ResourceReader {
    /** Longest input, in characters. */
    public static final int MAX_LENGTH = 4 * 1_024 * 1_024;

    /** Most documents of one input. */
    public static final int MAX_DOCUMENTS = 1_000;

    private static final ObjectMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(20).build())
            .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private ResourceReader() {}

    /**
     * Reads all documents; empty ones are skipped.
     * @throws TomboloException BAD_RESOURCE with document and path, or BAD_NAME; nothing is read then
     */
    public static List<ParsedResource> read(String text) {
        return read(text, Strangers.REFUSED);
    }

    /** Reads what an object of Kubernetes says: a backend of a kind that is no service does not spoil the rest of its route. */
    public static ParsedResource declared(String text) {
        return read(text, Strangers.KEPT).getFirst();
    }

    private static List<ParsedResource> read(String text, Strangers strangers) {
        if (text.length() > MAX_LENGTH) {
            throw Fields.bad("input", "is longer than " + MAX_LENGTH + " characters", "apply it in parts");
        }
        try (JsonParser parser = YAML.createParser(text);
                MappingIterator<JsonNode> documents =
                        YAML.readerFor(JsonNode.class).readValues(parser)) {
            return read(documents, strangers);
        } catch (JsonProcessingException malformed) {
            var at = malformed.getLocation();
            String where = at == null ? "input" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw Fields.bad(where, malformed.getOriginalMessage(), "check the YAML there");
        } catch (IOException impossible) {
            throw new IllegalStateException("text was read", impossible);
        }
    }

    private static List<ParsedResource> read(MappingIterator<JsonNode> documents, Strangers strangers)
            throws IOException {
        var resources = new ArrayList<ParsedResource>();
        for (int number = 1; documents.hasNextValue(); number++) {
            if (number > MAX_DOCUMENTS) {
                throw Fields.bad("input", "has more than " + MAX_DOCUMENTS + " documents", "apply it in parts");
            }
            JsonNode document = documents.nextValue();
            if (!document.isNull() && !document.isMissingNode()) {
                resources.add(resource("document " + number, document, strangers));
            }
        }
        if (resources.isEmpty()) {
            throw Fields.bad("input", "holds no resource", "write apiVersion, kind, metadata and spec");
        }
        return resources;
    }

    private static ParsedResource resource(String where, JsonNode document, Strangers strangers) {
        Fields fields = Fields.of(where, document, Set.of("apiVersion", "kind", "metadata", "spec", "status"));
        String version = fields.requiredText("apiVersion");
        ResourceKind kind = ResourceKind.parse(where + ".kind", fields.requiredText("kind"));
        if (!kind.isKnownAs(version)) {
            throw Fields.bad(
                    where + ".apiVersion",
                    "'" + version + "' is not known for " + kind.text(),
                    "write " + kind.apiVersion());
        }
        Fields metadata = fields.object(
                "metadata", Set.of("name", "namespace", "labels", "annotations", "generation", "creationTimestamp"));
        ServiceName name = named(where, metadata);
        return parsed(where, new ResourceKey(kind, name), fields.node().path("spec"), strangers);
    }

    /** Reads a spec that was stored as JSON. */
    static ParsedResource stored(ResourceKey key, String specJson) {
        try {
            return parsed("stored " + key, key, YAML.readTree(specJson), Strangers.KEPT);
        } catch (JsonProcessingException malformed) {
            throw Fields.bad("stored " + key, malformed.getOriginalMessage(), "apply it again");
        }
    }

    private static ParsedResource parsed(String where, ResourceKey key, JsonNode spec, Strangers strangers) {
        String path = where + " (" + key + ").spec";
        Spec read = switch (key.kind()) {
            case SERVICE_EXPORT -> SpecReader.export(path, spec, key.name());
            case SERVICE -> SpecReader.local(path, spec, key.name());
            case AUTHORIZATION_POLICY -> AuthorizationReader.policy(path, spec, key.name());
            case TRAFFIC_POLICY -> TrafficReader.policy(path, spec, key.name());
            case FAILOVER_POLICY -> FailoverReader.policy(path, spec, key.name());
            case REFERENCE_GRANT -> GrantReader.grant(path, spec, key.name());
            case HTTP_ROUTE -> new RouteReader(new RouteReferences(key.name(), strangers)).http(path, spec);
            case GRPC_ROUTE -> new RouteReader(new RouteReferences(key.name(), strangers)).grpc(path, spec);
        };
        return new ParsedResource(key, read, spec.isObject() ? spec.toString() : "{}");
    }

    private static ServiceName named(String where, Fields metadata) {
        try {
            return new ServiceName(metadata.text("namespace", "default"), metadata.requiredText("name"));
        } catch (TomboloException bad) {
            throw bad.in(where + ".metadata");
        }
    }
}
