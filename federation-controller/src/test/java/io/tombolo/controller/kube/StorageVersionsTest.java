package io.tombolo.controller.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.controller.store.ResourceKey;
import io.tombolo.controller.store.ResourceStore;
import io.tombolo.model.catalog.ServiceType;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Programs that read and write the MCS API in its first version, {@code v1alpha1}, beside this controller, which uses {@code v1beta1}. */
class StorageVersionsTest {
    private static final ResourceDefinitionContext OLD_EXPORTS = old("ServiceExport", "serviceexports");
    private static final ResourceDefinitionContext OLD_IMPORTS = old("ServiceImport", "serviceimports");

    @RegisterExtension
    static final TestApi API = new TestApi(ExportObject.KIND, ImportObject.KIND, OLD_EXPORTS, OLD_IMPORTS);

    @TempDir
    private Path home;

    private static ResourceDefinitionContext old(String kind, String plural) {
        return new ResourceDefinitionContext.Builder()
                .withGroup("multicluster.x-k8s.io")
                .withVersion("v1alpha1")
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }

    private static final class Published implements ExportNews {
        @Override
        public Optional<String> published(ResourceKey export) {
            return Optional.of("1");
        }

        @Override
        public Optional<Condition> conflict(ResourceKey export) {
            return Optional.empty();
        }
    }

    private static Optional<GenericKubernetesResource> read(ResourceDefinitionContext kind) {
        return Optional.ofNullable(API.client()
                .genericKubernetesResources(kind)
                .inNamespace("shop")
                .withName("checkout")
                .get());
    }

    /** Only an API server turns one version into the other. */
    @Test
    void anExportThatIsWrittenInTheFirstVersionIsExportedAndReadsItsConditionsThere() {
        API.isReal("an imitated one keeps the versions apart");
        try (StateDirectory state = StateDirectory.take(home)) {
            // Given
            API.client()
                    .resource(new ServiceBuilder()
                            .withNewMetadata()
                            .withNamespace("shop")
                            .withName("checkout")
                            .endMetadata()
                            .withNewSpec()
                            .addNewPort()
                            .withPort(80)
                            .endPort()
                            .endSpec()
                            .build())
                    .create();
            var exports = new KubeExports(
                    API.client(), new ResourceStore(state), new Published(), TestApi.ample(), InstantSource.system());
            var imports = new KubeImports(
                    API.client(),
                    () -> Imported.known(Imported.checkout(ServiceType.CLUSTER_SET_IP, Imported.WEST)),
                    Optional.of(new GivenAddresses(List.of(), _ -> {})),
                    TestApi.ample(),
                    InstantSource.system());
            try (exports;
                    imports) {
                exports.start();
                imports.start();
                // When
                API.client()
                        .genericKubernetesResources(OLD_EXPORTS)
                        .inNamespace("shop")
                        .resource(new GenericKubernetesResourceBuilder()
                                .withApiVersion("multicluster.x-k8s.io/v1alpha1")
                                .withKind("ServiceExport")
                                .withNewMetadata()
                                .withNamespace("shop")
                                .withName("checkout")
                                .endMetadata()
                                .build())
                        .create();
                // Then
                Awaitility.await("its conditions, in the first version")
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> read(OLD_EXPORTS)
                                .filter(object -> ExportObject.of(object).conditions().written().stream()
                                        .anyMatch(
                                                one -> one.condition().reason().equals("Exported")))
                                .isPresent());
                Awaitility.await("the import, in the first version")
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> read(OLD_IMPORTS)
                                .filter(object ->
                                        ImportStanding.of(object).clusters().equals(List.of("west")))
                                .isPresent());
            }
        }
    }

    @Test
    void anImportSaysTheSameInBothVersions() {
        // Given
        ImportObject says = ImportObject.of(Imported.checkout(ServiceType.CLUSTER_SET_IP, Imported.WEST))
                .at(ImportPlace.at(
                        Imported.CHECKOUT,
                        List.of(InetAddress.ofLiteral("10.96.0.7"), InetAddress.ofLiteral("fd96::7"))));
        GenericKubernetesResource object = says.made(Imported.CHECKOUT);
        // When it is written in one
        API.client().resource(object).create();
        object.setApiVersion("multicluster.x-k8s.io/v1alpha1");
        object.getMetadata().setResourceVersion(null);
        if (read(OLD_IMPORTS).isEmpty()) { // an imitated API server keeps the versions apart
            API.client()
                    .genericKubernetesResources(OLD_IMPORTS)
                    .inNamespace("shop")
                    .resource(object)
                    .create();
        }
        // Then it reads in both
        for (ResourceDefinitionContext kind : List.of(ImportObject.KIND, OLD_IMPORTS)) {
            assertThat(read(kind).map(ImportObject::of)).contains(says);
            assertThat(read(kind)
                            .map(one -> one.<Map<String, Object>>get("spec").get("ips")))
                    .contains(List.of("10.96.0.7", "fd96::7"));
        }
    }
}
