package io.tombolo.catalog.view;

import static io.tombolo.catalog.TestFederation.EAST;
import static io.tombolo.catalog.TestFederation.SOUTH;
import static io.tombolo.catalog.TestFederation.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.TestFederation;
import io.tombolo.catalog.World;
import io.tombolo.catalog.log.FederationLog;
import io.tombolo.catalog.record.Grants;
import io.tombolo.catalog.record.Payload;
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.catalog.GatewayInstance;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.Locality;
import io.tombolo.model.name.ServiceName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogViewTest {
    private final World world = new World(EAST, WEST);

    @Test
    void addressesThatNoPeerMayNameAreLeftOutAndShown() {
        gateway(WEST, 1, "127.0.0.1", "169.254.1.1", "224.0.0.1", "0.0.0.0", "::1", "localhost", "10.0.0.1");
        gateway(WEST, 2, "127.0.0.1");
        gateway(EAST, 3, "127.0.0.1");
        CatalogView view = view(EAST);
        OriginView west = view.origin(WEST).orElseThrow();
        assertThat(west.gateways())
                .singleElement()
                .satisfies(
                        gateway -> assertThat(gateway.addresses()).containsExactly(new HostPort("10.0.0.1", 15_443)));
        assertThat(west.leftOut()).hasSize(7).anyMatch(line -> line.endsWith("127.0.0.1:15443 is loopback"));
        assertThat(view.origin(EAST).orElseThrow().gateways()).hasSize(1);
    }

    @Test
    void loopbackIsAllowedWhenTheOperatorSaysSo() {
        gateway(WEST, 1, "127.0.0.1");
        FederationLog log = world.read(world.reader(), world.written());
        CatalogView view = CatalogView.of(log, EAST, new AddressRules(true), world.now());
        assertThat(view.origin(WEST).orElseThrow().gateways()).hasSize(1);
    }

    @Test
    void noMoreGatewaysThanGrantedAreUsed() {
        for (int i = 0; i < Grants.DEFAULT.maxGateways() + 2; i++) {
            gateway(WEST, i, "10.0.0." + (i + 1));
        }
        OriginView west = view(EAST).origin(WEST).orElseThrow();
        assertThat(west.gateways()).hasSize(Grants.DEFAULT.maxGateways());
        assertThat(west.leftOut()).hasSize(2);
    }

    @Test
    void aPathIsTrustedOnceEachHoldsTheOthersBundle() {
        bundle(EAST, 2);
        assertThat(view(EAST).trusted(WEST)).isFalse();
        bundle(WEST, 1);
        assertThat(view(EAST).trusted(WEST)).isFalse();
        acks(WEST, 1);
        assertThat(view(EAST).trusted(WEST)).isFalse();
        acks(WEST, 2);
        assertThat(view(EAST).trusted(WEST)).isTrue();
        assertThat(view(EAST).trusted(SOUTH)).isFalse();
    }

    @Test
    void theOwnAcksNameWhatIsHeld() {
        bundle(WEST, 4);
        Payload.Acks acks = view(EAST).acks();
        assertThat(acks.bundles()).containsEntry(TestFederation.domain(WEST), 4L);
        assertThat(acks.catalogs()).containsEntry(WEST, new Payload.EpochSeq(1, 1));
        assertThat(acks.membersHead()).isEqualTo(world.federation.members().head());
    }

    @Test
    void importsCarryLocalityAndHealthOfTheirSources() {
        world.publishes(WEST, new Payload.ClusterInfo(new Locality("eu", "b"), Map.of(), "0.1", List.of()));
        world.exports(WEST, "a");
        world.says(WEST, true, new ServiceHealth(new ServiceName("shop", "a"), 2, 3, 0, 0, List.of()));
        assertThat(view(EAST).imports()).singleElement().satisfies(service -> {
            var source = service.sources().getFirst();
            assertThat(source.locality()).isEqualTo(new Locality("eu", "b"));
            assertThat(source.health().orElseThrow().ready()).isEqualTo(2);
        });
    }

    /** Seed 9: a remote service that was scaled to 0 is known to have no instance; one that is not named is unknown. */
    @Test
    void noInstanceIsSomethingElseThanUnknown() {
        world.exports(WEST, "a");
        assertThat(health()).isEmpty();
        world.says(WEST, true, new ServiceHealth(new ServiceName("shop", "a"), 0, 2, 0, 0, List.of()));
        assertThat(health().orElseThrow().ready()).isZero();
    }

    @Test
    void callersHearForAnHourThatAServiceWasWithdrawn() {
        world.exports(WEST, "a");
        world.unexports(WEST, "a");
        assertThat(view(EAST).imports()).hasSize(1);
        world.passes(Duration.ofMinutes(61));
        assertThat(view(EAST).imports()).isEmpty();
    }

    @Test
    void aWithdrawnServiceThatAnotherClusterExportsIsNotWithdrawn() {
        world.exports(WEST, "a");
        world.exports(EAST, "a");
        world.unexports(WEST, "a");
        assertThat(view(EAST).imports()).singleElement().satisfies(service -> {
            assertThat(service.withdrawnAt()).isEmpty();
            assertThat(service.sources()).hasSize(1);
        });
        var merged = view(EAST).merged(new ServiceName("shop", "a")).orElseThrow();
        assertThat(view(EAST).explain(merged)).singleElement().asString().startsWith("east: exported since");
    }

    private java.util.Optional<ServiceHealth> health() {
        return view(EAST).imports().getFirst().sources().getFirst().health();
    }

    private CatalogView view(ClusterId reader) {
        return world.view(world.read(world.reader(), world.written()), reader);
    }

    private void gateway(ClusterId cluster, int number, String... hosts) {
        List<HostPort> addresses = java.util.Arrays.stream(hosts)
                .map(host -> new HostPort(host, 15_443))
                .toList();
        world.publishes(
                cluster, new Payload.Gateway(new GatewayInstance(InstanceId.of(number), addresses, 100, false, "")));
    }

    private void bundle(ClusterId cluster, long sequence) {
        world.publishes(
                cluster, new Payload.Bundle(TestFederation.domain(cluster), sequence, ByteString.copyFromUtf8("{}")));
    }

    private void acks(ClusterId cluster, long ofEast) {
        world.publishes(
                cluster,
                new Payload.Acks(
                        1,
                        ByteString.copyFrom(new byte[32]),
                        Map.of(TestFederation.domain(EAST), ofEast),
                        Map.of(),
                        0));
    }
}
