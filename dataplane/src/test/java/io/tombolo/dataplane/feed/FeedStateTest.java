package io.tombolo.dataplane.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.tombolo.dataplane.fixture.Configs;
import io.tombolo.dataplane.fixture.TestCluster;
import io.tombolo.dataplane.fixture.Updates;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.catalog.ServiceAddresses;
import io.tombolo.model.catalog.WorkloadEndpoint;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.wire.codec.FeedEntry;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeedStateTest {
    private static final TestCluster WEST = new TestCluster("west");
    private static final TestCluster EAST = new TestCluster("east");
    private static final FeedEntry OWN = Configs.own(WEST, Optional.empty());
    private static final FeedEntry SERVED = Configs.served(WEST, true, ExportMode.PASSTHROUGH);
    private static final FeedEntry LOCAL = new FeedEntry.Local(Configs.instance(WEST, 1, 15006, InstanceState.READY));

    @Test
    void aSnapshotReplacesEverything() {
        // Given
        var held = FeedState.EMPTY.apply(Updates.snapshot(5, OWN, SERVED, LOCAL));
        // When
        var next = held.apply(Updates.snapshot(6, OWN, SERVED));
        // Then
        assertThat(next.config().version()).isEqualTo(6);
        assertThat(next.config().served(Configs.CHECKOUT)).isPresent();
        assertThat(next.config().local(Configs.CHECKOUT)).isEmpty();
        assertThat(held.config().local(Configs.CHECKOUT)).hasSize(1);
    }

    /** A gateway that starts without its controller goes on as it was. */
    @Test
    void workloadsWithoutASidecarAreStillThereAfterARestart() {
        // Given
        var endpoint = new WorkloadEndpoint(
                Configs.CHECKOUT, InstanceId.of(7), "10.0.0.7", Map.of(80, 8_080), InstanceState.READY, 100, "");
        FeedEntry terminated = Configs.served(WEST, true, ExportMode.TERMINATE);
        var held = FeedState.EMPTY.apply(Updates.snapshot(5, OWN, terminated, new FeedEntry.Endpoint(endpoint)));
        // When
        ProxyConfig again = FeedState.parse(held.toBytes()).config();
        // Then
        assertThat(again.endpoints(Configs.CHECKOUT)).containsExactly(endpoint);
        assertThat(again.terminates()).isTrue();
    }

    @Test
    void aServiceIsKnownByItsClusterAddressesAndAnAddressStandsForOneService() {
        // Given
        var both = List.of(InetAddress.ofLiteral("10.96.0.7"), InetAddress.ofLiteral("fd00::7"));
        var cart = new ServiceName("shop", "cart");
        // When
        ProxyConfig config = FeedState.EMPTY
                .apply(Updates.snapshot(
                        5,
                        OWN,
                        new FeedEntry.Addresses(new ServiceAddresses(Configs.CHECKOUT, both)),
                        new FeedEntry.Addresses(new ServiceAddresses(cart, both.subList(0, 1)))))
                .config();
        // Then
        assertThat(config.clusterAddresses(Configs.CHECKOUT)).isEqualTo(both);
        assertThat(config.clusterAddresses(new ServiceName("shop", "ledger"))).isEmpty();
        assertThat(config.serviceAt(both.getFirst())).contains(cart);
        assertThat(config.serviceAt(both.getLast())).contains(Configs.CHECKOUT);
        assertThat(config.serviceAt(InetAddress.ofLiteral("10.96.0.8"))).isEmpty();
    }

    @Test
    void aDeltaChangesAndRemoves() {
        // Given
        var held = FeedState.EMPTY.apply(Updates.snapshot(5, OWN, SERVED));
        // When
        var next = held.apply(Updates.delta(5, 9, List.of(OWN, LOCAL), List.of(LOCAL), List.of(SERVED.key())));
        // Then
        assertThat(next.config().served(Configs.CHECKOUT)).isEmpty();
        assertThat(next.config().local(Configs.CHECKOUT)).hasSize(1);
        assertThat(next.version()).isEqualTo(9);
    }

    @Test
    void anOlderSnapshotIsRefused() {
        var held = FeedState.EMPTY.apply(Updates.snapshot(5, OWN));
        assertThatThrownBy(() -> held.apply(Updates.snapshot(4, OWN, SERVED))).hasMessageContaining("TB-3003");
    }

    @Test
    void theSameSnapshotAgainIsFineAndAnotherOneOfThatVersionIsNot() {
        var held = FeedState.EMPTY.apply(Updates.snapshot(5, OWN));
        assertThat(held.apply(Updates.snapshot(5, OWN)).version()).isEqualTo(5);
        assertThatThrownBy(() -> held.apply(Updates.snapshot(5, OWN, SERVED))).hasMessageContaining("TB-3003");
    }

    @Test
    void aDeltaOfAnotherVersionIsRefused() {
        var held = FeedState.EMPTY.apply(Updates.snapshot(5, OWN));
        var delta = Updates.delta(4, 6, List.of(OWN, SERVED), List.of(SERVED), List.of());
        assertThatThrownBy(() -> held.apply(delta)).hasMessageContaining("TB-3003");
    }

    @Test
    void entriesThatDoNotAddUpAreRefused() {
        var held = FeedState.EMPTY.apply(Updates.snapshot(5, OWN));
        var lost = Updates.delta(5, 6, List.of(OWN, SERVED, LOCAL), List.of(SERVED), List.of());
        assertThatThrownBy(() -> held.apply(lost)).hasMessageContaining("TB-3008");
    }

    @Test
    void aBundleOlderThanTheOneHeldIsRefused() {
        // Given
        var newer = new FeedEntry.Bundle(
                WEST.trustDomain(), 2, ByteString.copyFrom(bundle(2).toJwks()), WEST.id());
        var older = new FeedEntry.Bundle(
                WEST.trustDomain(), 1, ByteString.copyFrom(bundle(1).toJwks()), WEST.id());
        var held = FeedState.EMPTY.apply(Updates.snapshot(5, OWN, newer));
        // When, Then
        assertThatThrownBy(() -> held.apply(Updates.snapshot(6, OWN, older))).hasMessageContaining("TB-5003");
    }

    @Test
    void whatWasWrittenReadsTheSame() {
        var held = FeedState.EMPTY.apply(Updates.snapshot(5, OWN, SERVED, LOCAL));
        var read = FeedState.parse(held.toBytes());
        assertThat(read.version()).isEqualTo(5);
        assertThat(read.digest()).isEqualTo(held.digest());
        assertThat(read.config().local(Configs.CHECKOUT)).hasSize(1);
    }

    @Test
    void anEvictedMembersBundleIsNotBelievedEvenIfItIsSent() {
        // When
        var config = FeedState.EMPTY
                .apply(Updates.snapshot(
                        5, OWN, Configs.bundle(WEST), Configs.member(EAST, MemberState.EVICTED), Configs.bundle(EAST)))
                .config();
        // Then
        assertThat(config.bundles().trustDomains()).containsExactly(WEST.trustDomain());
        assertThat(config.isAdmitted(EAST.id())).isFalse();
        assertThat(config.isAdmitted(WEST.id())).isTrue();
    }

    private static io.tombolo.trustbundle.bundle.TrustBundle bundle(long sequence) {
        return new io.tombolo.trustbundle.bundle.TrustBundle(
                WEST.trustDomain(), sequence, List.of(WEST.ca().root()));
    }
}
