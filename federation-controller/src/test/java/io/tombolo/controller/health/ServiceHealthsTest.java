package io.tombolo.controller.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.controller.enrol.LiveProxy;
import io.tombolo.controller.enrol.OfferedPort;
import io.tombolo.controller.enrol.Registration;
import io.tombolo.controller.exporting.LocalServices;
import io.tombolo.controller.store.ResourceReader;
import io.tombolo.controller.store.StoredResource;
import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.trustbundle.key.Ed25519Key;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ServiceHealthsTest {
    private static final ServiceName CHECKOUT = new ServiceName("shop", "checkout");

    private static LiveProxy sidecar(int id, int weight, InstanceState state) {
        return new LiveProxy(
                new Registration(
                        Ed25519Key.generate().publicKey(),
                        new ProxyRole.Workload("shop", "checkout"),
                        InstanceId.of(id),
                        Instant.EPOCH),
                List.of(new HostPort("127.0.0.1", 15_006)),
                List.of(new OfferedPort(CHECKOUT, new ExportedPort(80, "", AppProtocol.HTTP))),
                "",
                weight,
                state,
                "test",
                true,
                0);
    }

    private static ServiceHealth health(String spec, List<LiveProxy> proxies) {
        var parsed = ResourceReader.read("apiVersion: tombolo.io/v1\nkind: ServiceExport\n"
                        + "metadata: {name: checkout, namespace: shop}\nspec: {" + spec + "}\n")
                .getFirst();
        var stored = new StoredResource(parsed.key(), parsed.spec(), parsed.specJson(), 1, Instant.EPOCH, "api");
        return ServiceHealths.of(LocalServices.of(List.of(stored), proxies, Map.of())
                .find(CHECKOUT)
                .orElseThrow());
    }

    @Test
    void theCapacityIsThatOfTheInstancesThatAreReadyByTheirWeights() {
        List<LiveProxy> proxies = List.of(
                sidecar(1, 100, InstanceState.READY),
                sidecar(2, 50, InstanceState.READY),
                sidecar(3, 100, InstanceState.DRAINING),
                sidecar(4, 100, InstanceState.NOT_READY));
        assertThat(health("capacity: {perInstance: 200}", proxies).capacityPerSecond())
                .isEqualTo(300);
    }

    @Test
    void withoutAWordOrWithoutAnInstanceThatIsReadyNothingIsSaid() {
        List<LiveProxy> ready = List.of(sidecar(1, 100, InstanceState.READY));
        List<LiveProxy> draining = List.of(sidecar(1, 100, InstanceState.DRAINING));
        assertThat(health("", ready).capacityPerSecond()).isZero();
        assertThat(health("capacity: {perInstance: 200}", draining).capacityPerSecond())
                .isZero();
    }

    @Test
    void aLightInstanceTakesSomethingAndManyCountBeyondTheRoster() {
        List<LiveProxy> light = List.of(sidecar(1, 1, InstanceState.READY));
        List<LiveProxy> many = IntStream.rangeClosed(1, 100)
                .mapToObj(id -> sidecar(id, 100, InstanceState.READY))
                .toList();
        assertThat(health("capacity: {perInstance: 1}", light).capacityPerSecond())
                .isEqualTo(1);
        assertThat(health("capacity: {perInstance: 1000000}", many).capacityPerSecond())
                .isEqualTo(100_000_000);
    }
}
