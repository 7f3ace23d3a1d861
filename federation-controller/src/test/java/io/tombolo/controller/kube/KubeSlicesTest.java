package io.tombolo.controller.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.tombolo.model.catalog.GatewayInstance;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Endpoints of imports and leases of clusters, against an API server that keeps objects as the real one does. */
class KubeSlicesTest {
    @RegisterExtension
    static final TestApi API = new TestApi(ImportObject.KIND);

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final String NAME = DerivedName.of(Imported.CHECKOUT) + "-west-4-15443";

    private final AtomicLong nanos = new AtomicLong();
    private volatile Optional<EndpointNews.Known> known = Optional.empty();
    private KubeImports imports;
    private KubeSlices slices;
    private KubeLeases leases;

    @BeforeEach
    void start() {
        API.client().leases().inNamespace("shop").delete();
        imports = new KubeImports(
                API.client(),
                () -> known.map(EndpointNews.Known::exports),
                Optional.empty(),
                TestApi.ample(),
                InstantSource.system());
        slices = new KubeSlices(
                API.client(), () -> known, imports, Optional.of("shop"), TestApi.perSecond(5, nanos::get));
        leases = new KubeLeases(API.client(), "shop", () -> known, TestApi.ample());
        imports.start();
        slices.start();
        leases.start();
    }

    @AfterEach
    void end() {
        leases.close();
        slices.close();
        imports.close();
    }

    private static OriginFacts west(boolean over, Instant pulse, String address) {
        var gateway = new GatewayInstance(InstanceId.of(1), List.of(HostPort.parse(address)), 100, false, "");
        return new OriginFacts(List.of(gateway), Set.of(), Duration.ofSeconds(30), Optional.of(pulse), over);
    }

    private void isKnown(OriginFacts west, boolean complete, SharedService... services) {
        known = Optional.of(new EndpointNews.Known(
                new ImportNews.Known(List.of(services), complete),
                Optional.of(Imported.EAST),
                Map.of(Imported.WEST, west),
                Map.of()));
    }

    private static SharedService checkout() {
        return Imported.checkout(ServiceType.CLUSTER_SET_IP, Imported.WEST);
    }

    private static Optional<EndpointSlice> slice() {
        return Optional.ofNullable(API.client()
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace("shop")
                .withName(NAME)
                .get());
    }

    private static Optional<Lease> lease(ClusterId cluster) {
        return Optional.ofNullable(API.client()
                .leases()
                .inNamespace("shop")
                .withName("tombolo-origin-" + cluster)
                .get());
    }

    private static Instant renewed() {
        return lease(Imported.WEST).orElseThrow().getSpec().getRenewTime().toInstant();
    }

    private static String address() {
        return slice().orElseThrow().getEndpoints().getFirst().getAddresses().getFirst();
    }

    /** Looks all the time instead of now and then. */
    private void until(String what, Callable<Boolean> there) {
        Awaitility.await(what)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .until(() -> {
                    imports.look();
                    slices.look();
                    leases.look();
                    return there.call();
                });
    }

    @Test
    void aSliceSaysWhereAnImportIsInOneClusterToWhoReadsTheMcsApiAndToNoNode() {
        // When
        isKnown(west(false, NOON, "192.0.2.1:15443"), true, checkout());
        // Then
        until("the slice", () -> slice().isPresent());
        EndpointSlice slice = slice().orElseThrow();
        assertThat(slice.getMetadata().getLabels())
                .containsEntry("endpointslice.kubernetes.io/managed-by", "tombolo")
                .containsEntry("multicluster.kubernetes.io/service-name", "checkout")
                .containsEntry("multicluster.kubernetes.io/source-cluster", "west")
                .containsEntry("service.kubernetes.io/headless", "")
                .doesNotContainKey("kubernetes.io/service-name");
        assertThat(slice.getMetadata().getAnnotations()).containsEntry("tombolo.io/lease", "shop/tombolo-origin-west");
        assertThat(slice.getMetadata().getOwnerReferences()).singleElement().satisfies(owner -> {
            assertThat(owner.getKind()).isEqualTo("ServiceImport");
            assertThat(owner.getController()).isFalse();
        });
        assertThat(slice.getAddressType()).isEqualTo("IPv4");
        assertThat(slice.getPorts().getFirst().getPort()).isEqualTo(15_443);
        // Nothing is known of the path: that is neither ready nor unready
        assertThat(slice.getEndpoints().getFirst().getConditions().getReady()).isNull();
    }

    @Test
    void itGoesWithTheLeaseAndTheImportStays() {
        // Given
        isKnown(west(false, NOON, "192.0.2.1:15443"), true, checkout());
        until("the slice", () -> slice().isPresent());
        // When nothing is known, or not all
        isKnown(west(false, NOON, "192.0.2.1:15443"), false);
        slices.look();
        known = Optional.empty();
        slices.look();
        // Then
        assertThat(slice()).isPresent();
        // When
        isKnown(west(true, NOON, "192.0.2.1:15443"), true, checkout());
        // Then
        until("no slice", () -> slice().isEmpty());
        assertThat(imports.ours()).containsKey(Imported.CHECKOUT);
        until("the lease", () -> lease(Imported.WEST).isPresent());
        // When it is heard again
        isKnown(west(false, NOON, "192.0.2.1:15443"), true, checkout());
        until("the slice again", () -> slice().isPresent());
        // When it is not exported any more
        isKnown(west(false, NOON, "192.0.2.1:15443"), true);
        // Then
        until("no slice again", () -> slice().isEmpty());
    }

    @Test
    void aPathThatWorkedMakesItReadyAndOneThatFailsForAMomentWritesNothing() {
        // Given
        OriginFacts silent = west(false, NOON, "192.0.2.1:15443");
        var working = new OriginFacts(
                silent.gateways(), Set.of(InstanceId.of(1)), silent.lease(), silent.pulse(), silent.over());
        isKnown(silent, true, checkout());
        until("the slice", () -> slice().isPresent());
        // When
        isKnown(working, true, checkout());
        // Then
        until(
                "it to be ready",
                () -> Boolean.TRUE.equals(slice().orElseThrow()
                        .getEndpoints()
                        .getFirst()
                        .getConditions()
                        .getReady()));
        String version = slice().orElseThrow().getMetadata().getResourceVersion();
        // When
        for (int i = 0; i < 10; i++) {
            isKnown(i % 2 == 0 ? silent : working, true, checkout());
            slices.look();
        }
        // Then
        assertThat(slice().orElseThrow().getMetadata().getResourceVersion()).isEqualTo(version);
    }

    @Test
    void aControllerThatStartsAnewWritesNoSliceAnew() {
        // Given
        OriginFacts silent = west(false, NOON, "192.0.2.1:15443");
        var working = new OriginFacts(
                silent.gateways(), Set.of(InstanceId.of(1)), silent.lease(), silent.pulse(), silent.over());
        isKnown(working, true, checkout());
        until("the slice", () -> slice().isPresent());
        String version = slice().orElseThrow().getMetadata().getResourceVersion();
        // When
        slices.close();
        slices = new KubeSlices(
                API.client(), () -> known, imports, Optional.of("shop"), TestApi.perSecond(5, nanos::get));
        slices.start();
        SharedService till = Imported.shared(
                new ServiceName("shop", "till"), ServiceType.CLUSTER_SET_IP, List.of(80), Imported.WEST);
        isKnown(silent, true, checkout(), till);
        // Then it is at work again
        until("another slice", () -> count() == 2);
        assertThat(slice().orElseThrow().getMetadata().getResourceVersion()).isEqualTo(version);
    }

    @Test
    void whatOthersChangeInItIsPutRightAndSlicesOfOthersAreLeftAlone() {
        // Given
        isKnown(west(false, NOON, "192.0.2.1:15443"), true, checkout());
        until("the slice", () -> slice().isPresent());
        EndpointSlice foreign = new EndpointSliceBuilder(slice().orElseThrow())
                .editMetadata()
                .withName("mine")
                .withUid(null)
                .withResourceVersion(null)
                .addToLabels("endpointslice.kubernetes.io/managed-by", "me")
                .endMetadata()
                .build();
        API.client().resource(foreign).create();
        // When somebody has the nodes lead programs there
        EndpointSlice led = slice().orElseThrow();
        led.getMetadata().getLabels().put("kubernetes.io/service-name", "derived");
        led.getEndpoints().getFirst().setAddresses(List.of("192.0.2.9"));
        API.client().resource(led).update();
        // Then
        until("the right one", () -> address().equals("192.0.2.1"));
        assertThat(slice().orElseThrow().getMetadata().getLabels()).doesNotContainKey("kubernetes.io/service-name");
        // When somebody takes its labels away
        EndpointSlice hidden = slice().orElseThrow();
        hidden.getMetadata().setLabels(Map.of());
        API.client().resource(hidden).update();
        // Then
        until(
                "its labels",
                () -> slice().orElseThrow()
                        .getMetadata()
                        .getLabels()
                        .containsKey("multicluster.kubernetes.io/source-cluster"));
        assertThat(API.client()
                        .discovery()
                        .v1()
                        .endpointSlices()
                        .inNamespace("shop")
                        .withName("mine")
                        .get())
                .isNotNull();
    }

    @Test
    void soManyAreWrittenAndTheOthersLater() {
        // Given more than may be written at once
        SharedService[] many = new SharedService[15];
        for (int i = 0; i < many.length; i++) {
            many[i] = Imported.shared(
                    new ServiceName("shop", "service-" + i), ServiceType.CLUSTER_SET_IP, List.of(80), Imported.WEST);
        }
        isKnown(west(false, NOON, "192.0.2.1:15443"), true, many);
        // When
        until("all imports", () -> imports.ours().size() == many.length);
        until("the first slices", () -> count() == 10);
        slices.look();
        // Then
        assertThat(count()).isEqualTo(10);
        // When time goes on
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        slices.look();
        // Then
        assertThat(count()).isEqualTo(15);
    }

    @Test
    void slicesThatTheApiServerRefusesKeepNoOthersBackAndAreAskedForAgainLater() {
        // Given
        API.refusesSlices("bad-");
        SharedService[] many = new SharedService[43];
        for (int i = 0; i < many.length; i++) {
            many[i] = Imported.shared(
                    new ServiceName("shop", (i < 40 ? "bad-" : "good-") + i),
                    ServiceType.CLUSTER_SET_IP,
                    List.of(80),
                    Imported.WEST);
        }
        isKnown(west(false, NOON, "192.0.2.1:15443"), true, many);
        until("all imports", () -> imports.ours().size() == many.length);
        // When each was tried once
        for (int second = 0; second < 9; second++) {
            slices.look();
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        }
        // Then
        until("the good ones", () -> count() == 3);
        int asked = API.requests();
        slices.look();
        assertThat(API.requests()).isEqualTo(asked);
        assertThat(slices.warnings()).isNotEmpty();
        // When they are taken
        API.refusesSlices("");
        // Then
        until("all", () -> {
            nanos.addAndGet(Duration.ofSeconds(10).toNanos());
            return count() == 43;
        });
    }

    private static int count() {
        return API.client()
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace("shop")
                .list()
                .getItems()
                .size();
    }

    @Test
    void aClusterHasALeaseThatIsRenewedInEachThirdOfItsDurationWhileItIsHeard() {
        // When
        isKnown(west(false, NOON, "192.0.2.1:15443"), true, checkout());
        // Then
        until("the lease", () -> lease(Imported.WEST).isPresent());
        Lease lease = lease(Imported.WEST).orElseThrow();
        assertThat(lease.getSpec().getHolderIdentity()).isEqualTo("west");
        assertThat(lease.getSpec().getLeaseDurationSeconds()).isEqualTo(30);
        assertThat(renewed()).isEqualTo(NOON);
        // When it is heard again a moment later
        isKnown(west(false, NOON.plusSeconds(9), "192.0.2.1:15443"), true, checkout());
        leases.look();
        // Then
        assertThat(renewed()).isEqualTo(NOON);
        // When
        isKnown(west(false, NOON.plusSeconds(10), "192.0.2.1:15443"), true, checkout());
        // Then
        until("the renewal", () -> renewed().equals(NOON.plusSeconds(10)));
    }

    @Test
    void leasesOfClustersThatAreNoMembersGoAndThoseOfOthersStay() {
        // Given
        for (String name : List.of("tombolo-origin-ghost", "somebodys")) {
            var lease =
                    new LeaseBuilder().withNewMetadata().withNamespace("shop").withName(name);
            API.client()
                    .resource((name.startsWith("tombolo")
                                    ? lease.addToLabels("app.kubernetes.io/managed-by", "tombolo")
                                    : lease)
                            .endMetadata()
                            .build())
                    .create();
        }
        // When
        isKnown(west(false, NOON, "192.0.2.1:15443"), true);
        // Then
        until("no ghost", () -> lease(new ClusterId("ghost")).isEmpty());
        assertThat(API.client()
                        .leases()
                        .inNamespace("shop")
                        .withName("somebodys")
                        .get())
                .isNotNull();
        until("the lease", () -> lease(Imported.WEST).isPresent());
    }
}
