package io.tombolo.controller.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.OtherPort;
import io.tombolo.model.catalog.ServiceTraits;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.Locality;
import io.tombolo.model.name.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The MCS API's rules for imports (KEP-1645), against an API server that keeps objects as the real one does. */
class KubeImportsTest {
    @RegisterExtension
    static final TestApi API = new TestApi(ImportObject.KIND);

    private KubeImports imports;
    private volatile Instant now = Instant.parse("2026-11-27T12:00:00Z");
    private volatile Optional<ImportNews.Known> known = Optional.empty();

    @BeforeEach
    void start() {
        imports = new KubeImports(API.client(), () -> known, Optional.empty(), TestApi.ample(), () -> now);
        imports.start();
    }

    @AfterEach
    void end() {
        imports.close();
    }

    private static SharedService service(String namespace, ServiceType type, String... clusters) {
        List<ExportedPort> ports = List.of(
                new ExportedPort(80, "web", AppProtocol.HTTP),
                new ExportedPort(90, "calls", AppProtocol.GRPC),
                new ExportedPort(91, "", AppProtocol.TCP));
        List<ImportedService.Source> sources = Stream.of(clusters)
                .map(cluster -> new ImportedService.Source(
                        new ClusterId(cluster),
                        Locality.UNKNOWN,
                        Set.of(80),
                        Set.of(),
                        ExportMode.PASSTHROUGH,
                        Optional.empty(),
                        Instant.EPOCH))
                .toList();
        var service = new ImportedService(
                new ServiceName(namespace, "checkout"), ports, type, "ClientIP", sources, Optional.empty());
        return new SharedService(
                service,
                Map.of(
                        "team", "payments",
                        "app.kubernetes.io/name", "checkout",
                        "app.kubernetes.io/managed-by", "somebody",
                        "!!", "no label",
                        "multicluster.kubernetes.io/source-cluster", "a lie"),
                Map.of(
                        "example.org/a",
                        "b",
                        "notkubernetes.io/c",
                        "d",
                        "multicluster.x-k8s.io/e",
                        "f",
                        "k8s.io/g",
                        "h"),
                new ServiceTraits(
                        OptionalInt.of(600),
                        ServiceTraits.InternalTraffic.LOCAL,
                        Optional.of(ServiceTraits.Distribution.PREFER_SAME_ZONE),
                        List.of(new OtherPort(53, "dns", OtherPort.Transport.UDP))));
    }

    private void exported(boolean complete, SharedService... services) {
        known = Optional.of(new ImportNews.Known(List.of(services), complete));
    }

    private Optional<GenericKubernetesResource> object(String namespace) {
        return Optional.ofNullable(API.client()
                .genericKubernetesResources(ImportObject.KIND)
                .inNamespace(namespace)
                .withName("checkout")
                .get());
    }

    private JsonNode json() {
        return object("shop").map(new ObjectMapper()::<JsonNode>valueToTree).orElseThrow();
    }

    private List<String> clusters() {
        return object("shop")
                .map(object -> ImportStanding.of(object).clusters())
                .orElse(List.of());
    }

    private static void until(String what, Callable<Boolean> there) {
        Awaitility.await(what).atMost(Duration.ofSeconds(10)).until(there);
    }

    @Test
    void aServiceOfTheFederationIsAnObjectHereThatSaysWhatTheMergeSays() throws Exception {
        // When
        exported(true, service("shop", ServiceType.CLUSTER_SET_IP, "west", "east"));
        // Then
        until("its clusters", () -> clusters().equals(List.of("east", "west")));
        JsonNode spec = json().path("spec");
        assertThat(spec.path("type").asText()).isEqualTo("ClusterSetIP");
        assertThat(spec.path("sessionAffinity").asText()).isEqualTo("ClientIP");
        assertThat(spec.path("ports"))
                .isEqualTo(new ObjectMapper()
                        .readTree("[{\"name\":\"web\",\"protocol\":\"TCP\",\"appProtocol\":\"http\",\"port\":80},"
                                + "{\"name\":\"calls\",\"protocol\":\"TCP\",\"appProtocol\":\"grpc\",\"port\":90},"
                                + "{\"protocol\":\"TCP\",\"port\":91},"
                                + "{\"name\":\"dns\",\"protocol\":\"UDP\",\"port\":53}]"));
        assertThat(spec.at("/sessionAffinityConfig/clientIP/timeoutSeconds").asInt())
                .isEqualTo(600);
        assertThat(spec.path("internalTrafficPolicy").asText()).isEqualTo("Local");
        assertThat(spec.path("trafficDistribution").asText()).isEqualTo("PreferSameZone");
        assertThat(spec.has("ips")).isFalse();
        assertThat(json().at("/metadata/labels").toString())
                .isEqualTo("{\"app.kubernetes.io/managed-by\":\"tombolo\",\"app.kubernetes.io/name\":\"checkout\","
                        + "\"team\":\"payments\"}");
        assertThat(json().at("/metadata/annotations").toString())
                .isEqualTo("{\"example.org/a\":\"b\",\"notkubernetes.io/c\":\"d\","
                        + "\"tombolo.io/exported-annotations\":\"example.org/a,notkubernetes.io/c\","
                        + "\"tombolo.io/exported-labels\":\"app.kubernetes.io/name,team\"}");
        assertThat(json().at("/status/conditions/0/type").asText()).isEqualTo("Ready");
        assertThat(json().at("/status/conditions/0/status").asText()).isEqualTo("True");
        assertThat(json().at("/status/conditions/0/message").asText()).contains("checkout.shop.svc.clusterset.local");
    }

    @Test
    void whatChangesInTheFederationChangesHereAndNothingElseIsWritten() {
        // Given
        exported(true, service("shop", ServiceType.CLUSTER_SET_IP, "west"));
        until("its cluster", () -> clusters().equals(List.of("west")));
        String since = json().at("/status/conditions/0/lastTransitionTime").asText();
        String version = object("shop").orElseThrow().getMetadata().getResourceVersion();
        // When nothing changes
        for (int i = 0; i < 20; i++) {
            imports.look();
        }
        // Then
        assertThat(object("shop").orElseThrow().getMetadata().getResourceVersion())
                .isEqualTo(version);
        // When
        exported(true, service("shop", ServiceType.HEADLESS, "west", "south"));
        // Then
        until("the other cluster", () -> clusters().equals(List.of("south", "west")));
        assertThat(json().at("/spec/type").asText()).isEqualTo("Headless");
        assertThat(json().at("/status/conditions/0/lastTransitionTime").asText())
                .isEqualTo(since);
    }

    /** As with a definition of last year. */
    @Test
    void fieldsThatTheApiServerDoesNotKeepAreWrittenOnceAndTheStatusIsWrittenNevertheless() {
        // Given
        API.prunesImports("internalTrafficPolicy", "trafficDistribution", "sessionAffinityConfig");
        // When
        exported(true, service("shop", ServiceType.CLUSTER_SET_IP, "west"));
        // Then
        until("its cluster", () -> clusters().equals(List.of("west")));
        assertThat(json().at("/spec").has("trafficDistribution")).isFalse();
        untilSettled();
        int asked = API.requests();
        for (int i = 0; i < 5; i++) {
            imports.look();
        }
        assertThat(API.requests()).isEqualTo(asked);
        // When a newer definition is there for an hour
        API.prunesImports();
        now = now.plus(Duration.ofHours(1));
        // Then
        until(
                "all fields",
                () -> json().at("/spec/trafficDistribution").asText().equals("PreferSameZone"));
    }

    /** Until a look asks for nothing. */
    private void untilSettled() {
        until("calm", () -> {
            int before = API.requests();
            imports.look();
            imports.look();
            return API.requests() == before;
        });
    }

    @Test
    void itLivesWhileAClusterExportsItAndWhatIsNotKnownIsNotGone() {
        // Given
        exported(true, service("shop", ServiceType.CLUSTER_SET_IP, "west"));
        until("the import", () -> object("shop").isPresent());
        // When nothing is known, or not all
        known = Optional.empty();
        imports.look();
        exported(false);
        imports.look();
        // Then
        assertThat(object("shop")).isPresent();
        // When all is known, and it is not there
        exported(true);
        // Then
        until("no import", () -> object("shop").isEmpty());
    }

    @Test
    void noNamespaceIsMadeAndOneThatComesLaterGetsItsImports() {
        // Given
        exported(true, service("later", ServiceType.CLUSTER_SET_IP, "west"));
        imports.look();
        assertThat(API.client().namespaces().withName("later").get()).isNull();
        assertThat(object("later")).isEmpty();
        // When
        API.hasNamespace("later");
        // Then
        until("the import", () -> object("later").isPresent());
    }

    @Test
    void whatSomebodyElseMadeIsLeftAloneAndWhatSomebodyChangedIsPutRight() {
        // Given that changes are heard of, and one of the same name without our label
        isWatched();
        GenericKubernetesResource foreign = ImportObject.of(service("shop", ServiceType.HEADLESS, "west"))
                .made(new ServiceName("shop", "checkout"));
        foreign.getMetadata().setLabels(Map.of());
        API.client().resource(foreign).create();
        // When
        exported(true, service("shop", ServiceType.CLUSTER_SET_IP, "west"));
        for (int i = 0; i < 5; i++) {
            imports.look();
        }
        exported(true);
        imports.look();
        // Then
        assertThat(json().at("/spec/type").asText()).isEqualTo("Headless");
        // When it is deleted
        exported(true, service("shop", ServiceType.CLUSTER_SET_IP, "west"));
        API.client().resource(foreign).delete();
        // Then ours comes
        until("ours", () -> object("shop").filter(ImportObject::isOurs).isPresent());
        // When somebody adds something of their own
        GenericKubernetesResource tracked = object("shop").orElseThrow();
        var labels = new HashMap<>(tracked.getMetadata().getLabels());
        labels.put("tracked-by", "argo");
        labels.put("team", "other");
        tracked.getMetadata().setLabels(labels);
        overwrites(tracked);
        // Then it stays, and what is ours is put right
        until("our label", () -> json().at("/metadata/labels/team").asText().equals("payments"));
        assertThat(json().at("/metadata/labels/tracked-by").asText()).isEqualTo("argo");
        // When somebody bends it
        GenericKubernetesResource bent = object("shop").orElseThrow();
        bent.setAdditionalProperty("spec", Map.of("type", "Headless", "ports", List.of()));
        overwrites(bent);
        // Then
        until("it to be right", () -> json().at("/spec/ports").size() == 4);
    }

    /** An imitated API server forgets what happened between a list and the watch that follows it. */
    private void isWatched() {
        API.hasNamespace("stock");
        exported(true, service("stock", ServiceType.CLUSTER_SET_IP, "west"));
        until("an import", () -> object("stock").isPresent());
        until("what is heard of it", () -> {
            GenericKubernetesResource bent = object("stock").orElseThrow();
            bent.setAdditionalProperty("spec", Map.of("type", "Headless", "ports", List.of()));
            overwrites(bent);
            return isRight("stock");
        });
    }

    private boolean isRight(String namespace) {
        imports.look();
        return object(namespace)
                .filter(one -> ImportObject.of(one).ports().size() == 4)
                .isPresent();
    }

    /** Whoever wrote last meanwhile. */
    private static void overwrites(GenericKubernetesResource object) {
        object.getMetadata().setResourceVersion(null);
        API.client().resource(object).update();
    }

    @Test
    void aStatusThatMayNotBeWrittenKeepsNobodyFromWritingWhatAnImportIs() {
        // Given: time stands still, so that what was refused waits for ever
        API.refusesStatuses(true);
        imports.close();
        imports = new KubeImports(
                API.client(), () -> known, Optional.empty(), TestApi.perSecond(1_000_000, () -> 0), () -> now);
        imports.start();
        exported(true, service("shop", ServiceType.CLUSTER_SET_IP, "west"));
        until("a refusal", () -> !imports.follower().warnings().isEmpty());
        // When
        exported(true, service("shop", ServiceType.HEADLESS, "west"));
        // Then
        until("its type", () -> json().at("/spec/type").asText().equals("Headless"));
    }
}
