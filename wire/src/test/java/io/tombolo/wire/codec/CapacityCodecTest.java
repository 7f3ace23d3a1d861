package io.tombolo.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.CapacityGrants;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.ExportedService;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.ImportedService.Source;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.catalog.ServiceTraits;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.Locality;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.wire.log.CapacityGrant;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What clusters say they can take, in records and in feeds. */
class CapacityCodecTest {
    private static final ClusterId EAST = new ClusterId("east");
    private static final ClusterId WEST = new ClusterId("west");
    private static final ServiceName CHECKOUT = new ServiceName("shop", "checkout");
    private static final List<ExportedPort> PORTS = List.of(new ExportedPort(80, "", AppProtocol.HTTP));

    private static ExportedService export(CapacityGrants grants) {
        return new ExportedService(
                CHECKOUT,
                PORTS,
                ServiceType.CLUSTER_SET_IP,
                "None",
                Map.of(),
                Map.of(),
                ExportMode.PASSTHROUGH,
                List.of(new SpiffeId(new TrustDomain("west.demo.tombolo"), "shop", "checkout")),
                List.of(),
                grants,
                ServiceTraits.NONE,
                Instant.EPOCH);
    }

    private static Source source(long capacity) {
        var health = new ServiceHealth(CHECKOUT, 1, 1, capacity, 0, List.of());
        return new Source(
                WEST,
                Locality.UNKNOWN,
                Set.of(80),
                Set.of(),
                ExportMode.PASSTHROUGH,
                Optional.of(health),
                Instant.EPOCH);
    }

    private static io.tombolo.wire.feed.ImportedService wire(Source source) {
        return FeedImports.imported(new ImportedService(
                CHECKOUT, PORTS, ServiceType.CLUSTER_SET_IP, "None", List.of(source), Optional.empty()));
    }

    @Test
    void grantsReadBackAndTheirOrderIsOne() {
        var grants = new CapacityGrants(Map.of(WEST, 60, EAST, 70));
        var wire = ExportCodec.toWire(export(grants));
        assertThat(wire.getGrantsList()).extracting(CapacityGrant::getCluster).containsExactly("east", "west");
        assertThat(ExportCodec.toModel(wire)).isEqualTo(export(grants));
        assertThat(ExportCodec.toModel(ExportCodec.toWire(export(CapacityGrants.NONE))))
                .isEqualTo(export(CapacityGrants.NONE));
    }

    @Test
    void grantsThatAreNoneAreRefused() {
        var wire = ExportCodec.toWire(export(new CapacityGrants(Map.of(WEST, 60))));
        var twice = wire.toBuilder().addGrants(wire.getGrants(0)).build();
        var tooMuch = wire.toBuilder()
                .setGrants(0, wire.getGrants(0).toBuilder().setPercent(101))
                .build();
        assertThatThrownBy(() -> ExportCodec.toModel(twice)).hasMessageContaining("it grants to west twice");
        assertThatThrownBy(() -> ExportCodec.toModel(tooMuch)).hasMessageContaining("capacity.grants west = 101");
    }

    @Test
    void whatMayBePlannedWithReadsBackAlsoWhenItIsNothing() {
        for (Source source :
                List.of(source(300), source(300).granted(100), source(300).granted(0), source(0))) {
            assertThat(FeedImports.imported(wire(source)).sources()).containsExactly(source);
        }
    }

    @Test
    void withoutAWordAllOfItMayBePlannedWithAsAControllerOfBeforeMeantIt() {
        var wire = wire(source(300));
        assertThat(wire.getSources(0).hasGrantedPerSecond()).isFalse();
        assertThat(FeedImports.imported(wire).sources().getFirst().grantedPerSecond())
                .isEqualTo(300);
    }

    @Test
    void moreThanThereIsCannotBePlannedWith() {
        var wire = wire(source(300)).toBuilder();
        wire.getSourcesBuilder(0).setGrantedPerSecond(301);
        assertThatThrownBy(() -> FeedImports.imported(wire.build())).hasMessageContaining("granted = 301");
        wire.getSourcesBuilder(0).setGrantedPerSecond(-1);
        assertThatThrownBy(() -> FeedImports.imported(wire.build())).hasMessageContaining("is too large");
    }
}
