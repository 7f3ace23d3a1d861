package io.tombolo.controller.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.controller.store.ResourceKey;
import io.tombolo.controller.store.ResourceKind;
import io.tombolo.controller.store.ResourceStore;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.GatewayInstance;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.ServiceTraits;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.Locality;
import io.tombolo.model.name.ServiceName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** How much an API server is asked, with many services: nothing while nothing changes, and for a change only what the change needs. */
class KubeRequestsTest {
    @RegisterExtension
    static final TestApi API = new TestApi(ExportObject.KIND, ImportObject.KIND);

    private static final int SERVICES = Boolean.getBoolean("tombolo.deep") ? 1_000 : 50;

    private StateDirectory state;
    private ResourceStore store;
    private KubeExports exports;
    private KubeImports imports;
    private KubeDerived derived;
    private KubeSlices slices;
    private KubeLeases leases;
    private volatile List<SharedService> federated = List.of();

    @TempDir
    private Path home;

    /** All is well, and stays so. */
    private static final class Calm implements ExportNews {
        @Override
        public Optional<String> published(ResourceKey export) {
            return Optional.of("1");
        }

        @Override
        public Optional<Condition> conflict(ResourceKey export) {
            return Optional.empty();
        }
    }

    @BeforeEach
    void start() {
        state = StateDirectory.take(home);
        store = new ResourceStore(state);
        exports = new KubeExports(API.client(), store, new Calm(), TestApi.ample(), InstantSource.system());
        var given = new GivenAddresses(List.of(), _ -> {});
        imports = new KubeImports(
                API.client(),
                () -> Optional.of(exported()),
                Optional.of(given),
                TestApi.ample(),
                InstantSource.system());
        derived = new KubeDerived(API.client(), imports, given, AddressLimits.NONE, TestApi.ample());
        slices = new KubeSlices(API.client(), this::endpoints, imports, Optional.of("shop"), TestApi.ample());
        leases = new KubeLeases(API.client(), "shop", this::endpoints, TestApi.ample());
    }

    @AfterEach
    void end() {
        exports.close();
        leases.close();
        slices.close();
        derived.close();
        imports.close();
        state.close();
    }

    private ImportNews.Known exported() {
        return new ImportNews.Known(federated, true);
    }

    /** West is reached by one gateway. */
    private Optional<EndpointNews.Known> endpoints() {
        var gateway = new GatewayInstance(InstanceId.of(1), List.of(new HostPort("192.0.2.1", 15_443)), 100, false, "");
        var west =
                new OriginFacts(List.of(gateway), Set.of(), Duration.ofSeconds(30), Optional.of(Instant.EPOCH), false);
        return Optional.of(
                new EndpointNews.Known(exported(), Optional.of(Imported.EAST), Map.of(Imported.WEST, west), Map.of()));
    }

    private void lookAll() {
        exports.look();
        imports.look();
        derived.look();
        slices.look();
        leases.look();
    }

    private static void exported(String name) {
        API.client()
                .resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace("shop")
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withType("ClusterIP")
                        .addNewPort()
                        .withPort(80)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
        API.client()
                .genericKubernetesResources(ExportObject.KIND)
                .inNamespace("shop")
                .resource(new GenericKubernetesResourceBuilder()
                        .withApiVersion("multicluster.x-k8s.io/v1beta1")
                        .withKind("ServiceExport")
                        .withNewMetadata()
                        .withNamespace("shop")
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    private static SharedService shared(String name, int port) {
        var source = new ImportedService.Source(
                new ClusterId("west"),
                Locality.UNKNOWN,
                Set.of(port),
                Set.of(),
                ExportMode.PASSTHROUGH,
                Optional.empty(),
                Instant.EPOCH);
        return new SharedService(
                new ImportedService(
                        new ServiceName("shop", name),
                        List.of(new ExportedPort(port, "web", AppProtocol.HTTP)),
                        ServiceType.CLUSTER_SET_IP,
                        "None",
                        List.of(source),
                        Optional.empty()),
                Map.of(),
                Map.of(),
                ServiceTraits.NONE);
    }

    /** Until a look asks for nothing any more. @return how many requests it took */
    private int untilCalm() {
        int before = API.requests();
        Awaitility.await("calm")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    int asked = API.requests();
                    lookAll();
                    return store.list(ResourceKind.SERVICE_EXPORT).size() == SERVICES && API.requests() == asked;
                });
        return API.requests() - before;
    }

    @Test
    void theApiServerIsAskedForWhatChangesAndForNothingElse() {
        // Given a service of this cluster, and one of another, of each name
        var known = new ArrayList<SharedService>();
        for (int i = 0; i < SERVICES; i++) {
            exported("service-" + i);
            known.add(shared("service-" + i, 80));
        }
        federated = List.copyOf(known);
        exports.start();
        imports.start();
        derived.start();
        slices.start();
        leases.start();
        int first = untilCalm();
        // Then each export had one status; each import was made, got a derived Service, its addresses, a status before,
        // after or both, and
        // a slice. Lists, watches and a lease come to that
        assertThat(first).isBetween(6 * SERVICES, 7 * SERVICES + 30);
        // When nothing changes
        int before = API.requests();
        for (int i = 0; i < 5; i++) {
            lookAll();
        }
        // Then
        assertThat(API.requests()).isEqualTo(before);
        // When one service of the federation changes
        known.set(7, shared("service-7", 81));
        federated = List.copyOf(known);
        int change = untilCalm();
        // Then its import is written, what its status says of the new one, the derived Service; its slice needs no
        // other port
        assertThat(change).isBetween(2, 3);
        GenericKubernetesResource changed = API.client()
                .genericKubernetesResources(ImportObject.KIND)
                .inNamespace("shop")
                .withName("service-7")
                .get();
        assertThat(changed.getAdditionalProperties().toString()).contains("port=81");
    }
}
