package io.tombolo.controller.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.tombolo.model.catalog.ServiceAddresses;
import io.tombolo.model.catalog.ServiceType;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** An API server that was never reached says nothing of addresses. */
class AddressesWhileAwayTest {
    private final List<ServiceAddresses> told = new CopyOnWriteArrayList<>();

    @Test
    void whileTheApiServerIsAwayTheAddressesOfBeforeStay() {
        // Given
        var before = new ServiceAddresses(Imported.CHECKOUT, List.of(InetAddress.ofLiteral("10.96.7.7")));
        var given = new GivenAddresses(List.of(before), told::addAll);
        var away = new ConfigBuilder()
                .withMasterUrl("http://127.0.0.1:1")
                .withRequestRetryBackoffLimit(0)
                .build();
        try (var client = new KubernetesClientBuilder().withConfig(away).build();
                var noImports = new KubeImports(
                        client,
                        () -> Imported.known(Imported.checkout(ServiceType.CLUSTER_SET_IP, Imported.WEST)),
                        Optional.of(given),
                        TestApi.ample(),
                        InstantSource.system());
                var noServices = new KubeDerived(client, noImports, given, AddressLimits.NONE, TestApi.ample())) {
            noImports.start();
            noServices.start();
            // When
            noImports.look();
            noServices.look();
            // Then
            assertThat(given.of(Imported.CHECKOUT)).contains(before.addresses());
            assertThat(told).isEmpty();
        }
    }
}
