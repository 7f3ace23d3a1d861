package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.fixture.TestCluster;
import io.tombolo.dataplane.probe.ProbeResult;
import io.tombolo.dataplane.probe.ProbeTarget;
import io.tombolo.model.catalog.ClusterGateways;
import io.tombolo.model.catalog.GatewayInstance;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.MemberEntry;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.catalog.OwnCluster;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationId;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.Locality;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.wire.codec.FeedEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a sidecar finds out about paths by itself. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class OwnProbesTest {
    private static final ClusterId SOUTH = new ClusterId("south");
    private static final ClusterId WEST = new ClusterId("west");
    private static final InstanceId SELF = InstanceId.of(1);

    private static TrustDomain domain(ClusterId cluster) {
        return TrustDomain.of(cluster, TestCluster.FEDERATION);
    }

    private static FeedEntry member(ClusterId cluster, MemberState state) {
        return new FeedEntry.Member(new MemberEntry(cluster, 1, state, domain(cluster), 1));
    }

    private static FeedEntry gateways(ClusterId cluster, boolean trusted, int count, int draining) {
        var instances = new ArrayList<GatewayInstance>();
        for (int i = 0; i < count; i++) {
            var address = new HostPort("10.0.0." + i, 15_443);
            instances.add(new GatewayInstance(InstanceId.of(100 + i), List.of(address), 100, i < draining, ""));
        }
        return new FeedEntry.Gateways(
                new ClusterGateways(cluster, instances, SpiffeId.gateway(domain(cluster)), List.of(), trusted));
    }

    private static ProxyConfig config(FeedEntry... entries) {
        var all = new ArrayList<FeedEntry>(List.of(entries));
        var east = new ClusterId("east");
        all.add(new FeedEntry.Own(new OwnCluster(
                east,
                TestCluster.FEDERATION,
                FederationId.of(new byte[32]),
                domain(east),
                Locality.UNKNOWN,
                Optional.empty())));
        return ProxyConfig.of(1, all);
    }

    @Test
    void threeGatewaysOfEachClusterInUseAreMeasuredThoseFirstThatStay() {
        // Given
        ProxyConfig config = config(
                member(WEST, MemberState.ADMITTED),
                member(SOUTH, MemberState.ADMITTED),
                gateways(WEST, true, 5, 3),
                gateways(SOUTH, true, 1, 0));
        // When
        List<ProbeTarget> targets = OwnProbes.targets(config, List.of(SOUTH, WEST), SELF);
        // Then
        assertThat(targets).extracting(ProbeTarget::cluster).containsExactly(SOUTH, WEST, WEST, WEST);
        assertThat(targets)
                .filteredOn(target -> target.cluster().equals(WEST))
                .extracting(ProbeTarget::gateway)
                .contains(InstanceId.of(103), InstanceId.of(104));
    }

    @Test
    void whoIsNotInUseNotAdmittedOrNotTrustedIsNotMeasured() {
        assertThat(OwnProbes.targets(
                        config(member(WEST, MemberState.ADMITTED), gateways(WEST, true, 1, 0)), List.of(), SELF))
                .isEmpty();
        assertThat(OwnProbes.targets(
                        config(member(WEST, MemberState.EVICTED), gateways(WEST, true, 1, 0)), List.of(WEST), SELF))
                .isEmpty();
        assertThat(OwnProbes.targets(
                        config(member(WEST, MemberState.ADMITTED), gateways(WEST, false, 1, 0)), List.of(WEST), SELF))
                .isEmpty();
        assertThat(OwnProbes.targets(ProxyConfig.EMPTY, List.of(WEST), SELF)).isEmpty();
    }

    @Test
    void manySidecarsTogetherMeasureEveryGateway() {
        // Given
        ProxyConfig config = config(member(WEST, MemberState.ADMITTED), gateways(WEST, true, 16, 0));
        Set<InstanceId> measured = new HashSet<>();
        // When
        for (int sidecar = 0; sidecar < 200; sidecar++) {
            OwnProbes.targets(config, List.of(WEST), InstanceId.of(0x5_0000L + sidecar * 7_919L))
                    .forEach(target -> measured.add(target.gateway()));
        }
        // Then
        assertThat(measured).hasSize(16);
    }

    @Test
    void ownEvidenceWinsOverWhatTheOwnGatewaysMeasured() throws IOException {
        try (var mesh = new Mesh()) {
            // Given: two ways to west, of which the own gateways say that both work
            TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);
            RawApp first = RawApp.answering(RawApp.ok("west"));
            RawApp second = RawApp.answering(RawApp.ok("west"));
            mesh.westGateways.put(
                    Mesh.instance(90),
                    BlindGateway.to(mesh.inWest(1, first.port())).address());
            mesh.westGateways.put(
                    Mesh.instance(91),
                    BlindGateway.to(mesh.inWest(2, second.port())).address());
            mesh.measured = PathHealth.State.UP;
            mesh.push();
            callOnEveryLoop(caller);
            int before = first.heads.size();
            // When
            caller.outbound.measured(new PathHealth(WEST, Mesh.instance(90), 0, PathHealth.State.DOWN));
            // Then: kept connections are as good as they were, new ones take the other way
            callAnew(caller, 10);
            assertThat(first.heads).hasSize(before);
            assertThat(second.heads).hasSizeGreaterThanOrEqualTo(10);
        }
    }

    @Test
    void whoWasNeverAnsweredLearnedNothingAboutThePath() {
        ProbeResult up = result(PathHealth.State.UP);
        ProbeResult down = result(PathHealth.State.DOWN);
        assertThat(OwnProbes.tells(Optional.empty(), down)).isFalse();
        assertThat(OwnProbes.tells(Optional.of(down), down)).isFalse();
        assertThat(OwnProbes.tells(Optional.of(up), down)).isTrue();
        assertThat(OwnProbes.tells(Optional.empty(), up)).isTrue();
        assertThat(OwnProbes.tells(Optional.of(down), up)).isTrue();
    }

    /** Each call by a connection of its own. */
    private static void callAnew(TestSidecar caller, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            caller.outbound.closeIdle();
            call(caller);
        }
    }

    private static ProbeResult result(PathHealth.State state) {
        return new ProbeResult(new PathHealth(WEST, Mesh.instance(90), 100, state), false, Optional.empty());
    }

    private static String request(TestSidecar caller) {
        return "GET http://checkout.shop/ HTTP/1.1\r\nHost: x\r\n" + caller.authorization()
                + "Connection: close\r\n\r\n";
    }

    @Test
    void aPathThatTheOwnGatewaysHoldToBeDownIsUsedWhenTheOwnProbeWorks() throws IOException {
        try (var mesh = new Mesh()) {
            // Given
            TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);
            TestSidecar server =
                    mesh.inWest(1, RawApp.answering(RawApp.ok("west")).port());
            mesh.westGateways.put(Mesh.instance(90), BlindGateway.to(server).address());
            mesh.push();
            callOnEveryLoop(caller);
            mesh.measured = PathHealth.State.DOWN;
            // When
            caller.outbound.measured(new PathHealth(WEST, Mesh.instance(90), 700, PathHealth.State.UP));
            mesh.push();
            // Then
            call(caller);
        }
    }

    private static void callOnEveryLoop(TestSidecar caller) throws IOException {
        for (int i = 0; i < 10; i++) {
            call(caller);
        }
    }

    private static void call(TestSidecar caller) throws IOException {
        assertThat(RawClient.once(caller.proxyPort(), request(caller))).endsWith("west");
    }
}
