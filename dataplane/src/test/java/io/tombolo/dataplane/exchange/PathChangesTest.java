package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.outcome.PathKey;
import io.tombolo.model.catalog.ClusterGateways;
import io.tombolo.model.catalog.GatewayInstance;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.wire.codec.FeedEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

class PathChangesTest {
    private static final ClusterId WEST = new ClusterId("west");
    private static final InstanceId FIRST = InstanceId.of(1);
    private static final InstanceId SECOND = InstanceId.of(2);
    private static final InstanceId THIRD = InstanceId.of(3);

    private static GatewayInstance gateway(InstanceId instance, int port, boolean draining) {
        return new GatewayInstance(instance, List.of(new HostPort("192.0.2.1", port)), 100, draining, "");
    }

    private static ProxyConfig of(GatewayInstance... gateways) {
        SpiffeId id = SpiffeId.gateway(new TrustDomain("west.demo.tombolo"));
        return ProxyConfig.of(
                1, List.of(new FeedEntry.Gateways(new ClusterGateways(WEST, List.of(gateways), id, List.of(), true))));
    }

    @Test
    void aGatewayHasMovedWhenItsAddressIsAnotherOneAndNotWhenItIsNew() {
        // Given
        ProxyConfig before = of(gateway(FIRST, 15443, false));
        ProxyConfig after = of(gateway(FIRST, 15444, false), gateway(SECOND, 15443, false));
        // When, then
        assertThat(PathChanges.moved(before, after)).containsExactly(new PathKey(WEST, FIRST));
        assertThat(PathChanges.moved(after, after)).isEmpty();
        assertThat(PathChanges.moved(before, ProxyConfig.EMPTY)).isEmpty();
    }

    @Test
    void aGatewayThatTheOwnOnesReachNoLongerIsOneOnce() {
        // Given
        ProxyConfig before = measured(PathHealth.State.UP);
        ProxyConfig after = measured(PathHealth.State.DOWN);
        // When, then
        assertThat(PathChanges.unreached(before, after)).containsExactly(new PathKey(WEST, FIRST));
        assertThat(PathChanges.unreached(after, after)).isEmpty();
        assertThat(PathChanges.unreached(after, before)).isEmpty();
        assertThat(PathChanges.unreached(ProxyConfig.EMPTY, after)).containsExactly(new PathKey(WEST, FIRST));
    }

    private static ProxyConfig measured(PathHealth.State state) {
        SpiffeId id = SpiffeId.gateway(new TrustDomain("west.demo.tombolo"));
        return ProxyConfig.of(
                1,
                List.of(new FeedEntry.Gateways(new ClusterGateways(
                        WEST,
                        List.of(gateway(FIRST, 15443, false)),
                        id,
                        List.of(new PathHealth(WEST, FIRST, 700, state)),
                        true))));
    }

    @Test
    void aGatewayBeginsToGoAwayOnce() {
        // Given
        ProxyConfig before = of(gateway(FIRST, 15443, false), gateway(SECOND, 15444, false));
        ProxyConfig after = of(gateway(FIRST, 15443, true), gateway(SECOND, 15444, false));
        // When, then
        assertThat(PathChanges.draining(before, after)).containsExactly(new PathKey(WEST, FIRST));
        assertThat(PathChanges.draining(after, after)).isEmpty();
        assertThat(PathChanges.isDraining(after, new PathKey(WEST, FIRST))).isTrue();
        assertThat(PathChanges.isDraining(after, new PathKey(WEST, SECOND))).isFalse();
    }

    @Test
    void connectionsByAnAddressAreLeftWhenAnyGatewayBehindItGoes() {
        // Given
        ProxyConfig before =
                of(gateway(FIRST, 15443, false), gateway(SECOND, 15443, false), gateway(THIRD, 15444, false));
        ProxyConfig after =
                of(gateway(FIRST, 15443, true), gateway(SECOND, 15443, false), gateway(THIRD, 15444, false));
        // When, then
        assertThat(PathChanges.draining(before, after))
                .containsExactlyInAnyOrder(new PathKey(WEST, FIRST), new PathKey(WEST, SECOND));
        assertThat(PathChanges.isDraining(after, new PathKey(WEST, SECOND))).isFalse();
    }
}
