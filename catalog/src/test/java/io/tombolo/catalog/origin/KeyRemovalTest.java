package io.tombolo.catalog.origin;

import static io.tombolo.catalog.TestFederation.EAST;
import static io.tombolo.catalog.TestFederation.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.catalog.TestFederation;
import io.tombolo.catalog.World;
import io.tombolo.catalog.log.FederationLog;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.model.fault.Fault;
import io.tombolo.trustbundle.key.Ed25519Key;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** West exports two services and withdrew a third; then its key is to go. */
class KeyRemovalTest {
    private static final Ed25519Key NEXT = TestFederation.key(301);

    private final World world = new World(EAST, WEST);
    private final Ed25519Key first = world.federation.keyOf(WEST);
    private FederationLog log = world.reader();

    @BeforeEach
    void fill() {
        world.exports(WEST, "a");
        world.exports(WEST, "b");
        world.exports(WEST, "c");
        world.unexports(WEST, "c");
        log = world.read(log, world.written()).atTail(WEST);
    }

    @Test
    void aKeyStaysWhileAnythingThatIsKeptIsSignedByItEvenAWithdrawal() {
        // Given
        var staying = List.of(NEXT.publicKey());
        log = log.apply(admit(), world.now()).state();
        assertThat(hindrance()).hasValueSatisfying(why -> assertThat(why).startsWith("3 of its records"));
        List<SignedRecord> before = world.written();
        // When
        world.signsAgain(WEST);
        List<SignedRecord> again =
                world.written().subList(before.size(), world.written().size());
        // Then
        log = world.read(log, again.subList(0, 2)).atTail(WEST);
        assertThat(hindrance()).hasValueSatisfying(why -> assertThat(why).startsWith("1 of its records"));
        log = world.read(log, again.getLast());
        assertThat(KeyRemoval.hindrance(catalog(), staying)).isNotEmpty();
        log = log.atTail(WEST);
        assertThat(hindrance()).isEmpty();
        assertThat(KeyRemoval.hindrance(Optional.empty(), staying)).isNotEmpty();
    }

    @Test
    void whoReadsBeforeDuringAndAfterAChangeOfKeysSeesTheSame() {
        // Given
        var before = world.view(log, EAST).imports();
        assertThat(before).hasSize(3);
        world.passes(Duration.ofMinutes(30));
        log = log.apply(admit(), world.now()).state();
        int old = world.written().size();
        world.signsAgain(WEST);
        for (SignedRecord record : world.written().subList(old, world.written().size())) {
            // When
            log = world.read(log, record).atTail(WEST);
            // Then
            assertThat(world.view(log, EAST).imports()).isEqualTo(before);
            assertThat(catalog().orElseThrow().completeness()).isInstanceOf(Completeness.Complete.class);
        }
        // When
        log = log.apply(world.federation.changeKeys(WEST, NEXT), world.now()).state();
        // Then
        assertThat(world.view(log, EAST).imports()).isEqualTo(before);
    }

    @Test
    void whoBeginsToReadWhenTheKeyIsGoneRefusesWhatItSignedAndHasAllOfTheOrigin() {
        // Given
        admit();
        world.signsAgain(WEST);
        world.federation.changeKeys(WEST, NEXT);
        FederationLog fresh = world.reader();
        // When: the topic was not compacted yet
        for (SignedRecord record : world.written()) {
            fresh = fresh.apply(record, world.now()).state();
        }
        // Then
        fresh = fresh.atTail(WEST);
        OriginState read = fresh.origin(WEST).orElseThrow().catalog();
        assertThat(fresh.refusals().count("west", Fault.BAD_SIGNATURE)).isEqualTo(4);
        assertThat(read.completeness()).isInstanceOf(Completeness.Complete.class);
        assertThat(read.digest()).isEqualTo(world.state(WEST).digest());
        assertThat(world.view(fresh, EAST).imports())
                .isEqualTo(world.view(log, EAST).imports());
    }

    @Test
    void whatIsNotSignedAgainWouldBeMissingForWhoBeginsToRead() {
        // Given
        admit();
        world.publishes(WEST, new Payload.Export(TestFederation.export(TestFederation.CHECKOUT, WEST, World.BEGAN)));
        world.federation.changeKeys(WEST, NEXT);
        FederationLog fresh = world.reader();
        // When
        for (SignedRecord record : world.written()) {
            fresh = fresh.apply(record, world.now()).state();
        }
        // Then
        assertThat(fresh.atTail(WEST).origin(WEST).orElseThrow().catalog().completeness())
                .isInstanceOf(Completeness.Mismatch.class);
    }

    private SignedRecord admit() {
        return world.federation.changeKeys(WEST, NEXT, first);
    }

    private Optional<OriginState> catalog() {
        return log.origin(WEST).map(origin -> origin.catalog());
    }

    private Optional<String> hindrance() {
        return KeyRemoval.hindrance(catalog(), List.of(NEXT.publicKey()));
    }
}
