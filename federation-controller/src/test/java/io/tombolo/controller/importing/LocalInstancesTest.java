package io.tombolo.controller.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.controller.enrol.LiveProxy;
import io.tombolo.controller.enrol.OfferedPort;
import io.tombolo.controller.enrol.Registration;
import io.tombolo.controller.exporting.LocalService;
import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.LocalInstance;
import io.tombolo.model.name.InstanceHostname;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.key.Ed25519Key;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LocalInstancesTest {
    private static final ServiceName MYSQL = new ServiceName("data", "mysql");
    private static final ExportedPort PORT = new ExportedPort(3_306, "db", AppProtocol.TCP);

    private final List<LiveProxy> proxies = new ArrayList<>();

    private void says(InstanceState state, String hostname) {
        int number = proxies.size() + 1;
        var registration = new Registration(
                Ed25519Key.generate().publicKey(),
                new ProxyRole.Workload("data", "mysql"),
                InstanceId.of(number),
                Instant.EPOCH);
        proxies.add(new LiveProxy(
                registration,
                List.of(new HostPort("10.0.0." + number, 15_006)),
                List.of(new OfferedPort(MYSQL, PORT)),
                "",
                100,
                Optional.of(new InstanceHostname(hostname)),
                state,
                "test",
                true,
                0));
    }

    private List<Optional<String>> called() {
        var service = new LocalService(
                MYSQL, List.of(PORT), Set.of("mysql"), Optional.empty(), proxies, List.of(), Set.of(), Instant.EPOCH);
        return LocalInstances.of(service, new TrustDomain("east.test")).stream()
                .map(LocalInstance::hostname)
                .map(hostname -> hostname.map(InstanceHostname::label))
                .toList();
    }

    @Test
    void neighboursAreToldWhatAReadyInstanceIsCalledUnlessAnotherReadyOneSaysTheSame() {
        // Given
        says(InstanceState.DRAINING, "mysql-0");
        says(InstanceState.READY, "mysql-0");
        says(InstanceState.NOT_READY, "mysql-1");
        // Then
        assertThat(called()).containsExactly(Optional.empty(), Optional.of("mysql-0"), Optional.empty());
        // When
        says(InstanceState.READY, "mysql-0");
        // Then
        assertThat(called()).containsOnly(Optional.empty());
    }
}
