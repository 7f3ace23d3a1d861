package io.tombolo.controller.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.name.InstanceHostname;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.trustbundle.key.Ed25519Key;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownProxiesTest {
    private static final long BEFORE = 1_000;

    @TempDir
    Path dir;

    private static LiveProxy proxy(Registration registration, InstanceState state, boolean connected) {
        var offer = new OfferedPort(new ServiceName("shop", "checkout"), new ExportedPort(80, "web", AppProtocol.HTTP));
        return new LiveProxy(
                registration,
                List.of(new HostPort("192.0.2.1", 15006)),
                List.of(offer),
                "a",
                50,
                Optional.of(new InstanceHostname("checkout-0")),
                state,
                "0.1.0",
                connected,
                BEFORE);
    }

    @Test
    void aControllerThatStartsAgainTakesTheProxiesOfBeforeForThereUntilTheyComeBackOrHadTimeTo() {
        try (StateDirectory state = StateDirectory.take(dir)) {
            // Given
            var registrations = new Registrations(state);
            Registration there = register(registrations);
            Registration gone = register(registrations);
            var known = new KnownProxies(state);
            known.write(List.of(proxy(there, InstanceState.READY, true), proxy(gone, InstanceState.NOT_READY, false)));
            var table = new ProxyTable();
            // When
            table.presume(new KnownProxies(state).read(registrations, BEFORE));
            // Then
            InstanceId instance = there.instance();
            assertThat(table.all()).containsExactly(proxy(there, InstanceState.READY, true));
            assertThat(table.isPresumed(instance)).isTrue();
            // When it is back
            table.connected(proxy(there, InstanceState.READY, true));
            // Then
            assertThat(table.isPresumed(instance)).isFalse();
            table.sweep(BEFORE + ProxyTable.PRESUMED.toNanos() + 1);
            assertThat(table.find(instance).orElseThrow().connected()).isTrue();
        }
    }

    @Test
    void whoDoesNotComeBackIsGoneWhenItHadTimeTo() {
        try (StateDirectory state = StateDirectory.take(dir)) {
            // Given
            var registrations = new Registrations(state);
            Registration there = register(registrations);
            var table = new ProxyTable();
            table.presume(List.of(proxy(there, InstanceState.READY, true)));
            table.sweep(BEFORE + ProxyTable.PRESUMED.toNanos());
            assertThat(table.find(there.instance()).orElseThrow().connected()).isTrue();
            // When
            table.sweep(BEFORE + ProxyTable.PRESUMED.toNanos() + 1);
            // Then
            assertThat(table.find(there.instance()).orElseThrow().connected()).isFalse();
            assertThat(table.find(there.instance()).orElseThrow().state()).isEqualTo(InstanceState.NOT_READY);
        }
    }

    private static Registration register(Registrations registrations) {
        return registrations.register(
                Ed25519Key.generate().publicKey(), new ProxyRole.Workload("shop", "checkout"), Instant.now());
    }
}
