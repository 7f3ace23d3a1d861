package io.tombolo.cli.context;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.key.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The contexts file: YAML, 0600, at {@code TOMBOLO_CONTEXTS} or {@code ~/.config/tombolo/contexts.yaml}. */
public final class Contexts {
    /** System property with the file's path. */
    public static final String FILE_PROPERTY = "tombolo.contexts";

    private static final YAMLMapper YAML = new YAMLMapper();

    private final Path file;

    Contexts(Path file) {
        this.file = file;
    }

    /** Those in a file. */
    public static Contexts in(Path file) {
        return new Contexts(file);
    }

    /** The file of this user; {@code tombolo demo} names its own by the property, everybody else by the variable. */
    public static Contexts ofUser() {
        String named = Optional.ofNullable(System.getProperty(FILE_PROPERTY)).orElse(System.getenv("TOMBOLO_CONTEXTS"));
        return new Contexts(
                named != null ? Path.of(named) : UserHome.directory().resolve(".config/tombolo/contexts.yaml"));
    }

    /**
     * The current one of a contexts file's text, or the only one.
     * @throws TomboloException {@link Fault#NO_CONTEXT}
     */
    public static Context current(String yaml) {
        JsonNode tree;
        try {
            tree = YAML.readTree(yaml);
        } catch (IOException malformed) {
            tree = YAML.missingNode();
        }
        JsonNode contexts = tree.path("contexts");
        String wanted = tree.path("current").asText("");
        for (JsonNode context : contexts) {
            if (contexts.size() == 1 || context.path("name").asText().equals(wanted)) {
                return read(context);
            }
        }
        throw new TomboloException(
                Fault.NO_CONTEXT,
                "the controller's contexts file",
                "names no current context",
                "is the controller running?");
    }

    public Path file() {
        return file;
    }

    /** All contexts, in the order of the file. */
    public List<Context> all() {
        var contexts = new ArrayList<Context>();
        tree().path("contexts").forEach(node -> contexts.add(read(node)));
        return contexts;
    }

    /** The name of the current one; empty if none is. */
    public String currentName() {
        return tree().path("current").asText("");
    }

    /**
     * The context to use.
     * @param name as the user gave it; empty = {@code TOMBOLO_CONTEXT}, else the current one
     * @throws TomboloException {@link Fault#NO_CONTEXT}
     */
    public Context require(String name) {
        String wanted = !name.isEmpty()
                ? name
                : Optional.ofNullable(System.getenv("TOMBOLO_CONTEXT")).orElse(currentName());
        return all().stream().filter(c -> c.name().equals(wanted)).findFirst().orElseThrow(() -> missing(wanted));
    }

    /** Makes {@code name} the current one. */
    public void use(String name) {
        Context context = require(name);
        ObjectNode tree = (ObjectNode) tree();
        tree.put("current", context.name());
        try {
            SecretFile.write(file, YAML.writeValueAsBytes(tree));
        } catch (IOException e) {
            throw new TomboloException(
                    Fault.FILE_UNREADABLE,
                    file.toString(),
                    "cannot be written: " + e.getMessage(),
                    "check the folder",
                    e);
        }
    }

    private JsonNode tree() {
        if (!Files.exists(file)) {
            return YAML.createObjectNode();
        }
        try {
            JsonNode tree = YAML.readTree(new String(SecretFile.read(file), StandardCharsets.UTF_8));
            return tree.isObject() ? tree : YAML.createObjectNode();
        } catch (IOException e) {
            throw new TomboloException(
                    Fault.FILE_UNREADABLE,
                    file.toString(),
                    "is not YAML: " + e.getMessage(),
                    "correct or remove it",
                    e);
        }
    }

    private static Context read(JsonNode node) {
        return new Context(
                node.path("name").asText(),
                node.path("api").asText(),
                node.path("caPin").asText(),
                Path.of(node.path("tokenFile").asText()),
                node.path("cluster").asText());
    }

    private TomboloException missing(String wanted) {
        String known = String.join(", ", all().stream().map(Context::name).toList());
        return new TomboloException(
                Fault.NO_CONTEXT,
                wanted.isEmpty() ? file.toString() : "context '" + wanted + "'",
                known.isEmpty() ? "no context exists" : "unknown; there are: " + known,
                "start a controller with `tombolo controller run --cluster NAME`, or choose with `tombolo context use NAME`");
    }
}
