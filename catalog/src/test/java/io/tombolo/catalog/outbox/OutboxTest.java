package io.tombolo.catalog.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.Seeds;
import io.tombolo.catalog.TestFederation;
import io.tombolo.catalog.World;
import io.tombolo.catalog.origin.OriginState;
import io.tombolo.catalog.origin.OriginWriter;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.Position;
import io.tombolo.catalog.record.RecordSigner;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationId;
import io.tombolo.model.name.Locality;
import io.tombolo.trustbundle.key.Ed25519Key;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
    private static final RecordSigner SIGNER =
            new RecordSigner(new FederationId("0".repeat(64)), new ClusterId("west"), 1, Ed25519Key.generate());

    @TempDir
    Path dir;

    /** Else a full disk would end the thread that sends, or make it send the same for ever. */
    @Test
    void whatKafkaHasIsKnownThoughTheDiskTakesNothingAndIsSentAgainAfterARestart() {
        // Given
        var world = new World(TestFederation.WEST);
        SignedRecord sent = world.exports(TestFederation.WEST, "a");
        Outbox outbox = Outbox.open(dir.resolve("full"), Outbox.Keeping.ALL);
        outbox.append(sent);
        outbox.close();
        // When
        outbox.acknowledge(sent.position());
        // Then
        assertThat(outbox.pending()).isEmpty();
        try (Outbox again = Outbox.open(dir.resolve("full"), Outbox.Keeping.ALL)) {
            assertThat(again.pending()).containsExactly(sent);
        }
    }

    @Test
    void whatIsPendingIsTheLatestOfEachKeyThatKafkaDoesNotHaveAlsoAfterARestart() {
        for (int seed = 0; seed < Seeds.upTo(20); seed++) {
            // Given
            var random = new Random(seed);
            Path file = dir.resolve("seed-" + seed);
            Outbox outbox = Outbox.open(file, Outbox.Keeping.ALL);
            Map<String, SignedRecord> latest = new TreeMap<>();
            Position acknowledged = Position.BEFORE_ALL;
            for (int step = 1; step < 40; step++) {
                // When
                if (random.nextInt(4) == 0) {
                    acknowledged = new Position(1, 1, random.nextInt(step));
                    outbox.acknowledge(acknowledged);
                    acknowledged = outbox.acknowledged();
                } else {
                    SignedRecord record = random.nextBoolean() ? info(step) : policy(random.nextInt(3), step);
                    outbox.append(record);
                    latest.put(record.key(), record);
                }
                if (random.nextInt(8) == 0) {
                    outbox.close();
                    outbox = Outbox.open(file, Outbox.Keeping.ALL);
                }
                // Then
                Position reached = acknowledged;
                List<SignedRecord> pending = latest.values().stream()
                        .filter(record -> record.position().isAfter(reached))
                        .sorted(Comparator.comparing(SignedRecord::position))
                        .toList();
                assertThat(outbox.pending()).as("seed %d, step %d", seed, step).isEqualTo(pending);
                assertThat(outbox.pendingCount()).isEqualTo(pending.size());
            }
            outbox.close();
        }
    }

    @Test
    void whatWasAppendedIsPendingAfterACrashUntilItIsAcknowledged() {
        // Given
        SignedRecord one = checkpoint(1);
        SignedRecord two = info(2);
        open(Outbox.Keeping.ALL).append(one);
        open(Outbox.Keeping.ALL).append(two);
        assertThat(open(Outbox.Keeping.ALL).pending()).containsExactly(one, two);
        // When
        open(Outbox.Keeping.ALL).acknowledge(one.position());
        // Then
        assertThat(open(Outbox.Keeping.ALL).pending()).containsExactly(two);
        assertThat(open(Outbox.Keeping.ALL).all()).containsExactly(one, two);
        assertThat(open(Outbox.Keeping.PENDING).all()).containsExactly(two);
    }

    @Test
    void onlyTheLatestOfAKeyIsSent() {
        var outbox = open(Outbox.Keeping.ALL);
        outbox.append(checkpoint(1));
        outbox.append(checkpoint(2));
        assertThat(outbox.pending()).containsExactly(checkpointAt(outbox, 2));
    }

    @Test
    void anOlderPositionIsNeverAppended() {
        var outbox = open(Outbox.Keeping.ALL);
        outbox.append(checkpoint(2));
        assertThatThrownBy(() -> outbox.append(checkpoint(2))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTornTailCostsNothingThatWasAppendedBefore() throws Exception {
        // Given
        SignedRecord one = checkpoint(1);
        open(Outbox.Keeping.ALL).append(one);
        Files.write(dir.resolve("outbox"), new byte[] {0, 0, 0, 9, 1}, StandardOpenOption.APPEND);
        // When
        var outbox = open(Outbox.Keeping.ALL);
        // Then
        assertThat(outbox.pending()).containsExactly(one);
        assertThat(outbox.damage()).isPresent();
    }

    private Outbox open(Outbox.Keeping keeping) {
        return Outbox.open(dir.resolve("outbox"), keeping);
    }

    private static SignedRecord checkpointAt(Outbox outbox, long seq) {
        return outbox.all().stream()
                .filter(r -> r.position().equals(new Position(1, 1, seq)))
                .findFirst()
                .orElseThrow();
    }

    private static SignedRecord checkpoint(long seq) {
        return signed(new Payload.Checkpoint(seq), seq);
    }

    private static SignedRecord info(long seq) {
        return signed(new Payload.ClusterInfo(Locality.UNKNOWN, Map.of(), "0.1.0", List.of()), seq);
    }

    private static SignedRecord policy(int number, long seq) {
        return signed(new Payload.Policy("FailoverPolicy", "shop/p" + number, "v1", ByteString.EMPTY, false), seq);
    }

    private static SignedRecord signed(Payload payload, long seq) {
        return new OriginWriter(SIGNER)
                .publish(OriginState.of(SIGNER.origin()), payload, 1, seq, Instant.ofEpochSecond(1_800_000_000));
    }
}
