package io.tombolo.cli.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Objects of Kubernetes, as YAML. */
final class Manifests {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();

    private Manifests() {}

    /** All objects of a text; those of a List one by one. @param where for errors */
    static List<ObjectNode> read(String where, String text) {
        var objects = new ArrayList<ObjectNode>();
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            for (JsonNode document : documents.readAll()) {
                add(objects, where, document);
            }
        } catch (IOException malformed) {
            throw new TomboloException(
                    Fault.BAD_RESOURCE,
                    where,
                    "is no YAML: " + malformed.getMessage(),
                    "check its indentation",
                    malformed);
        }
        return objects;
    }

    private static void add(List<ObjectNode> objects, String where, JsonNode document) {
        if (document.path("kind").asText().equals("List")) {
            document.path("items").forEach(item -> add(objects, where, item));
        } else if (document instanceof ObjectNode object) {
            objects.add(object);
        } else if (!document.isNull() && !document.isMissingNode()) {
            throw new TomboloException(
                    Fault.BAD_RESOURCE, where, "has a document that is no object", "give manifests of Kubernetes");
        }
    }

    /** All of them in one object. */
    static ObjectNode list(List<ObjectNode> objects) {
        ObjectNode list = YAML.createObjectNode().put("apiVersion", "v1").put("kind", "List");
        list.putArray("items").addAll(objects);
        return list;
    }

    /** One document. */
    static String write(ObjectNode object) {
        try {
            return YAML.writeValueAsString(object);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree always prints", impossible);
        }
    }
}
