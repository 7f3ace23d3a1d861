package io.tombolo.controller.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.controller.store.ResourceKey;
import io.tombolo.controller.store.ResourceKind;
import io.tombolo.controller.store.ResourceReader;
import io.tombolo.controller.store.ResourceStore;
import io.tombolo.controller.store.StoredResource;
import io.tombolo.model.name.ServiceName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Policies and routes as objects of an API server that keeps objects as the real one does. */
class KubeDeclaredTest {
    @RegisterExtension
    static final TestApi API = new TestApi(
            Stream.of(DeclaredKind.values()).map(DeclaredKind::context).toArray(ResourceDefinitionContext[]::new));

    private static final ServiceName CHECKOUT = new ServiceName("shop", "checkout");
    private static final Condition ACCEPTED = Condition.holds("Accepted", "Accepted", "");

    private static final String POLICY = """
            apiVersion: tombolo.io/v1
            kind: FailoverPolicy
            metadata: {name: checkout, namespace: shop}
            spec:
              targetRef: {name: checkout}
              tiers: [{local: true}, {clusters: any}]
              hold: %s
            """;
    private static final String ROUTE = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: checkout, namespace: shop}
            spec:
              parentRefs:
              - {group: gateway.networking.k8s.io, kind: Gateway, name: front}
              - {group: "", kind: Service, name: checkout, port: 80}
              rules: [{backendRefs: [{group: "", kind: Service, name: checkout, port: 80, weight: 1}]}]
            """;

    private final List<KubeDeclared> followers = new ArrayList<>();
    private StateDirectory state;
    private ResourceStore store;

    @TempDir
    private Path home;

    @BeforeEach
    void start() {
        state = StateDirectory.take(home);
        store = new ResourceStore(state);
        for (DeclaredKind kind : DeclaredKind.values()) {
            var follower = new KubeDeclared(
                    kind, API.client(), store, KubeDeclaredTest::accepted, TestApi.ample(), InstantSource.system());
            followers.add(follower);
            follower.start();
        }
    }

    @AfterEach
    void end() {
        followers.forEach(KubeDeclared::close);
        state.close();
    }

    private static List<List<Condition>> accepted(StoredResource kept) {
        return kept.key().kind() == ResourceKind.REFERENCE_GRANT ? List.of() : List.of(List.of(ACCEPTED));
    }

    private Optional<StoredResource> kept(ResourceKind kind) {
        return store.find(new ResourceKey(kind, CHECKOUT));
    }

    private static void create(String yaml) {
        API.client()
                .resource(API.client().getKubernetesSerialization().unmarshal(yaml, GenericKubernetesResource.class))
                .create();
    }

    private static void replace(String yaml) {
        GenericKubernetesResource wanted =
                API.client().getKubernetesSerialization().unmarshal(yaml, GenericKubernetesResource.class);
        API.client().resource(wanted).patch();
    }

    private static JsonNode object(DeclaredKind kind) {
        return new ObjectMapper()
                .valueToTree(API.client()
                        .genericKubernetesResources(kind.context())
                        .inNamespace("shop")
                        .withName("checkout")
                        .get());
    }

    private static JsonNode awaitStatus(DeclaredKind kind, Predicate<JsonNode> wanted) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> object(kind).path("status"), wanted);
    }

    /** Another controller writes its part beside ours. */
    private static void othersSay() {
        Map<String, Object> theirs = Map.of(
                "parentRef", Map.of("group", "gateway.networking.k8s.io", "kind", "Gateway", "name", "front"),
                "controllerName", "example.com/other",
                "conditions",
                        List.of(Map.of(
                                "type", "Accepted",
                                "status", "True",
                                "reason", "Accepted",
                                "message", "theirs",
                                "lastTransitionTime", "2026-01-01T00:00:00Z")));
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .ignoreException(KubernetesClientException.class)
                .until(() -> {
                    GenericKubernetesResource now = API.client()
                            .genericKubernetesResources(DeclaredKind.HTTP_ROUTE.context())
                            .inNamespace("shop")
                            .withName("checkout")
                            .get();
                    var parents = new ArrayList<Object>(List.of(theirs));
                    object(DeclaredKind.HTTP_ROUTE)
                            .at("/status/parents")
                            .forEach(entry -> parents.add(new ObjectMapper().convertValue(entry, Map.class)));
                    now.setAdditionalProperty("status", Map.of("parents", parents));
                    API.client().resource(now).updateStatus();
                    return true;
                });
    }

    private void awaitKept(ResourceKind kind, Predicate<Optional<StoredResource>> wanted) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> kept(kind), wanted);
    }

    @Test
    void aPolicyCountsWhileItIsThereAndItsStatusSaysSo() {
        // When
        create(POLICY.formatted("10s"));
        // Then
        awaitKept(ResourceKind.FAILOVER_POLICY, Optional::isPresent);
        JsonNode status = awaitStatus(DeclaredKind.FAILOVER_POLICY, said -> said.has("conditions"));
        assertThat(status.at("/conditions/0/type").asText()).isEqualTo("Accepted");
        assertThat(status.at("/conditions/0/status").asText()).isEqualTo("True");
        // When
        API.client()
                .genericKubernetesResources(DeclaredKind.FAILOVER_POLICY.context())
                .inNamespace("shop")
                .withName("checkout")
                .delete();
        // Then
        awaitKept(ResourceKind.FAILOVER_POLICY, Optional::isEmpty);
    }

    @Test
    void whatIsMistypedSaysWhereAndTheVersionBeforeStaysInUse() {
        // Given
        create(POLICY.formatted("10s"));
        awaitKept(ResourceKind.FAILOVER_POLICY, Optional::isPresent);
        String before = kept(ResourceKind.FAILOVER_POLICY).orElseThrow().specJson();
        // When
        replace(POLICY.formatted("soon"));
        // Then
        JsonNode status = awaitStatus(
                DeclaredKind.FAILOVER_POLICY,
                said -> said.at("/conditions/0/reason").asText().equals("Invalid"));
        assertThat(status.at("/conditions/0/status").asText()).isEqualTo("False");
        assertThat(status.at("/conditions/0/message").asText())
                .startsWith("TB-")
                .contains(" spec.hold: ")
                .endsWith("what was in use under this name before still is");
        assertThat(kept(ResourceKind.FAILOVER_POLICY).orElseThrow().specJson()).isEqualTo(before);
        // When
        replace(POLICY.formatted("20s"));
        // Then
        awaitStatus(
                DeclaredKind.FAILOVER_POLICY,
                said -> said.at("/conditions/0/status").asText().equals("True"));
    }

    @Test
    void whatWasNeverReadableIsNotInUse() {
        create(POLICY.formatted("soon"));
        JsonNode status = awaitStatus(DeclaredKind.FAILOVER_POLICY, said -> said.has("conditions"));
        assertThat(status.at("/conditions/0/message").asText()).endsWith("it is not in use");
        assertThat(kept(ResourceKind.FAILOVER_POLICY)).isEmpty();
    }

    @Test
    void aRouteIsForItsServicesAndWhatOthersSayOfItStays() {
        // Given
        create(ROUTE);
        awaitStatus(DeclaredKind.HTTP_ROUTE, said -> said.path("parents").size() == 1);
        othersSay();
        // When
        replace(ROUTE.replace("weight: 1", "weight: 2"));
        // Then
        JsonNode status = awaitStatus(
                DeclaredKind.HTTP_ROUTE,
                said -> said.at("/parents/1/conditions/0/observedGeneration").asInt() == 2);
        assertThat(status.at("/parents/0/controllerName").asText()).isEqualTo("example.com/other");
        assertThat(status.at("/parents/0/conditions/0/message").asText()).isEqualTo("theirs");
        assertThat(status.at("/parents/1/controllerName").asText()).isEqualTo("tombolo.io/controller");
        assertThat(status.at("/parents/1/parentRef"))
                .isEqualTo(object(DeclaredKind.HTTP_ROUTE).at("/spec/parentRefs/1"));
        assertThat(kept(ResourceKind.HTTP_ROUTE).orElseThrow().specJson()).doesNotContain("Gateway");
    }

    @Test
    void aRouteThatIsForGatewaysOnlyIsNoneOfOurs() {
        // Given
        create(ROUTE.replace("  - {group: \"\", kind: Service, name: checkout, port: 80}\n", ""));
        othersSay();
        // When a route that came after it counts
        create(ROUTE.replace("metadata: {name: checkout", "metadata: {name: later"));
        Awaitility.await()
                .until(() -> store.find(new ResourceKey(ResourceKind.HTTP_ROUTE, new ServiceName("shop", "later")))
                        .isPresent());
        // Then
        assertThat(kept(ResourceKind.HTTP_ROUTE)).isEmpty();
        assertThat(object(DeclaredKind.HTTP_ROUTE).at("/status/parents")).hasSize(1);
    }

    @Test
    void aGrantCountsForRoutesOfServicesAndOneThatCannotBeReadOpensNothing() {
        // Given
        String grant = """
                apiVersion: gateway.networking.k8s.io/v1beta1
                kind: ReferenceGrant
                metadata: {name: checkout, namespace: shop}
                spec:
                  from:
                  - {group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: web}
                  - {group: gateway.networking.k8s.io, kind: Gateway, namespace: web}
                  to: [{group: "", kind: Service%s}, {group: "", kind: Secret}]
                """;
        create(grant.formatted(""));
        awaitKept(ResourceKind.REFERENCE_GRANT, Optional::isPresent);
        assertThat(kept(ResourceKind.REFERENCE_GRANT).orElseThrow().specJson()).doesNotContain("Gateway", "Secret");
        // When
        replace(grant.formatted(", name: Not A Name"));
        // Then
        awaitKept(ResourceKind.REFERENCE_GRANT, Optional::isEmpty);
    }

    @Test
    void anObjectThatWasMadeAnewOrTakesThePlaceOfOneByHandIsThereAllTheTime() {
        // Given
        store.put(ResourceReader.read(POLICY.formatted("10s")).getFirst(), "api", Instant.EPOCH);
        var missed = new AtomicBoolean();
        store.addListener(() ->
                missed.compareAndSet(false, kept(ResourceKind.FAILOVER_POLICY).isEmpty()));
        // When
        create(POLICY.formatted("20s"));
        // Then
        awaitKept(
                ResourceKind.FAILOVER_POLICY,
                kept -> kept.orElseThrow().source().equals("kubernetes")
                        && kept.orElseThrow().createdAt().isAfter(Instant.EPOCH));
        assertThat(missed).isFalse();
    }

    @Test
    void whatStandsBesideTheSpecIsRefused() {
        create(POLICY.formatted("10s") + "targetRef: {name: checkout}\n");
        JsonNode status = awaitStatus(DeclaredKind.FAILOVER_POLICY, said -> said.has("conditions"));
        assertThat(status.at("/conditions/0/reason").asText()).isEqualTo("Invalid");
        assertThat(status.at("/conditions/0/message").asText()).contains("targetRef");
    }

    @Test
    void oneThatNobodyCouldHaveMadeHoldsUpNoOther() {
        API.imitates("a real API server takes no such object");
        // Given an object without a time
        GenericKubernetesResource odd =
                API.client().getKubernetesSerialization().unmarshal(ROUTE, GenericKubernetesResource.class);
        odd.getMetadata().setCreationTimestamp("yesterday");
        API.client().resource(odd).create();
        // When
        create(ROUTE.replace("metadata: {name: checkout", "metadata: {name: later"));
        // Then
        Awaitility.await()
                .until(() -> store.find(new ResourceKey(ResourceKind.HTTP_ROUTE, new ServiceName("shop", "later")))
                        .isPresent());
    }

    @Test
    void aRouteThatLeavesTheMeshIsForgottenAndItsOwnPartOfTheStatusIsTakenBack() {
        // Given
        create(ROUTE);
        awaitStatus(DeclaredKind.HTTP_ROUTE, said -> said.path("parents").size() == 1);
        othersSay();
        // When
        GenericKubernetesResource now = API.client()
                .genericKubernetesResources(DeclaredKind.HTTP_ROUTE.context())
                .inNamespace("shop")
                .withName("checkout")
                .get();
        GenericKubernetesResource left = API.client()
                .getKubernetesSerialization()
                .unmarshal(
                        ROUTE.replace("  - {group: \"\", kind: Service, name: checkout, port: 80}\n", ""),
                        GenericKubernetesResource.class);
        now.setAdditionalProperty("spec", left.getAdditionalProperties().get("spec"));
        API.client().resource(now).update();
        // Then
        awaitKept(ResourceKind.HTTP_ROUTE, Optional::isEmpty);
        JsonNode status = awaitStatus(
                DeclaredKind.HTTP_ROUTE, said -> said.path("parents").size() == 1);
        assertThat(status.at("/parents/0/controllerName").asText()).isEqualTo("example.com/other");
    }

    @Test
    void theDefinitionsThatAreShippedAreThoseThatAreFollowed() throws Exception {
        List<String> shipped;
        try (var file = Files.newInputStream(Path.of("../deploy/kubernetes/crds.yaml"))) {
            shipped = API.client().load(file).items().stream()
                    .map(CustomResourceDefinition.class::cast)
                    .map(crd -> crd.getSpec().getGroup() + "/"
                            + crd.getSpec().getVersions().getFirst().getName() + " "
                            + crd.getSpec().getNames().getKind() + " "
                            + crd.getSpec().getNames().getPlural() + " "
                            + (crd.getMetadata().getName()))
                    .toList();
        }
        assertThat(shipped)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(DeclaredKind.values())
                        .filter(kind -> kind.context().getGroup().equals("tombolo.io"))
                        .map(kind -> kind.apiVersion() + " " + kind.resource().text() + " "
                                + kind.context().getPlural() + " "
                                + kind.context().getPlural() + ".tombolo.io")
                        .toList());
    }

    @Test
    void theKustomizationHasEverythingThatIsShipped() throws Exception {
        Path shipped = Path.of("../deploy/kubernetes");
        Map<String, List<String>> kustomization = API.client()
                .getKubernetesSerialization()
                .unmarshal(Files.readString(shipped.resolve("kustomization.yaml")), Map.class);
        try (Stream<Path> files = Files.list(shipped)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .filteredOn(file -> !file.equals("kustomization.yaml"))
                    .containsExactlyInAnyOrderElementsOf(Objects.requireNonNull(kustomization.get("resources")));
        }
    }

    @Test
    void whatWasWrittenByHandStaysWhereKubernetesHasNoSuchObject() {
        // Given
        store.put(ResourceReader.read(POLICY.formatted("10s")).getFirst(), "api", Instant.now());
        // When another one came and went
        create(POLICY.formatted("10s").replace("metadata: {name: checkout", "metadata: {name: later"));
        var later = new ResourceKey(ResourceKind.FAILOVER_POLICY, new ServiceName("shop", "later"));
        Awaitility.await().until(() -> store.find(later).isPresent());
        API.client()
                .genericKubernetesResources(DeclaredKind.FAILOVER_POLICY.context())
                .inNamespace("shop")
                .withName("later")
                .delete();
        Awaitility.await().until(() -> store.find(later).isEmpty());
        // Then
        assertThat(kept(ResourceKind.FAILOVER_POLICY)).isPresent();
    }
}
