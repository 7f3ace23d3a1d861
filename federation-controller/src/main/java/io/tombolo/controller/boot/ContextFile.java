package io.tombolo.controller.boot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.key.SecretFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** Writes this controller's entry into a user's context file; entries of others stay as they are. */
final class ContextFile {
    private static final ObjectMapper YAML = new YAMLMapper();

    private ContextFile() {}

    /**
     * One controller, as a command finds it.
     * @param caPin     SHA-256 of the CA's SubjectPublicKeyInfo, hexadecimal
     * @param tokenFile 0600
     */
    record Entry(String name, String api, String caPin, Path tokenFile, String cluster) {}

    /** Adds or replaces the entry of that name; it becomes the current one if there is none. Several controllers may write. */
    static void write(Path file, Entry entry) {
        Path target = file.toAbsolutePath();
        try {
            Path directory = target.getParent();
            if (directory != null && !Files.isDirectory(directory)) {
                Files.createDirectories(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            try (var guard = FileChannel.open(
                            target.resolveSibling("." + target.getFileName() + ".lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
                    var _ = guard.lock()) {
                SecretFile.write(target, merged(target, entry).getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException failed) {
            throw new TomboloException(
                    Fault.STORE_FAILED,
                    "context file " + target,
                    String.valueOf(failed.getMessage()),
                    "check its owner, or leave controller.context-file out",
                    failed);
        }
    }

    private static String merged(Path target, Entry entry) throws IOException {
        ObjectNode root = existing(target);
        ArrayNode contexts = root.withArrayProperty("contexts");
        for (int i = contexts.size() - 1; i >= 0; i--) {
            if (contexts.get(i).path("name").asText().equals(entry.name())) {
                contexts.remove(i);
            }
        }
        contexts.addObject()
                .put("name", entry.name())
                .put("api", entry.api())
                .put("caPin", entry.caPin())
                .put("tokenFile", entry.tokenFile().toString())
                .put("cluster", entry.cluster());
        if (root.path("current").asText().isEmpty()) {
            root.put("current", entry.name());
        }
        return YAML.writeValueAsString(root);
    }

    private static ObjectNode existing(Path target) throws IOException {
        if (!Files.exists(target)) {
            return YAML.createObjectNode();
        }
        try {
            return YAML.readTree(Files.readAllBytes(target)) instanceof ObjectNode object
                    ? object
                    : YAML.createObjectNode();
        } catch (JsonProcessingException damaged) {
            @Nullable String why = damaged.getOriginalMessage();
            throw new IOException("is no YAML: " + why, damaged);
        }
    }
}
