package io.tombolo.gateway.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.probe.ProbeTarget;
import io.tombolo.model.catalog.ClusterGateways;
import io.tombolo.model.catalog.GatewayInstance;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.MemberEntry;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.catalog.OwnCluster;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationId;
import io.tombolo.model.name.FederationName;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.Locality;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.wire.codec.FeedEntry;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a change of the members does to probes and connections. */
class MembersTest {
    private static final FederationName DEMO = new FederationName("demo");

    @Test
    void firstOneGatewayOfEachClusterIsMeasured() {
        // Given
        var config = config(
                member("south", MemberState.ADMITTED),
                member("west", MemberState.ADMITTED),
                gateways("south", true, "10.0.0.1", "10.0.0.2"),
                gateways("west", true, "10.0.1.1"));
        // When
        List<ProbeTarget> targets = PeerProbes.targets(config);
        // Then
        assertThat(targets)
                .extracting(target -> target.addresses().getFirst().host())
                .containsExactly("10.0.0.1", "10.0.1.1", "10.0.0.2");
    }

    @Test
    void whoIsNotAdmittedOrNotTrustedYetIsNotMeasured() {
        // When
        var config = config(
                member("south", MemberState.EVICTED),
                member("west", MemberState.ADMITTED),
                gateways("south", true, "10.0.0.1"),
                gateways("west", false, "10.0.1.1"),
                gateways("unheard-of", true, "10.0.2.1"));
        // Then
        assertThat(PeerProbes.targets(config)).isEmpty();
    }

    @Test
    void connectionsFromAnEvictedClustersAddressesGo() throws Exception {
        // Given
        var before = config(
                member("south", MemberState.ADMITTED),
                member("west", MemberState.ADMITTED),
                gateways("south", true, "10.0.0.1", "10.0.0.9"),
                gateways("west", true, "10.0.0.9"));
        // When
        var after = config(
                member("south", MemberState.EVICTED),
                member("west", MemberState.ADMITTED),
                gateways("west", true, "10.0.0.9"));
        // Then
        assertThat(Eviction.addresses(before, after)).containsExactly(InetAddress.getByName("10.0.0.1"));
        assertThat(Eviction.addresses(after, after)).isEmpty();
    }

    private static ProxyConfig config(FeedEntry... entries) {
        var all = new ArrayList<FeedEntry>(List.of(entries));
        all.add(new FeedEntry.Own(new OwnCluster(
                new ClusterId("east"),
                DEMO,
                new FederationId("ab".repeat(32)),
                trustDomain("east"),
                Locality.UNKNOWN,
                Optional.empty())));
        return ProxyConfig.of(1, all);
    }

    private static FeedEntry member(String cluster, MemberState state) {
        return new FeedEntry.Member(new MemberEntry(new ClusterId(cluster), 1, state, trustDomain(cluster), 1));
    }

    private static FeedEntry gateways(String cluster, boolean trusted, String... hosts) {
        var instances = new ArrayList<GatewayInstance>();
        for (String host : hosts) {
            instances.add(new GatewayInstance(
                    InstanceId.of((cluster + host).hashCode()), List.of(new HostPort(host, 15_443)), 100, false, ""));
        }
        return new FeedEntry.Gateways(new ClusterGateways(
                new ClusterId(cluster), instances, SpiffeId.gateway(trustDomain(cluster)), List.of(), trusted));
    }

    private static TrustDomain trustDomain(String cluster) {
        return TrustDomain.of(new ClusterId(cluster), DEMO);
    }
}
