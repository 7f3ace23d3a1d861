package io.tombolo.controller.importing;

import static io.tombolo.controller.fixture.SmallFederation.DEMO;
import static io.tombolo.controller.fixture.SmallFederation.EAST;
import static io.tombolo.controller.fixture.SmallFederation.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.catalog.freshness.FreshnessSettings;
import io.tombolo.catalog.log.FederationLog;
import io.tombolo.catalog.log.Now;
import io.tombolo.catalog.origin.OriginState;
import io.tombolo.catalog.origin.OriginWriter;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.view.CatalogView;
import io.tombolo.controller.exporting.LocalServices;
import io.tombolo.controller.fixture.SmallFederation;
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.CapacityGrants;
import io.tombolo.model.catalog.Consumer;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.ExportedService;
import io.tombolo.model.catalog.ImportedService.Source;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.catalog.ServiceTraits;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** West exports checkout and says what it can take; east, beside south, is to know how much of it is its own. */
class GrantedTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final ServiceName CHECKOUT = new ServiceName("shop", "checkout");

    private final SmallFederation federation = new SmallFederation();

    private Source seenByEast(CapacityGrants grants, long capacity) {
        return importedByEast(checkout(grants, ServiceTraits.NONE), capacity).getFirst();
    }

    private List<Source> importedByEast(Payload.Export checkout, long capacity) {
        var now = new Now(Duration.ofDays(3).toNanos(), NOON);
        var writer = new OriginWriter(federation.west());
        var health = new Payload.Health(
                true, List.of(new ServiceHealth(CHECKOUT, 1, 1, capacity, 0, List.of())), List.of(), 1);
        FederationLog log = FederationLog.of(federation.members(), List.of(), FreshnessSettings.DEFAULT, now)
                .apply(writer.publish(OriginState.of(WEST), checkout, 1, 1, NOON), now)
                .state()
                .apply(federation.west().sign(health, 1, 1, NOON), now)
                .state()
                .withNewsAge(Duration.ZERO, now);
        CatalogView view = CatalogView.of(log, EAST, AddressRules.STRICT, now);
        var imports = new Imports(federation.importsOfEast(), view, LocalServices.of(List.of(), List.of(), Map.of()));
        return imports.all().stream()
                .flatMap(imported -> imported.sources().stream())
                .toList();
    }

    private static Payload.Export checkout(CapacityGrants grants, ServiceTraits traits) {
        return new Payload.Export(new ExportedService(
                CHECKOUT,
                List.of(new ExportedPort(80, "web", AppProtocol.HTTP)),
                ServiceType.CLUSTER_SET_IP,
                "None",
                Map.of(),
                Map.of(),
                ExportMode.PASSTHROUGH,
                List.of(new SpiffeId(TrustDomain.of(WEST, DEMO), "shop", "checkout")),
                List.of(Consumer.ANYONE),
                grants,
                traits,
                NOON));
    }

    @Test
    void withoutGrantsItSharesWithTheOtherMember() {
        assertThat(seenByEast(CapacityGrants.NONE, 300))
                .returns(300L, Source::capacityPerSecond)
                .returns(150L, Source::grantedPerSecond);
    }

    @Test
    void whatIsGrantedToItOrLeftByOthersIsItsOwn() {
        assertThat(seenByEast(new CapacityGrants(Map.of(EAST, 60)), 300).grantedPerSecond())
                .isEqualTo(180);
        assertThat(seenByEast(new CapacityGrants(Map.of(SmallFederation.SOUTH, 60)), 300)
                        .grantedPerSecond())
                .isEqualTo(120);
    }

    @Test
    void aServiceWhoseInternalTrafficIsLocalIsCalledByItsOwnClusterOnly() {
        var local = new ServiceTraits(
                OptionalInt.empty(), ServiceTraits.InternalTraffic.LOCAL, Optional.empty(), List.of());
        assertThat(importedByEast(checkout(CapacityGrants.NONE, local), 300)).isEmpty();
    }

    @Test
    void aClusterThatSaysNothingGrantsNothing() {
        assertThat(seenByEast(CapacityGrants.NONE, 0).grantedPerSecond()).isZero();
    }
}
