package io.tombolo.controller.subscribe;

import static io.tombolo.controller.fixture.SmallFederation.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.RecordSigner;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.controller.fixture.SmallFederation;
import io.tombolo.trustbundle.key.Ed25519Key;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UnknownKeysTest {
    private final SmallFederation federation = new SmallFederation();
    private final Ed25519Key next = Ed25519Key.generate();
    private final UnknownKeys keys = new UnknownKeys();

    @Test
    void aKeyThatTheMembersMayNameByNowIsWaitedForAndOnlyOnce() {
        // Given
        SignedRecord record = signed(1, next);
        // When
        UnknownKeys.Key key = keys.toWaitFor(federation.members(), record).orElseThrow();
        // Then
        assertThat(keys.toWaitFor(federation.members(), record)).contains(key);
        // When
        keys.settle(key);
        // Then
        assertThat(keys.toWaitFor(federation.members(), record)).isEmpty();
        assertThat(keys.toWaitFor(federation.members(), signed(1, Ed25519Key.generate())))
                .isPresent();
    }

    @Test
    void whoMayHaveJoinedAgainByNowIsWaitedForAsWellAlsoIfTheLastWordIsThatItIsOut() {
        // Given
        var without = federation.members().apply(federation.evictionOfWest()).state();
        // Then
        assertThat(keys.toWaitFor(federation.members(), signed(2, next))).isPresent();
        assertThat(keys.toWaitFor(without, signed(2, next))).isPresent();
    }

    @Test
    void nobodyWaitsForAKeyThatIsKnownOrForWhomTheMembersPutOut() {
        SignedRecord known = federation.west().sign(term(), 1, 1, Instant.now(), ByteString.copyFrom(new byte[32]));
        assertThat(keys.toWaitFor(federation.members(), known)).isEmpty();
        var without = federation.members().apply(federation.evictionOfWest()).state();
        assertThat(keys.toWaitFor(without, signed(1, next))).isEmpty();
    }

    @Test
    void whoNamesEverNewKeysIsWaitedForSixtyFourTimes() {
        for (int i = 0; i < UnknownKeys.MOST_OF_ONE_MEMBER; i++) {
            keys.settle(keys.toWaitFor(federation.members(), signed(1, Ed25519Key.generate()))
                    .orElseThrow());
        }
        assertThat(keys.toWaitFor(federation.members(), signed(1, next))).isEmpty();
    }

    private SignedRecord signed(long epoch, Ed25519Key key) {
        return new RecordSigner(federation.members().federation(), WEST, epoch, key)
                .sign(term(), 1, 1, Instant.now(), ByteString.copyFrom(new byte[32]));
    }

    private static Payload term() {
        return new Payload.WriterTerm(1, ByteString.copyFrom(new byte[16]));
    }
}
