package io.tombolo.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.controller.api.ServicesResource.Condition;
import io.tombolo.controller.enrol.LiveProxy;
import io.tombolo.controller.enrol.Registration;
import io.tombolo.controller.exporting.LocalService;
import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.name.InstanceHostname;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.trustbundle.key.Ed25519Key;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HostnameStatusTest {
    private final List<LiveProxy> proxies = new ArrayList<>();

    private void says(InstanceState state, String hostname) {
        var registration = new Registration(
                Ed25519Key.generate().publicKey(),
                new ProxyRole.Workload("data", "mysql"),
                InstanceId.of(proxies.size()),
                Instant.EPOCH);
        proxies.add(new LiveProxy(
                registration,
                List.of(),
                List.of(),
                "",
                100,
                Optional.of(new InstanceHostname(hostname)),
                state,
                "test",
                true,
                0));
    }

    private List<Condition> status() {
        return HostnameStatus.of(new LocalService(
                new ServiceName("data", "mysql"),
                List.of(),
                Set.of("mysql"),
                Optional.empty(),
                proxies,
                List.of(),
                Set.of(),
                Instant.EPOCH));
    }

    @Test
    void whereReadyInstancesSayTheSameTheOwnerIsTold() {
        // Given a successor beside the one that goes away
        says(InstanceState.DRAINING, "mysql-0");
        says(InstanceState.READY, "mysql-0");
        says(InstanceState.READY, "mysql-1");
        // Then
        assertThat(status()).isEmpty();
        // When
        says(InstanceState.READY, "mysql-1");
        // Then
        assertThat(status()).singleElement().satisfies(condition -> {
            assertThat(condition.type() + "=" + condition.status()).isEqualTo("HostnamesUnique=False");
            assertThat(condition.message())
                    .startsWith("workload.hostname: several ready instances here say mysql-1, so nobody has that name");
        });
    }

    @Test
    void ofManySharedNamesAFewAreTold() {
        for (int number = 0; number < 5; number++) {
            says(InstanceState.READY, "mysql-" + number);
            says(InstanceState.READY, "mysql-" + number);
        }
        assertThat(status().getFirst().message()).contains("say mysql-0, mysql-1, mysql-2 and 2 more, so nobody");
    }
}
