package io.tombolo.cli.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.cli.Tombolo;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class InjectCommandTest {
    private static final String APP = """
            apiVersion: v1
            kind: List
            items:
            - apiVersion: v1
              kind: Service
              metadata: {name: checkout, namespace: shop}
              spec: {selector: {app: checkout}, ports: [{port: 80, targetPort: 8080, appProtocol: http}]}
            - apiVersion: v1
              kind: Service
              metadata: {name: checkout, namespace: another}
              spec: {selector: {app: checkout}, ports: [{port: 81}]}
            ---
            # Kept as they are: numbers that are texts.
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: checkout, namespace: shop}
            data: {port: "8080", "on": "yes", text: "a: b", sha: "7e12345", hex: "0x1F", bits: "0b1", time: "12:30:00", inf: ".inf"}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: checkout, namespace: shop}
            spec:
              template:
                metadata: {labels: {app: checkout}, annotations: {%s}}
                spec: {containers: [{name: app}]}
            """;

    @TempDir
    private Path home;

    private record Ran(int code, String output, String errors) {}

    private Ran inject(String annotations, String... more) throws Exception {
        Path file = Files.writeString(home.resolve("app.yaml"), APP.formatted(annotations));
        var printed = new ByteArrayOutputStream();
        var errors = new StringWriter();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            CommandLine command = Tombolo.commandLine().setErr(new PrintWriter(errors, true));
            var arguments = new ArrayList<>(List.of(more));
            if (arguments.stream().noneMatch(word -> word.startsWith("--file="))) {
                arguments.add("--file=" + file);
            }
            arguments.addAll(List.of("--image=tombolo:1", "--cluster-dns=10.96.0.10"));
            arguments.addAll(List.of("--ca-pin=" + "a".repeat(64)));
            arguments.addFirst("inject");
            int code = command.execute(arguments.toArray(String[]::new));
            return new Ran(code, printed.toString(StandardCharsets.UTF_8), errors.toString());
        } finally {
            System.setOut(before);
        }
    }

    @Test
    void everyPodGetsASidecarAndEverythingElseStaysAsItIs() throws Exception {
        // When
        Ran ran = inject("");
        // Then
        assertThat(ran.code()).isZero();
        List<ObjectNode> objects = Manifests.read("output", ran.output());
        List<ObjectNode> before = Manifests.read("input", APP.formatted(""));
        assertThat(objects).hasSize(4);
        assertThat(objects.subList(0, 3)).isEqualTo(before.subList(0, 3));
        assertThat(objects.getLast()
                        .at("/spec/template/spec/initContainers/0/args")
                        .toString())
                .contains("--service=checkout", "--service-port=80", "--port=8080");
        assertThat(objects.getLast().at("/spec/template/spec/containers"))
                .isEqualTo(before.getLast().at("/spec/template/spec/containers"));
    }

    /** A StatefulSet names its pods when it makes them. */
    @Test
    void aStatefulSetsSidecarsTakeTheNamesOfTheirPods() throws Exception {
        // Given
        Path file = Files.writeString(home.resolve("mysql.yaml"), """
                apiVersion: v1
                kind: Service
                metadata: {name: mysql, namespace: data}
                spec: {clusterIP: None, selector: {app: mysql}, ports: [{port: 3306, name: db}]}
                ---
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: mysql, namespace: data}
                spec:
                  serviceName: mysql
                  template:
                    metadata: {labels: {app: mysql}}
                    spec: {containers: [{name: mysql}]}
                """);
        // When
        Ran ran = inject("", "--file=" + file);
        // Then
        assertThat(ran.code()).as(ran.errors()).isZero();
        assertThat(ran.output()).contains("--set=workload.hostname=$(POD_NAME)", "name: \"POD_NAME\"");
    }

    @Test
    void scriptsGetOneList() throws Exception {
        Ran ran = inject("", "-o", "json");
        JsonNode list = new ObjectMapper().readTree(ran.output());
        assertThat(list.path("items")).hasSize(4);
    }

    @Test
    void textsThatLookLikeNumbersStayTextsForWhoReadsThem() throws Exception {
        assertThat(inject("").output())
                .contains("sha: \"7e12345\"", "hex: \"0x1F\"", "bits: \"0b1\"", "time: \"12:30:00\"", "inf: \".inf\"");
    }

    @Test
    void whatWouldBeMisreadIsRefused() throws Exception {
        assertThat(inject("a: &x b, c: *x"))
                .satisfies(ran -> assertThat(ran.code()).isEqualTo(2))
                .satisfies(ran -> assertThat(ran.errors()).contains("TB-1004", "alias"));
        Path nowhere = Files.writeString(
                home.resolve("pod.yaml"), "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {}\n");
        assertThat(inject("", "--file=" + nowhere).errors()).contains("--namespace");
    }

    @Test
    void nothingIsPrintedOfAFileInWhichOneCannotHaveASidecar() throws Exception {
        Ran ran = inject("tombolo.io/capture: all");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.output()).isEmpty();
        assertThat(ran.errors()).contains("TB-7102", "Deployment checkout", "dns, transparent or none");
    }
}
