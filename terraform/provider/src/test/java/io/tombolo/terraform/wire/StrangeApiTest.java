package io.tombolo.terraform.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.grpc.stub.StreamObserver;
import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.terraform.mesh.Tombolo;
import io.tombolo.terraform.proto.ApplyResourceChange;
import io.tombolo.terraform.proto.ConfigureProvider;
import io.tombolo.terraform.proto.Diagnostic;
import io.tombolo.terraform.proto.DynamicValue;
import io.tombolo.terraform.proto.OpenEphemeralResource;
import io.tombolo.terraform.proto.PlanResourceChange;
import io.tombolo.terraform.proto.ReadDataSource;
import io.tombolo.terraform.proto.ReadResource;
import io.tombolo.terraform.schema.Attribute;
import io.tombolo.terraform.wire.StrangeApi.Said;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Something between Terraform and the controller answers, or the controller is broken. */
class StrangeApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NOT_FOUND =
            "{\"code\":\"TB-6003\",\"where\":\"ServiceExport shop/checkout\",\"what\":\"x\",\"fix\":\"y\"}";
    private static final String EXPORT = """
            {"apiVersion":"tombolo.io/v1","kind":"ServiceExport",
             "metadata":{"name":"checkout","namespace":"shop","generation":2,"creationTimestamp":"2026-11-27T08:00:00Z"},
             "spec":{"ports":[{"port":80,"name":"http","appProtocol":"http"}],"consumers":[{"namespace":"web"}],
              "labels":{"team":"payments"}},
             "status":{"conditions":[{"type":"Conflict","status":"True","reason":"R","message":"m"}]}}""";
    private static final String CLUSTERS = """
            [{"cluster":"west","state":"ADMITTED","region":"eu","zone":"a","labels":{"a":"b"},"epoch":1,"authority":true,
              "trustDomain":"west.demo.tombolo","holdsSeq":7}]""";
    private static final String ORDERS = """
            [{"cluster":"south","percent":50,"overMillis":1000,"since":"2026-11-27T08:00:00Z","nowPercent":1,"here":true,
              "published":"7"}]""";

    private final StrangeApi api;
    private final ProviderCalls calls;
    private final Tombolo provider;

    StrangeApiTest() throws Exception {
        api = new StrangeApi();
        provider = new Tombolo(Map.of());
        calls = new ProviderCalls(new LateProvider(() -> provider));
    }

    @BeforeEach
    void configure() {
        CtyValue settings = new CtyValue.Fields(Map.of(
                "endpoint", CtyValue.of(api.endpoint()),
                "ca_certificate", CtyValue.of(api.authority()),
                "token", CtyValue.of("none"),
                "request_timeout", CtyValue.of("1s")));
        ConfigureProvider.Response done = one(
                calls::configureProvider,
                ConfigureProvider.Request.newBuilder()
                        .setConfig(Messages.value(provider.schema().type(), settings))
                        .build());
        assertThat(done.getDiagnosticsList()).isEmpty();
    }

    @AfterEach
    void end() {
        api.close();
    }

    static Stream<Said> strangeAnswers() {
        return Stream.of(
                Said.of(200, "<html>Please log in</html>"),
                Said.of(200, ""),
                Said.of(200, "null"),
                Said.of(200, "7"),
                Said.of(200, "{\"status\":\"ok\"}"),
                Said.of(200, "\"x\""),
                Said.of(200, "{\"spec\": {\"ports\": [{\"po"),
                Said.of(200, "[".repeat(5_000)),
                Said.of(204, ""),
                Said.of(302, "moved"),
                Said.of(403, "{\"code\":{},\"where\":[],\"what\":7,\"fix\":null}"),
                Said.of(404, "<html>no such page</html>"),
                Said.of(404, "{\"code\":\"NotFound\"}"),
                Said.of(500, "java.lang.NullPointerException\n\tat io.tombolo"),
                Said.of(502, ""));
    }

    @ParameterizedTest
    @MethodSource("strangeAnswers")
    void nothingThatWasThereIsTakenForGone(Said said) {
        api.says(path -> said);
        for (var known : states().entrySet()) {
            DynamicValue state = state(known.getKey(), known.getValue());
            ReadResource.Response read = read(known.getKey(), state);
            assertThat(read.getNewState()).as(known.getKey()).isEqualTo(state);
            assertThat(read.getDiagnosticsList()).as(known.getKey()).isNotEmpty();
            speakWell(read.getDiagnosticsList());
        }
    }

    @ParameterizedTest
    @MethodSource("strangeAnswers")
    void whoeverAsksHearsWhatHappened(Said said) {
        api.says(path -> said);
        for (String name : provider.dataSources().keySet()) {
            List<Diagnostic> heard = asked(name);
            speakWell(heard);
            assertThat(heard).as(name).isNotEmpty();
        }
        List<Diagnostic> heard = opened();
        speakWell(heard);
        assertThat(heard).isNotEmpty();
        changes().forEach(StrangeApiTest::speakWell);
    }

    @Test
    void anAnswerThatComesDropByDropIsNotWaitedForLongerThanWasSaid() {
        api.says(path ->
                new Said(200, "[                                        ]".getBytes(StandardCharsets.UTF_8), 200));
        DynamicValue state = state("tombolo_cluster", Objects.requireNonNull(states().get("tombolo_cluster")));
        ReadResource.Response read = read("tombolo_cluster", state);
        assertThat(read.getNewState()).isEqualTo(state);
        assertThat(read.getDiagnosticsList().getFirst().getDetail()).contains("did not end in time");
    }

    @Test
    void whatTheControllerSaysIsGoneIsGone() {
        api.says(path -> path.endsWith("/checkout") ? Said.of(404, NOT_FOUND) : Said.of(200, "[]"));
        for (var known : states().entrySet()) {
            ReadResource.Response read = read(known.getKey(), state(known.getKey(), known.getValue()));
            assertThat(read.getDiagnosticsList()).isEmpty();
            assertThat(read.getNewState()).isEqualTo(nothing(known.getKey()));
        }
    }

    @Test
    void whateverIsWrongInsideAnAnswerIsSaidInWords() {
        long seed = Long.getLong("tombolo.seed", 20261127L);
        var random = new Random(seed);
        int rounds = Boolean.getBoolean("tombolo.deep") ? 20_000 : 300;
        for (int i = 0; i < rounds; i++) {
            Map<String, Said> said = Map.of(
                    "export", Said.of(200, bent(EXPORT, random)),
                    "clusters", Said.of(200, bent(CLUSTERS, random)),
                    "orders", Said.of(200, bent(ORDERS, random)));
            api.says(path -> Objects.requireNonNull(said.get(
                    path.contains("/clusters") ? "clusters" : path.contains("/evacuations") ? "orders" : "export")));
            for (var known : states().entrySet()) {
                speakWell(read(known.getKey(), state(known.getKey(), known.getValue()))
                        .getDiagnosticsList());
            }
            speakWell(asked("tombolo_clusters"));
            speakWell(asked("tombolo_services"));
            changes().forEach(StrangeApiTest::speakWell);
        }
    }

    /** One thing in it is something else. */
    private static String bent(String document, Random random) {
        try {
            JsonNode root = JSON.readTree(document);
            var places = new ArrayList<Runnable>();
            places(root, random, places);
            places.get(random.nextInt(places.size())).run();
            return JSON.writeValueAsString(root);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void places(JsonNode node, Random random, List<Runnable> places) {
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> {
                places.add(() -> object.set(name, strange(random)));
                places.add(() -> object.remove(name));
                places(object.get(name), random, places);
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int at = i;
                places.add(() -> array.set(at, strange(random)));
                places.add(() -> array.remove(at));
                places(array.get(i), random, places);
            }
        }
    }

    private static JsonNode strange(Random random) {
        return switch (random.nextInt(9)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.createArrayNode().add("x").add(1);
            case 2 -> JSON.createObjectNode().put("x", true);
            case 3 -> JSON.getNodeFactory().numberNode(new java.math.BigDecimal("1e99999999"));
            case 4 -> JSON.getNodeFactory().numberNode(-1.5);
            case 5 -> JSON.getNodeFactory().textNode("\u0000\uD800x".repeat(50));
            case 6 -> JSON.getNodeFactory().numberNode(Long.MAX_VALUE);
            case 7 -> JSON.getNodeFactory().booleanNode(true);
            default -> JSON.createArrayNode();
        };
    }

    private static Map<String, CtyValue.Fields> states() {
        return Map.of(
                "tombolo_service_export",
                new CtyValue.Fields(Map.of("namespace", CtyValue.of("shop"), "name", CtyValue.of("checkout"))),
                "tombolo_cluster",
                new CtyValue.Fields(Map.of("name", CtyValue.of("mars"))),
                "tombolo_evacuation",
                new CtyValue.Fields(Map.of("cluster", CtyValue.of("mars"))));
    }

    private DynamicValue state(String type, CtyValue.Fields values) {
        return Messages.value(resourceType(type), values);
    }

    private DynamicValue nothing(String type) {
        return Messages.value(resourceType(type), CtyValue.NULL);
    }

    private io.tombolo.terraform.cty.CtyType resourceType(String name) {
        return Objects.requireNonNull(provider.resources().get(name)).schema().type();
    }

    private ReadResource.Response read(String type, DynamicValue state) {
        return one(
                calls::readResource,
                ReadResource.Request.newBuilder()
                        .setTypeName(type)
                        .setCurrentState(state)
                        .build());
    }

    private List<Diagnostic> asked(String source) {
        var schema = Objects.requireNonNull(provider.dataSources().get(source)).schema();
        var config = new TreeMap<>(Map.of(
                "cluster", CtyValue.of("west"),
                "service", CtyValue.of("checkout.shop"),
                "account", CtyValue.of("frontend"),
                "down", new CtyValue.Items(List.of(CtyValue.of("west")))));
        config.keySet()
                .retainAll(schema.attributes().stream().map(Attribute::name).toList());
        return one(
                        calls::readDataSource,
                        ReadDataSource.Request.newBuilder()
                                .setTypeName(source)
                                .setConfig(Messages.value(schema.type(), new CtyValue.Fields(config)))
                                .build())
                .getDiagnosticsList();
    }

    private List<Diagnostic> opened() {
        var token = Objects.requireNonNull(provider.ephemeralResources().get("tombolo_join_token"));
        CtyValue config = new CtyValue.Fields(Map.of("cluster", CtyValue.of("mars")));
        return one(
                        calls::openEphemeralResource,
                        OpenEphemeralResource.Request.newBuilder()
                                .setTypeName("tombolo_join_token")
                                .setConfig(Messages.value(token.schema().type(), config))
                                .build())
                .getDiagnosticsList();
    }

    /** What is heard when each kind is planned, made and deleted. */
    private Stream<List<Diagnostic>> changes() {
        return states().entrySet().stream()
                .filter(one -> !one.getKey().equals("tombolo_cluster"))
                .flatMap(known -> {
                    String type = known.getKey();
                    DynamicValue wanted = state(type, known.getValue());
                    var planned = one(
                            calls::planResourceChange,
                            PlanResourceChange.Request.newBuilder()
                                    .setTypeName(type)
                                    .setPriorState(nothing(type))
                                    .setProposedNewState(wanted)
                                    .setConfig(wanted)
                                    .build());
                    var made = one(
                            calls::applyResourceChange,
                            ApplyResourceChange.Request.newBuilder()
                                    .setTypeName(type)
                                    .setPriorState(nothing(type))
                                    .setPlannedState(wanted)
                                    .setConfig(wanted)
                                    .build());
                    var gone = one(
                            calls::applyResourceChange,
                            ApplyResourceChange.Request.newBuilder()
                                    .setTypeName(type)
                                    .setPriorState(wanted)
                                    .setPlannedState(nothing(type))
                                    .setConfig(nothing(type))
                                    .build());
                    return Stream.of(
                            planned.getDiagnosticsList(), made.getDiagnosticsList(), gone.getDiagnosticsList());
                });
    }

    private static void speakWell(List<Diagnostic> heard) {
        for (Diagnostic one : heard) {
            assertThat(one.getSummary()).as(one.getDetail()).isNotBlank().doesNotContain("defect");
            assertThat(one.getDetail()).doesNotContain("\tat ").doesNotContain("Exception:");
        }
    }

    private static <Q, A> A one(BiConsumer<Q, StreamObserver<A>> call, Q request) {
        var heard = new ArrayList<A>();
        call.accept(request, new StreamObserver<>() {
            @Override
            public void onNext(A answer) {
                heard.add(answer);
            }

            @Override
            public void onError(Throwable failure) {
                throw new AssertionError(failure);
            }

            @Override
            public void onCompleted() {}
        });
        assertThat(heard).hasSize(1);
        return heard.getFirst();
    }
}
