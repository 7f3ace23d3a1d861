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
import io.tombolo.model.name.InstanceHostname;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.trustbundle.key.Ed25519Key;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ServiceHealthsTest {
    private static final ServiceName CHECKOUT = new ServiceName("shop", "checkout");

    private static LiveProxy sidecar(int id, int weight, InstanceState state) {
        return sidecar(id, weight, state, Optional.empty());
    }

    private static LiveProxy called(int id, InstanceState state, String hostname) {
        return sidecar(id, 100, state, Optional.of(new InstanceHostname(hostname)));
    }

    private static LiveProxy sidecar(int id, int weight, InstanceState state, Optional<InstanceHostname> hostname) {
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
                hostname,
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

    /** By instance, as {@code id=name}. */
    private static List<String> names(List<LiveProxy> proxies) {
        return health("", proxies).roster().stream()
                .flatMap(entry -> entry.hostname().stream().map(name -> entry.instance() + "=" + name))
                .toList();
    }

    @Test
    void aReadyInstanceIsNamedInTheRosterUnlessAnotherReadyOneSaysTheSame() {
        // Given the one of before is going away when its successor is there
        LiveProxy before = called(1, InstanceState.DRAINING, "checkout-0");
        LiveProxy after = called(2, InstanceState.READY, "checkout-0");
        LiveProxy other = called(3, InstanceState.READY, "checkout-1");
        // Then
        assertThat(names(List.of(before, after, other)))
                .containsExactly(InstanceId.of(2) + "=checkout-0", InstanceId.of(3) + "=checkout-1");
        // When somebody else says one of the names
        LiveProxy another = called(4, InstanceState.READY, "checkout-0");
        // Then
        assertThat(names(List.of(before, after, other, another))).containsExactly(InstanceId.of(3) + "=checkout-1");
    }

    @Test
    void whoSharesANameIsFoundOutBeyondThoseThatTheRosterHasRoomFor() {
        // Given
        List<LiveProxy> crowd = IntStream.rangeClosed(1, ServiceHealth.MAX_ROSTER)
                .mapToObj(id -> called(id, InstanceState.READY, "checkout-" + id))
                .toList();
        var all = new ArrayList<>(crowd);
        // When
        all.add(called(1_000_000, InstanceState.READY, "checkout-1"));
        // Then
        assertThat(names(all)).hasSize(ServiceHealth.MAX_ROSTER - 1).noneMatch(one -> one.endsWith("=checkout-1"));
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
