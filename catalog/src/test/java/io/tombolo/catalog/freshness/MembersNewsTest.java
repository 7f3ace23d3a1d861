package io.tombolo.catalog.freshness;

import static io.tombolo.catalog.TestFederation.EAST;
import static io.tombolo.catalog.TestFederation.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.catalog.World;
import io.tombolo.catalog.log.FederationLog;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.model.name.ClusterId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MembersNewsTest {
    private final World world = new World(EAST, WEST);
    private final FederationLog log = world.reader();

    @Test
    void warnedFromHalfOfTheTimeAndBlindAfterAllOfIt() {
        assertThat(after(Duration.ofHours(11))).isEqualTo(Blindness.State.SEEING);
        assertThat(after(Duration.ofHours(1))).isEqualTo(Blindness.State.WARNED);
        assertThat(after(Duration.ofHours(12))).isEqualTo(Blindness.State.WARNED);
        assertThat(after(Duration.ofSeconds(1))).isEqualTo(Blindness.State.BLIND);
    }

    @Test
    void anotherMembersPulseIsNewsAndEndsTheBlindness() {
        // Given
        world.passes(Duration.ofHours(25));
        assertThat(state(log)).isEqualTo(Blindness.State.BLIND);
        // When
        FederationLog heard = heard(log, world.beats(WEST));
        // Then
        assertThat(state(heard)).isEqualTo(Blindness.State.SEEING);
    }

    @Test
    void aPulseThatNamesNewerMembersIsNoNewsThatTheseAreTheNewest() {
        // Given
        FederationLog old = world.reader();
        world.federation.evict(new ClusterId("west"));
        world.federation.admit(WEST);
        world.passes(Duration.ofHours(25));
        // When
        SignedRecord pulse = world.beats(EAST);
        FederationLog heard = heard(old, pulse);
        // Then
        assertThat(state(heard)).isEqualTo(Blindness.State.BLIND);
    }

    /** A broker can play it again to a reader that has just started and so does not know it. */
    @Test
    void anOldPulseIsAsOldAsItSays() {
        // Given
        SignedRecord pulse = world.beats(WEST);
        world.passes(Duration.ofHours(20));
        FederationLog restarted = world.reader().withNewsAge(Duration.ofHours(23), world.now());
        // When
        FederationLog heard = heard(restarted, pulse);
        // Then
        assertThat(heard.news().at(world.now().nanos()).newsAge()).isEqualTo(Duration.ofHours(20));
    }

    @Test
    void whoIsAloneMissesNothing() {
        var alone = new World(EAST);
        FederationLog own = alone.reader();
        alone.passes(Duration.ofHours(100));
        assertThat(alone.view(own, EAST).blindness().state()).isEqualTo(Blindness.State.SEEING);
    }

    private Blindness.State after(Duration more) {
        world.passes(more);
        return state(log);
    }

    private FederationLog heard(FederationLog before, SignedRecord pulse) {
        return world.read(before, pulse).newsFrom(pulse.origin(), world.now());
    }

    private Blindness.State state(FederationLog now) {
        return world.view(now, EAST).blindness().state();
    }
}
