package io.tombolo.cli.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;

/** Objects of Kubernetes, as YAML. */
final class Manifests {
    /** Texts are in quotes, all of them: which of them would be something else without is different for every reader. */
    private static final YAMLMapper YAML = new YAMLMapper();

    private Manifests() {}

    /** All objects of a text; those of a List one by one. @param where for errors */
    static List<ObjectNode> read(String where, String text) {
        refuseAliases(where, text);
        var objects = new ArrayList<ObjectNode>();
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            for (JsonNode document : documents.readAll()) {
                add(objects, where, document);
            }
        } catch (IOException malformed) {
            throw malformed(where, malformed);
        }
        return objects;
    }

    /** They would be taken for the text of their name. */
    private static void refuseAliases(String where, String text) {
        try {
            for (Event event : new Yaml().parse(new StringReader(text))) {
                if (event instanceof AliasEvent alias) {
                    throw new TomboloException(
                            Fault.BAD_RESOURCE,
                            where + ", line " + (alias.getStartMark().getLine() + 1),
                            "has an alias (*), which is not read here",
                            "write out what it stands for");
                }
            }
        } catch (YAMLException malformed) {
            throw malformed(where, malformed);
        }
    }

    private static TomboloException malformed(String where, Exception malformed) {
        return new TomboloException(
                Fault.BAD_RESOURCE, where, "is no YAML: " + malformed.getMessage(), "check its indentation", malformed);
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
