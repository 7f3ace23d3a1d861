package io.tombolo.controller.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.trustbundle.key.Ed25519Key;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainsTest {
    private static final ServiceName CHECKOUT = new ServiceName("shop", "checkout");
    private static final InstanceId FIRST = InstanceId.of(1);
    private static final InstanceId SECOND = InstanceId.of(2);

    @TempDir
    private Path dir;

    private StateDirectory state;
    private Drains drains;
    private ProxyTable proxies;

    @BeforeEach
    void begin() {
        state = StateDirectory.take(dir);
        drains = new Drains(state);
        proxies = new ProxyTable(drains::has);
        proxies.connected(ready(FIRST));
        proxies.connected(ready(SECOND));
    }

    @AfterEach
    void end() {
        state.close();
    }

    @Test
    void anInstanceThatIsDrainedCountsAsGoingAwayUntilItIsUndone() {
        assertThat(drains.set(FIRST, true)).isTrue();
        assertThat(drains.set(FIRST, true)).isFalse();
        assertThat(states()).containsExactly(InstanceState.DRAINING, InstanceState.READY);
        assertThat(drains.set(FIRST, false)).isTrue();
        assertThat(states()).containsExactly(InstanceState.READY, InstanceState.READY);
    }

    @Test
    void aServiceThatIsDrainedTakesAllOfItsInstancesWithItAlsoAfterARestart() {
        drains.set(CHECKOUT, true);
        assertThat(states()).containsExactly(InstanceState.DRAINING, InstanceState.DRAINING);
        assertThat(new Drains(state).all().services()).containsExactly(CHECKOUT);
    }

    @Test
    void whoIsNotReadyStaysSo() {
        drains.set(FIRST, true);
        proxies.report(FIRST, InstanceState.NOT_READY);
        assertThat(states()).containsExactly(InstanceState.NOT_READY, InstanceState.READY);
    }

    private List<InstanceState> states() {
        return proxies.all().stream().map(LiveProxy::state).toList();
    }

    private static LiveProxy ready(InstanceId instance) {
        var offered = new OfferedPort(CHECKOUT, new ExportedPort(80, "http", AppProtocol.HTTP));
        return new LiveProxy(
                registration(instance),
                List.of(),
                List.of(offered),
                "",
                100,
                Optional.empty(),
                InstanceState.READY,
                "1",
                true,
                0);
    }

    private static Registration registration(InstanceId instance) {
        return new Registration(
                Ed25519Key.generate().publicKey(), new ProxyRole.Workload("shop", "checkout"), instance, Instant.EPOCH);
    }
}
