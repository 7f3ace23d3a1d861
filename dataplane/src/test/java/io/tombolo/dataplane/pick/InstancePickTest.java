package io.tombolo.dataplane.pick;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.fixture.Configs;
import io.tombolo.dataplane.fixture.TestCluster;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.LocalInstance;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.name.Sni;
import io.tombolo.wire.codec.FeedEntry;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class InstancePickTest {
    private static final TestCluster WEST = new TestCluster("west");
    private static final InstanceId ONLY = InstanceId.of(1);
    private static final Sni.Service NAME =
            Sni.Service.any(new ServicePort(Configs.CHECKOUT, 80), WEST.id(), TestCluster.FEDERATION);

    @Test
    void anInstanceIsFoundWhileOtherLoopsConnectToIt() throws InterruptedException {
        // Given: one instance, whose load changes all the time
        var config = ProxyConfig.of(
                1,
                List.of(new FeedEntry.Local(new LocalInstance(
                        Configs.CHECKOUT,
                        ONLY,
                        List.of(new HostPort("127.0.0.1", 1)),
                        InstanceState.READY,
                        100,
                        "",
                        Set.of(80),
                        WEST.workloadId("checkout")))));
        var loads = new Loads();
        var over = new AtomicBoolean();
        Thread others = Thread.ofPlatform().start(() -> {
            while (!over.get()) {
                loads.began(ONLY);
                loads.ended(ONLY);
            }
        });
        var pick = new InstancePick(loads, new SplittableRandom(7));
        // When, then
        try {
            for (int i = 0; i < 200_000; i++) {
                assertThat(pick.pick(NAME, config, Set.of()).orElseThrow().instance())
                        .isEqualTo(ONLY);
            }
        } finally {
            over.set(true);
            others.join();
        }
    }
}
