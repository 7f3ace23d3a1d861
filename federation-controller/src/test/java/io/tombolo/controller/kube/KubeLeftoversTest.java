package io.tombolo.controller.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.tombolo.model.catalog.ServiceType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is left of the time when imports had addresses. */
class KubeLeftoversTest {
    @RegisterExtension
    static final TestApi API = new TestApi();

    private static void areThere() {
        GenericKubernetesResource owner = ImportObject.of(Imported.checkout(ServiceType.CLUSTER_SET_IP, Imported.WEST))
                .made(Imported.CHECKOUT);
        owner.getMetadata().setUid("1");
        Service derived =
                DerivedService.of(Imported.CHECKOUT, ImportObject.of(owner)).made(owner, List.of());
        API.client().resource(derived).create();
        Service looksLikeIt = new ServiceBuilder(derived)
                .editMetadata()
                .withName("till")
                .endMetadata()
                .build();
        API.client().resource(looksLikeIt).create();
        API.client()
                .resource(new EndpointSliceBuilder()
                        .withNewMetadata()
                        .withNamespace("shop")
                        .withName("slice")
                        .addToLabels("endpointslice.kubernetes.io/managed-by", "tombolo")
                        .endMetadata()
                        .withAddressType("IPv4")
                        .withEndpoints()
                        .build())
                .create();
        for (String name : List.of("tombolo-origin-west", "tombolo-of-somebody")) {
            API.client()
                    .resource(new LeaseBuilder()
                            .withNewMetadata()
                            .withNamespace("shop")
                            .withName(name)
                            .addToLabels("app.kubernetes.io/managed-by", "tombolo")
                            .endMetadata()
                            .build())
                    .create();
        }
    }

    @Test
    void whoWantsNoAddressesAnyMoreHasNoServicesSlicesAndLeasesOfBefore() {
        // Given
        areThere();
        // When
        try (var leftovers = new KubeLeftovers(API.client(), Optional.of("shop"), TestApi.ample())) {
            leftovers.look();
            // Then
            assertThat(API.client().services().inNamespace("shop").list().getItems())
                    .extracting(one -> one.getMetadata().getName())
                    .containsExactly("till");
            assertThat(API.client()
                            .discovery()
                            .v1()
                            .endpointSlices()
                            .inNamespace("shop")
                            .list()
                            .getItems())
                    .isEmpty();
            assertThat(API.client().leases().inNamespace("shop").list().getItems())
                    .extracting(one -> one.getMetadata().getName())
                    .containsExactly("tombolo-of-somebody");
            // And is asked once
            int asked = API.requests();
            leftovers.look();
            assertThat(API.requests()).isEqualTo(asked);
        }
    }
}
