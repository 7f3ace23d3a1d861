package io.tombolo.controller.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServiceSpecBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.controller.store.ResourceKey;
import io.tombolo.controller.store.ResourceKind;
import io.tombolo.controller.store.ResourceReader;
import io.tombolo.controller.store.ResourceStore;
import io.tombolo.controller.store.Spec;
import io.tombolo.controller.store.StoredResource;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.OtherPort;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.name.ServiceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The MCS API's rules for exports (KEP-1645), against an API server that keeps objects as the real one does. */
class KubeExportsTest {
    @RegisterExtension
    static final TestApi API = new TestApi(ExportObject.KIND);

    private static final ServiceName CHECKOUT = new ServiceName("shop", "checkout");
    private static final ResourceKey KEY = new ResourceKey(ResourceKind.SERVICE_EXPORT, CHECKOUT);

    private StateDirectory state;
    private ResourceStore store;
    private KubeExports exports;
    private final Federation federation = new Federation();

    /** What the federation would say. */
    private static final class Federation implements ExportNews {
        private volatile Optional<String> published = Optional.of("pending");
        private final Map<ResourceKey, Condition> conflicts = new ConcurrentHashMap<>();

        @Override
        public Optional<String> published(ResourceKey export) {
            return published;
        }

        @Override
        public Optional<Condition> conflict(ResourceKey export) {
            return Optional.ofNullable(conflicts.get(export));
        }
    }

    @TempDir
    private Path home;

    @BeforeEach
    void start() {
        state = StateDirectory.take(home);
        store = new ResourceStore(state);
        exports = new KubeExports(API.client(), store, federation, TestApi.ample(), InstantSource.system());
        exports.start();
    }

    @AfterEach
    void end() {
        exports.close();
        state.close();
    }

    private void service(UnaryOperator<ServiceSpecBuilder> kind) {
        ServiceSpecBuilder ports = new ServiceSpecBuilder()
                .addNewPort()
                .withName("http-web")
                .withPort(80)
                .endPort()
                .addNewPort()
                .withName("calls")
                .withPort(90)
                .withAppProtocol("grpc")
                .endPort()
                .addNewPort()
                .withName("news")
                .withPort(53)
                .withProtocol("UDP")
                .endPort();
        API.client()
                .resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace("shop")
                        .withName("checkout")
                        .addToLabels("not", "exported")
                        .endMetadata()
                        .withSpec(kind.apply(ports).build())
                        .build())
                .create();
    }

    private void export() {
        export("checkout");
    }

    private void export(String name) {
        API.client()
                .genericKubernetesResources(ExportObject.KIND)
                .inNamespace("shop")
                .resource(new GenericKubernetesResourceBuilder()
                        .withApiVersion("multicluster.x-k8s.io/v1beta1")
                        .withKind("ServiceExport")
                        .withNewMetadata()
                        .withNamespace("shop")
                        .withName(name)
                        .addToLabels("not", "exported")
                        .addToAnnotations("tombolo.io/server-accounts", "till, batch")
                        .endMetadata()
                        .addToAdditionalProperties("spec", Map.of("exportedLabels", Map.of("team", "payments")))
                        .build())
                .create();
    }

    private GenericKubernetesResource object() {
        return API.client()
                .genericKubernetesResources(ExportObject.KIND)
                .inNamespace("shop")
                .withName("checkout")
                .get();
    }

    private List<Condition> conditions() {
        return ExportObject.of(object()).conditions().written().stream()
                .map(Conditions.Written::condition)
                .toList();
    }

    private Condition awaits(String type, Predicate<Condition> wanted) {
        Awaitility.await(type)
                .atMost(Duration.ofSeconds(10))
                .until(() -> conditions().stream().anyMatch(c -> c.type().equals(type) && wanted.test(c)));
        return conditions().stream()
                .filter(c -> c.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private Optional<StoredResource> kept() {
        return store.find(KEY);
    }

    private static void until(String what, Callable<Boolean> there) {
        Awaitility.await(what).atMost(Duration.ofSeconds(10)).until(there);
    }

    @Test
    void aServiceThatIsExportedIsAResourceOfThisCluster() {
        // Given
        service(it -> it.withType("LoadBalancer"));
        // When
        export();
        // Then: node ports and load balancers are exported as ClusterSetIP
        until("the export", () -> kept().isPresent());
        var spec = (Spec.Export) kept().orElseThrow().spec();
        assertThat(spec.ports())
                .containsExactly(
                        new ExportedPort(80, "http-web", AppProtocol.HTTP),
                        new ExportedPort(90, "calls", AppProtocol.GRPC));
        assertThat(spec.type()).isEqualTo(ServiceType.CLUSTER_SET_IP);
        assertThat(spec.traits().otherPorts()).containsExactly(new OtherPort(53, "news", OtherPort.Transport.UDP));
        assertThat(spec.labels()).isEqualTo(Map.of("team", "payments"));
        assertThat(spec.serverAccounts()).containsExactly("till", "batch");
        assertThat(kept().orElseThrow().createdAt())
                .isEqualTo(ExportObject.of(object()).createdAt());
        assertThat(awaits("Valid", c -> c.status().equals("True")).message()).contains("port 53 is UDP");
        assertThat(awaits("Ready", c -> c.reason().equals("Pending")).message()).contains("backbone");
        assertThat(awaits("Conflict", c -> c.status().equals("False")).reason()).isEqualTo("NoConflicts");
        // When the federation has it
        federation.published = Optional.of("7");
        // Then
        awaits("Ready", c -> c.status().equals("True") && c.reason().equals("Exported"));
    }

    @Test
    void withoutAServiceNothingIsExportedUntilThereIsOneAndAfterItIsGone() {
        // Given
        export();
        assertThat(awaits("Valid", c -> c.reason().equals("NoService")).message())
                .contains("create it");
        assertThat(awaits("Ready", c -> c.status().equals("False")).reason()).isEqualTo("Pending");
        assertThat(kept()).isEmpty();
        // When
        service(it -> it.withType("ClusterIP"));
        // Then
        until("the export", () -> kept().isPresent());
        awaits("Valid", c -> c.status().equals("True"));
        // When
        API.client().services().inNamespace("shop").withName("checkout").delete();
        // Then
        until("nothing to be exported", () -> kept().isEmpty());
        awaits("Valid", c -> c.reason().equals("NoService"));
    }

    @Test
    void anExternalNameIsNeverExported() {
        service(it -> it.withType("ExternalName").withExternalName("example.org"));
        export();
        assertThat(awaits("Valid", c -> c.reason().equals("InvalidServiceType")).message())
                .contains("ExternalName");
        assertThat(kept()).isEmpty();
    }

    @Test
    void whatNoServiceCanBeMeantByAndWhatCannotBeKeptHinderNobodyElse() throws IOException {
        // Given an object whose name has dots, and a disk that takes nothing of one export
        export("a.b");
        Files.createDirectories(home.resolve("resources/ServiceExport.shop.checkout.state/not-a-file"));
        service(it -> it.withType("ClusterIP"));
        // When
        export();
        // Then
        assertThat(awaits("Ready", c -> c.reason().equals("Failed")).message()).contains("TB-6006", "tried again");
        until(
                "the other to be told",
                () -> API.client()
                        .genericKubernetesResources(ExportObject.KIND)
                        .inNamespace("shop")
                        .withName("a.b")
                        .get()
                        .getAdditionalProperties()
                        .toString()
                        .contains("metadata.name"));
        // When the disk takes it
        Files.delete(home.resolve("resources/ServiceExport.shop.checkout.state/not-a-file"));
        Files.delete(home.resolve("resources/ServiceExport.shop.checkout.state"));
        // Then
        until("the export", () -> kept().isPresent());
    }

    @Test
    void aHeadlessServiceStaysHeadless() {
        service(it -> it.withClusterIP("None"));
        export();
        until("the export", () -> kept().isPresent());
        assertThat(((Spec.Export) kept().orElseThrow().spec()).type()).isEqualTo(ServiceType.HEADLESS);
    }

    @Test
    void whoDeletesTheExportUnexportsAndWhatWasWrittenByHandStays() {
        // Given
        service(it -> it.withType("ClusterIP"));
        export();
        until("the export", () -> kept().isPresent());
        var byHand = new ResourceKey(ResourceKind.SERVICE_EXPORT, new ServiceName("shop", "by-hand"));
        store.put(
                ResourceReader.read("{apiVersion: tombolo.io/v1, kind: ServiceExport,"
                                + " metadata: {namespace: shop, name: by-hand}, spec: {}}")
                        .getFirst(),
                "api",
                Instant.EPOCH);
        // When
        API.client().resource(object()).delete();
        // Then
        until("nothing to be exported", () -> kept().isEmpty());
        assertThat(store.find(byHand)).isPresent();
    }

    @Test
    void aConflictIsSaidAndAStatusIsWrittenOnlyWhenItChanges() {
        // Given
        federation.conflicts.put(KEY, new Condition("Conflict", "True", "PortConflict", "port 80 is grpc in west"));
        service(it -> it.withType("ClusterIP"));
        export();
        assertThat(awaits("Conflict", c -> c.status().equals("True")).reason()).isEqualTo("PortConflict");
        String version = object().getMetadata().getResourceVersion();
        // When the federation is asked again and again
        for (int i = 0; i < 20; i++) {
            exports.look();
        }
        // Then nobody wrote
        assertThat(object().getMetadata().getResourceVersion()).isEqualTo(version);
        // When it is over
        String since =
                ExportObject.of(object()).conditions().written().getLast().since();
        federation.conflicts.clear();
        // Then
        awaits("Conflict", c -> c.reason().equals("NoConflicts"));
        assertThat(ExportObject.of(object()).conditions().written().getFirst().since())
                .isEqualTo(since);
    }

    @Test
    void anApiServerThatIsNotThereTakesNothingAway() {
        // Given what was kept by a run before
        service(it -> it.withType("ClusterIP"));
        export();
        until("the export", () -> kept().isPresent());
        exports.close();
        // When it starts with an API server that does not answer
        try (var blind = new KubeExports(
                new KubernetesClientBuilder()
                        .withConfig(new ConfigBuilder()
                                .withMasterUrl("http://127.0.0.1:1")
                                .build())
                        .build(),
                store,
                federation,
                TestApi.ample(),
                InstantSource.system())) {
            blind.start();
            for (int i = 0; i < 5; i++) {
                blind.look();
            }
            // Then
            assertThat(kept()).isPresent();
        }
    }
}
