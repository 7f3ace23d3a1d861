package io.tombolo.it.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tombolo.it.actors.Caller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * One row of {@code gateway-api}: what is applied, what its routes say then, and what calls get. The rows with names as of types are
 * tests of Gateway API's suite for meshes, by their short names; what is meant is theirs, what is written is ours.
 * @param name    of the file
 * @param says    what it shows
 * @param applied as {@code kubectl apply} has it
 */
record MeshRow(String name, String says, JsonNode conditions, JsonNode calls, List<JsonNode> applied) {
    private static final Path ROWS = Path.of("src/test/resources/gateway-api");
    private static final List<String> WELL = List.of("Accepted=True/Accepted", "ResolvedRefs=True/ResolvedRefs");

    static Stream<MeshRow> all() throws IOException {
        try (Stream<Path> files = Files.list(ROWS)) {
            return files.sorted().map(MeshRow::read).toList().stream();
        }
    }

    private static MeshRow read(Path file) {
        try (var documents = new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
            List<JsonNode> all = documents.readAll();
            JsonNode head = all.getFirst();
            return new MeshRow(
                    file.getFileName().toString().replace(".yaml", ""),
                    head.path("says").asText(),
                    head.path("conditions"),
                    head.path("calls"),
                    all.subList(1, all.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that is written where it is used: a route of which all is well. */
    static MeshRow of(String name, String route) {
        try {
            JsonNode missing = MissingNode.getInstance();
            return new MeshRow(name, "", missing, missing, List.of(new YAMLMapper().readTree(route)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<JsonNode> routes() {
        return applied.stream().filter(one -> !isGrant(one)).toList();
    }

    List<JsonNode> grants() {
        return applied.stream().filter(MeshRow::isGrant).toList();
    }

    private static boolean isGrant(JsonNode one) {
        return one.path("kind").asText().equals("ReferenceGrant");
    }

    /** What all parents of its routes are expected to say: all is well, unless the row says otherwise. */
    void checkConditions(JsonNode route) {
        List<JsonNode> parents = route.at("/status/parents").valueStream().toList();
        List<JsonNode> ours = route.at("/spec/parentRefs")
                .valueStream()
                .filter(parent -> !parent.path("kind").asText().equals("Gateway"))
                .toList();
        assertThat(parents).extracting(parent -> parent.path("parentRef")).containsExactlyElementsOf(ours);
        for (int i = 0; i < parents.size(); i++) {
            JsonNode said = parents.get(i).path("conditions");
            List<String> expected = conditions.isMissingNode()
                    ? WELL
                    : conditions.path(i).valueStream().map(JsonNode::asText).toList();
            assertThat(said.valueStream().map(MeshRow::condition))
                    .as("parent %d: %s", i, said)
                    .isEqualTo(expected);
            assertThat(said.valueStream()
                            .map(one -> one.path("observedGeneration").asLong()))
                    .containsOnly(route.at("/metadata/generation").asLong());
        }
    }

    private static String condition(JsonNode one) {
        return one.path("type").asText() + "=" + one.path("status").asText() + "/"
                + one.path("reason").asText();
    }

    /** @param callers by who calls, and whom */
    void checkCalls(BiFunction<String, String, Caller> callers) {
        for (JsonNode call : calls) {
            Caller caller = callers.apply(
                    call.path("by").asText("caller"), call.path("to").asText("echo:80"));
            if (call.has("times")) {
                checkShares(call, caller);
            } else {
                checkCall(call, sent(call, caller));
            }
        }
    }

    private static HttpResponse<String> sent(JsonNode call, Caller caller) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        caller.uri(call.path("get").asText()))
                .header("X-Say-Heads", "yes")
                .GET();
        call.path("headers")
                .properties()
                .forEach(header ->
                        request.header(header.getKey(), header.getValue().asText()));
        return caller.sends(request);
    }

    private static String answeredBy(HttpResponse<String> answer) {
        return answer.statusCode() == 200 ? answer.body().split(" ", 3)[1] : "" + answer.statusCode();
    }

    private static void checkCall(JsonNode call, HttpResponse<String> answer) {
        assertThat(answer.statusCode())
                .as("%s: %s", call, answer.body())
                .isEqualTo(call.path("status").asInt(200));
        if (call.has("answered")) {
            assertThat(answeredBy(answer))
                    .as(call.toString())
                    .isEqualTo(call.path("answered").asText());
        }
        if (call.has("path")) {
            assertThat(answer.body())
                    .as(call.toString())
                    .contains(" GET " + call.path("path").asText() + " ");
        }
        if (call.has("location")) {
            assertThat(answer.headers().firstValue("location"))
                    .as(call.toString())
                    .contains(call.path("location").asText());
        }
        call.path("answer")
                .properties()
                .forEach(header -> assertThat(answer.headers().allValues(header.getKey()))
                        .as(call.toString())
                        .containsExactly(header.getValue().asText()));
        call.path("noAnswer")
                .forEach(name -> assertThat(answer.headers().allValues(name.asText()))
                        .as(call.toString())
                        .isEmpty());
        call.path("heads")
                .properties()
                .forEach(header -> assertThat(headOf(answer, header.getKey()))
                        .as(call.toString())
                        .contains(header.getValue().asText()));
        call.path("noHeads")
                .forEach(name -> assertThat(headOf(answer, name.asText()))
                        .as(call.toString())
                        .isEmpty());
    }

    /** A header of the request as the application got it, several joined. */
    private static Optional<String> headOf(HttpResponse<String> answer, String name) {
        return answer.body()
                .lines()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst();
    }

    /** Five standard deviations about what is expected. */
    private static void checkShares(JsonNode call, Caller caller) {
        int times = call.path("times").asInt();
        Map<String, Integer> got = new TreeMap<>();
        for (int i = 0; i < times; i++) {
            got.merge(answeredBy(sent(call, caller)), 1, Integer::sum);
        }
        ObjectNode shares = new ObjectMapper().convertValue(call.path("shares"), ObjectNode.class);
        assertThat(got.keySet())
                .as("%s: %s", call, got)
                .isSubsetOf(shares.propertyStream().map(Map.Entry::getKey).toList());
        shares.properties().forEach(share -> {
            double part = share.getValue().asDouble() / 100;
            double spread = 5 * Math.sqrt(times * part * (1 - part));
            assertThat((double) got.getOrDefault(share.getKey(), 0))
                    .as("%s: %s", call, got)
                    .isBetween(times * part - spread, times * part + spread);
        });
    }

    @Override
    public String toString() {
        return name + ": " + says;
    }
}
