package io.tombolo.cli.looking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The manifests of {@code deploy/kubernetes}, as this program was built with. */
final class Shipped {
    private static final YAMLMapper YAML = new YAMLMapper();

    private Shipped() {}

    /** Its objects. @param file such as {@code rbac.yaml} */
    static List<JsonNode> objects(String file) {
        try (InputStream in = Objects.requireNonNull(Shipped.class.getResourceAsStream(file), file);
                MappingIterator<JsonNode> documents =
                        YAML.readerFor(JsonNode.class).readValues(in)) {
            return documents.readAll().stream().filter(JsonNode::isObject).toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** What we ship of a kind. */
    static Optional<JsonNode> definition(String name) {
        return objects("crds.yaml").stream()
                .filter(object -> object.at("/metadata/name").asText().equals(name))
                .findFirst();
    }
}
