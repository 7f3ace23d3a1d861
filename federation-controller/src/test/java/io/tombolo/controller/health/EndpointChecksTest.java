package io.tombolo.controller.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tombolo.controller.exporting.LocalService;
import io.tombolo.controller.exporting.LocalServices;
import io.tombolo.controller.store.ResourceReader;
import io.tombolo.controller.store.StoredResource;
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.WorkloadEndpoint;
import io.tombolo.model.name.ServiceName;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Workloads without a sidecar, on 127.0.0.1. */
class EndpointChecksTest {
    private static final ServiceName LEDGER = new ServiceName("shop", "ledger");
    private static final Duration OFTEN = Duration.ofMillis(20);

    private final EndpointTable table = new EndpointTable();
    private Optional<EndpointChecks> checks = Optional.empty();

    @AfterEach
    void end() {
        checks.ifPresent(EndpointChecks::close);
    }

    private static LocalServices ledger(int target) {
        String yaml = """
                apiVersion: tombolo.io/v1
                kind: Service
                metadata: {name: ledger, namespace: shop}
                spec:
                  ports: [{port: 80, appProtocol: http}]
                  endpoints: [{address: 127.0.0.1, ports: [{port: 80, target: %d}]}]
                ---
                apiVersion: tombolo.io/v1
                kind: ServiceExport
                metadata: {name: ledger, namespace: shop}
                spec: {mode: terminate}
                """.formatted(target);
        return LocalServices.of(
                ResourceReader.read(yaml).stream()
                        .map(each ->
                                new StoredResource(each.key(), each.spec(), each.specJson(), 1, Instant.EPOCH, "api"))
                        .toList(),
                List.of(),
                Map.of());
    }

    private void check(LocalServices services, AddressRules rules) {
        var running = new EndpointChecks(() -> services, table, rules, OFTEN);
        running.start();
        checks = Optional.of(running);
    }

    private static LocalService service(LocalServices services) {
        return services.find(LEDGER).orElseThrow();
    }

    private InstanceState state(LocalServices services) {
        WorkloadEndpoint declared = service(services).endpoints().getFirst();
        return table.look(declared).state();
    }

    @Test
    void whatNobodyHasLookedAtMayBeTriedAndIsNotPublished() {
        // Given
        LocalServices services = ledger(9);
        // Then
        assertThat(state(services)).isEqualTo(InstanceState.READY);
        assertThat(ServiceHealths.of(service(services), table)).isEmpty();
    }

    @Test
    void whoAcceptsIsReadyAndWhoDoesNotAnyMoreIsNot() throws Exception {
        try (var workload = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            // Given
            LocalServices services = ledger(workload.getLocalPort());
            check(services, new AddressRules(true));
            await().until(() -> ServiceHealths.of(service(services), table).isPresent());
            var health = ServiceHealths.of(service(services), table).orElseThrow();
            assertThat(health.ready()).isEqualTo(1);
            assertThat(health.total()).isEqualTo(1);
            assertThat(health.roster()).hasSize(1);
            // When
            workload.close();
            // Then
            await().until(() -> state(services) == InstanceState.NOT_READY);
            assertThat(ServiceHealths.of(service(services), table).orElseThrow().ready())
                    .isZero();
        }
    }

    @Test
    void whatMustNotBeDialledIsNot() throws Exception {
        try (var workload = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            // Given
            LocalServices services = ledger(workload.getLocalPort());
            // When
            check(services, AddressRules.STRICT);
            // Then
            await().until(() -> state(services) == InstanceState.NOT_READY);
            assertThat(table.whyNot(service(services).endpoints().getFirst()).orElseThrow())
                    .contains("loopback");
        }
    }
}
