package io.tombolo.controller.boot;

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
import io.tombolo.controller.fixture.SmallFederation;
import io.tombolo.controller.kube.EndpointNews;
import io.tombolo.controller.kube.ImportNews;
import io.tombolo.controller.kube.OriginFacts;
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.name.Locality;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What Kubernetes is told of the lease of another cluster, at several moments. */
class KnownEndpointsTest {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final SmallFederation federation = new SmallFederation();

    private static Now at(Duration sinceNoon) {
        return new Now(Duration.ofDays(3).plus(sinceNoon).toNanos(), NOON.plus(sinceNoon));
    }

    /** What West said at noon. */
    private FederationLog saidAtNoon() {
        FederationLog log =
                FederationLog.of(federation.members(), List.of(), FreshnessSettings.DEFAULT, at(Duration.ZERO));
        var info = new Payload.ClusterInfo(Locality.UNKNOWN, Map.of(), "test", List.of());
        OriginState west = OriginState.of(WEST);
        log = log.apply(new OriginWriter(federation.west()).publish(west, info, 1, 1, NOON), at(Duration.ZERO))
                .state();
        return log;
    }

    private static Optional<OriginFacts> west(FederationLog log, Duration sinceNoon) {
        CatalogView view = CatalogView.of(log, EAST, AddressRules.STRICT, at(sinceNoon));
        EndpointNews.Known known =
                new KnownEndpoints(view, Set.of(), LEASE, NOON.plus(sinceNoon)).of(ImportNews.Known.NOTHING, List.of());
        assertThat(known.own()).contains(EAST);
        return Optional.ofNullable(known.origins().get(WEST));
    }

    @Test
    void silenceIsNotTheOthersWhileThisClusterIsCutOff() {
        // Given a cluster that never read a pulse of its own back: its leases stand still
        FederationLog log = saidAtNoon();
        // When, then
        assertThat(west(log, Duration.ofMinutes(5)).map(OriginFacts::over)).contains(false);
    }

    @Test
    void aClusterThatIsSilentWhileThisOneIsHeardIsOverWhenItsLeaseIs() {
        // Given a cluster that reads its own pulses back all the time
        FederationLog log = saidAtNoon();
        for (int second = 0; second <= 40; second++) {
            Duration since = Duration.ofSeconds(second);
            log = log.ownPulseReadBack(at(since).nanos(), at(since));
        }
        // When, then
        assertThat(west(log, Duration.ofSeconds(29)).map(OriginFacts::over)).contains(false);
        assertThat(west(log, Duration.ofSeconds(41)).map(OriginFacts::over)).contains(true);
        // What was read from the log alone is no pulse
        assertThat(west(log, Duration.ofSeconds(29)).flatMap(OriginFacts::pulse))
                .isEmpty();
    }

    @Test
    void whoHeardNothingOfTheMembersForTooLongKnowsItsOwnClusterOnly() {
        // Given
        FederationLog log = saidAtNoon();
        // When
        FederationLog blind = log.withNewsAge(Duration.ofHours(25), at(Duration.ZERO));
        // Then
        assertThat(west(blind, Duration.ofSeconds(1)).map(OriginFacts::over)).contains(true);
        assertThat(west(log, Duration.ofSeconds(1)).map(OriginFacts::lease)).contains(LEASE);
    }
}
