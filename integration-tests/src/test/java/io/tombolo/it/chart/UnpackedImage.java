package io.tombolo.it.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tombolo.it.actors.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The image as {@code deploy/image.sh} writes it into a file, unpacked layer by layer.
 * @param root          what the layers make together
 * @param configuration what the image says of how to start it (OCI image configuration, {@code config})
 */
record UnpackedImage(Path root, JsonNode configuration) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Without what JVMs learn. @param programs as {@code --programs} takes them */
    static UnpackedImage of(Terminal terminal, String programs) throws IOException {
        return made(terminal, "--programs=" + programs, "--without-rehearsal");
    }

    /** With all programs, which have worked for a moment. */
    static UnpackedImage rehearsed(Terminal terminal) throws IOException {
        return made(terminal);
    }

    private static UnpackedImage made(Terminal terminal, String... options) throws IOException {
        Path home = terminal.home();
        var line = new ArrayList<>(
                List.of(Terminal.checkout().resolve("deploy/image.sh").toString(), "--base=scratch"));
        line.addAll(List.of(options));
        line.add("image.tar");
        terminal.run(line).ok();
        Path root = Files.createDirectories(home.resolve("root"));
        Path image = Files.createDirectories(home.resolve("image"));
        terminal.sh("tar -xf image.tar -C image").ok();
        JsonNode manifest = blob(image, json(image.resolve("index.json")).at("/manifests/0/digest"));
        for (JsonNode layer : manifest.path("layers")) {
            terminal.sh("tar -xzf image/" + place(layer.path("digest"))
                            + " -C root 2>unpack.log || { cat unpack.log; false; }")
                    .ok();
        }
        return new UnpackedImage(
                root, blob(image, manifest.at("/config/digest")).path("config"));
    }

    private static JsonNode blob(Path image, JsonNode digest) throws IOException {
        return json(image.resolve(place(digest)));
    }

    private static String place(JsonNode digest) {
        return "blobs/" + digest.asText().replace(':', '/');
    }

    private static JsonNode json(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }

    /** {@code NAME=value} each, as the image has them. */
    List<String> environment() {
        return texts("Env").toList();
    }

    Stream<String> entrypoint() {
        return texts("Entrypoint");
    }

    private Stream<String> texts(String field) {
        return configuration.path(field).valueStream().map(JsonNode::asText);
    }
}
