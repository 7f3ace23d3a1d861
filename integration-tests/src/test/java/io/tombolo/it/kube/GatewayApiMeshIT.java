package io.tombolo.it.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.tombolo.cli.demo.Together;
import io.tombolo.it.actors.Beside;
import io.tombolo.it.actors.Caller;
import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.Deep;
import io.tombolo.it.actors.Federation;
import io.tombolo.it.actors.kube.ApiServer;
import io.tombolo.testing.GrpcApp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Gateway API's conformance suite asks of a mesh, row by row, of real programs on an API server. */
@SuppressWarnings("NullAway.Init") // made before all tests
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Beside
@Deep
class GatewayApiMeshIT {
    private static final List<String> CALLED =
            List.of("echo:80", "echo-v1:80", "echo-v1:8080", "echo-v2:80", "talk:80");

    private final GrpcApp first = new GrpcApp("first");
    private final GrpcApp second = new GrpcApp("second");
    private ApiServer api;
    private Federation federation;
    private Cluster kube;
    private Map<String, Map<String, Caller>> callers;
    private ManagedChannel channel;

    @BeforeAll
    void start() throws Exception {
        api = ApiServer.start();
        federation = Federation.unlinked(Map.of());
        kube = cluster().awaitReady();
        kube.operator().founds("demo", federation.backbone().connectionFile());
        List<Object> started = new ArrayList<>(Together.all(List.<Supplier<Object>>of(
                () -> kube.startsService("gamma", "echo", "echo"),
                () -> kube.startsService("gamma", "echo-v1", "echo-v1"),
                () -> kube.startsService("gamma", "echo-v1", "echo-v1-alt", Map.of("service-port", "8080")),
                () -> kube.startsService("gamma", "echo-v2", "echo-v2"),
                () -> kube.startsService("other", "echo-v3", "echo-v3"),
                () -> kube.startsSidecarFor("gamma", "talk-v1", "talk-v1", first.port(), "grpc"),
                () -> kube.startsSidecarFor("gamma", "talk-v2", "talk-v2", second.port(), "grpc"),
                () -> kube.startsCallerOf("gamma", "caller", "gamma", CALLED),
                () -> kube.startsCallerOf("consumer", "consumer", "gamma", CALLED))));
        callers = Map.of("consumer", callers(started.removeLast()), "caller", callers(started.removeLast()));
        channel = GrpcApp.client(called("caller", "talk:80").port());
        Stream.of("gamma", "other", "consumer").forEach(api::hasNamespace);
        exports("gamma", "echo", "http", Map.of("http", 80));
        exports("gamma", "echo-v1", "http", Map.of("http", 80, "alt", 8080));
        exports("other", "echo-v3", "http", Map.of("http", 80));
        exports("gamma", "talk", "grpc", Map.of("grpc", 80));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Caller> callers(Object started) {
        return (Map<String, Caller>) started;
    }

    private Caller called(String by, String to) {
        return Objects.requireNonNull(Objects.requireNonNull(callers.get(by)).get(to), by + " " + to);
    }

    private void exports(String namespace, String service, String protocol, Map<String, Integer> ports) {
        api.hasService(namespace, service, protocol, ports);
        api.exports(namespace, service);
    }

    private Cluster cluster() throws IOException {
        return federation.addCluster(
                "kube",
                "eu",
                Map.of(
                        "kubernetes.config-file",
                        api.kubeconfig(federation.dir().resolve("api")).toString(),
                        "kubernetes.namespace",
                        "tombolo-system"));
    }

    @AfterAll
    void end() {
        channel.shutdownNow();
        federation.close();
        api.close();
        List.of(first, second).forEach(GrpcApp::close);
    }

    static Stream<MeshRow> rows() throws IOException {
        return MeshRow.all();
    }

    private void applied(MeshRow row, ThrowingRunnable check) {
        row.grants().forEach(this::grants);
        row.routes().forEach(route -> api.applies(route.toString()));
        try {
            Awaitility.await(row.name())
                    .atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(50))
                    .ignoreException(StatusRuntimeException.class)
                    .untilAsserted(() -> {
                        row.routes().forEach(route -> row.checkConditions(said(route)));
                        check.run();
                    });
        } finally {
            row.applied()
                    .forEach(one -> api.deletes(
                            one.path("kind").asText(),
                            one.at("/metadata/namespace").asText(),
                            one.at("/metadata/name").asText()));
        }
    }

    /** Until the controller has read it: a No because nobody heard of a grant yet would be no answer. */
    private void grants(JsonNode grant) {
        api.applies(grant.toString());
        String path =
                "/resources/ReferenceGrant/" + grant.at("/metadata/namespace").asText() + "/"
                        + grant.at("/metadata/name").asText();
        Awaitility.await(path)
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> kube.operator().api().get(path).path("spec").equals(grant.path("spec")));
    }

    private JsonNode said(JsonNode route) {
        return api.declared(
                route.path("kind").asText(),
                route.at("/metadata/namespace").asText(),
                route.at("/metadata/name").asText());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void whatARouteSaysIsWhatItsCallersGetAndWhatItsStatusSays(MeshRow row) {
        applied(row, () -> row.checkCalls(this::called));
    }

    private static MeshRow calls(String name, String rules) {
        String parent =
                // an imitated API server may tell of an end after the beginning of what has the same name
                "apiVersion: gateway.networking.k8s.io/v1\nkind: GRPCRoute\nmetadata: {name: %s, namespace: gamma}\n"
                                .formatted(name.toLowerCase(Locale.ROOT))
                        + "spec:\n  parentRefs: [{group: \"\", kind: Service, name: talk, port: 80}]\n";
        return MeshRow.of(name, parent + rules.indent(2));
    }

    private String says(Map<String, String> heads) {
        var metadata = new Metadata();
        heads.forEach((name, value) -> metadata.put(key(name), value));
        return ClientCalls.blockingUnaryCall(
                ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata)),
                GrpcApp.SAY,
                CallOptions.DEFAULT.withDeadlineAfter(5, TimeUnit.SECONDS),
                "x");
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    private static String heads(GrpcApp app, String name) {
        Iterable<String> values = app.heads.getAll(key(name));
        return values == null ? "" : String.join(",", values);
    }

    @Test
    @DisplayName("MeshGRPCRouteWeight: calls of one connection are divided by weight")
    void callsAreDividedByWeight() {
        MeshRow row = calls("MeshGRPCRouteWeight", """
                rules:
                - backendRefs: [{name: talk-v1, port: 80, weight: 70}, {name: talk-v2, port: 80, weight: 30}]
                """);
        applied(row, () -> {
            long toFirst = IntStream.range(0, 300)
                    .filter(_ -> says(Map.of()).startsWith("first"))
                    .count();
            // five standard deviations about 210
            assertThat(toFirst).isBetween(170L, 250L);
        });
    }

    @Test
    @DisplayName("MeshGRPCRouteRequestHeaderModifier: a rule sets, adds and removes headers of calls")
    void headersOfCallsAreChanged() {
        MeshRow row = calls("MeshGRPCRouteRequestHeaderModifier", """
                rules:
                - matches: [{method: {service: test.Talk, method: Say}, headers: [{name: x-test-case, value: multi}]}]
                  filters:
                  - type: RequestHeaderModifier
                    requestHeaderModifier:
                      set: [{name: X-Header-Set, value: set-overwrites-values}]
                      add: [{name: X-Header-Add, value: add-appends-values}]
                      remove: [X-Header-Remove]
                  backendRefs: [{name: talk-v1, port: 80}]
                - matches: [{method: {service: test.Talk}}]
                  backendRefs: [{name: talk-v2, port: 80}]
                """);
        Map<String, String> sent = Map.of("x-header-set", "mine", "x-header-add", "mine", "x-header-remove", "mine");
        applied(row, () -> {
            var multi = new HashMap<>(sent);
            multi.put("x-test-case", "multi");
            assertThat(says(multi)).startsWith("first");
            assertThat(heads(first, "x-header-set")).isEqualTo("set-overwrites-values");
            assertThat(heads(first, "x-header-add")).isEqualTo("mine,add-appends-values");
            assertThat(heads(first, "x-header-remove")).isEmpty();
            assertThat(says(sent)).startsWith("second");
            assertThat(heads(second, "x-header-remove")).isEqualTo("mine");
        });
    }

    @Test
    @DisplayName(
            "MeshGRPCRouteRequestMirror: a call is copied with its changed headers, and the copy's answer is nobody's")
    void callsAreCopied() {
        MeshRow row = calls("MeshGRPCRouteRequestMirror", """
                rules:
                - filters:
                  - {type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: X-Header-Set, value: copied}]}}
                  - {type: RequestMirror, requestMirror: {backendRef: {name: talk-v2, port: 80}}}
                  backendRefs: [{name: talk-v1, port: 80}]
                """);
        applied(row, () -> {
            assertThat(says(Map.of())).startsWith("first");
            assertThat(heads(second, "x-header-set")).isEqualTo("copied");
        });
    }

    @Test
    @DisplayName("MeshFrontendHostname: what is sent to a service's own address is for that service, whatever its Host")
    void aHostDecidesNothingAtAServicesOwnAddress() {
        MeshRow row = MeshRow.of("MeshFrontendHostname", """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: frontend-hostname, namespace: gamma}
                spec:
                  parentRefs: [{group: "", kind: Service, name: echo-v2}]
                  rules:
                  - filters: [{type: ResponseHeaderModifier, responseHeaderModifier: {set: [{name: X-Header-Set, value: set}]}}]
                    backendRefs: [{name: echo-v2, port: 80}]
                """);
        applied(row, () -> {
            assertThat(toldAs("echo-v1.gamma", "echo-v2:80"))
                    .startsWith("HTTP/1.1 200")
                    .containsIgnoringCase("x-header-set: set")
                    .contains("kube echo-v2 ");
            assertThat(toldAs("echo-v2.gamma", "echo-v1:80"))
                    .startsWith("HTTP/1.1 200")
                    .doesNotContainIgnoringCase("x-header-set")
                    .contains("kube echo-v1 ");
        });
    }

    private String toldAs(String host, String to) throws IOException {
        int port = called("caller", to).port();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write(("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
