package io.tombolo.controller.join;

import static io.tombolo.controller.fixture.SmallFederation.SOUTH;
import static io.tombolo.controller.fixture.SmallFederation.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.catalog.members.Admission;
import io.tombolo.catalog.members.MembersLog;
import io.tombolo.catalog.record.RecordReader;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.controller.fixture.SmallFederation;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.controller.publish.MembersWriter;
import io.tombolo.controller.publish.Publication;
import io.tombolo.model.name.ClusterId;
import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.wire.log.SignedEnvelope;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MembersBookTest {
    private static final Instant NOW = Instant.parse("2026-11-28T00:00:00Z");

    private final SmallFederation federation = new SmallFederation();
    private final Backbone backbone = new Backbone();
    private StateDirectory state;
    private MembersBook book;

    /** What the reader knows is what its snapshot has: all that it was told, in Kafka or not. */
    private MembersLog read;

    @BeforeEach
    void found(@TempDir Path directory) {
        state = StateDirectory.take(directory.resolve("east"));
        read = federation.members();
        MembersBook.found(state, read);
        starts();
    }

    @AfterEach
    void end() {
        state.close();
    }

    private void starts() {
        book = new MembersBook(state, read.federation(), () -> read, backbone, Runnable::run);
    }

    private Function<MembersLog, SignedRecord> admission(ClusterId cluster) {
        Admission again = SmallFederation.admission(cluster, Ed25519Key.generate());
        return log -> federation.change(log).admit(again, NOW);
    }

    private SignedEnvelope evicts(ClusterId cluster) {
        return book.change(log -> federation.change(log).evict(cluster, true, NOW))
                .record()
                .signed();
    }

    @Test
    void anEvictionThatKafkaDidNotTakeGoesOutAfterAKillAlthoughTheSnapshotHasItAlready() {
        // Given
        backbone.away = true;
        SignedEnvelope eviction = evicts(WEST);
        backbone.published.clear();
        // When
        starts();
        book.republish();
        // Then
        assertThat(read.records()).contains(eviction);
        assertThat(backbone.published).containsExactly(eviction);
    }

    @Test
    void whatKafkaConfirmedIsNotSentAgain() {
        // Given
        backbone.away = true;
        evicts(WEST);
        backbone.comesBack();
        backbone.published.clear();
        // When
        book.republish();
        starts();
        book.republish();
        // Then
        assertThat(backbone.published).isEmpty();
    }

    @Test
    void whatAnotherAuthorityHasGoneBeyondIsNotSentAfterItsRecord() {
        // Given an eviction that Kafka did not take, and another authority that was told of it and admitted the cluster
        // again
        backbone.away = true;
        evicts(WEST);
        read = read.apply(admission(WEST).apply(read)).state();
        backbone.published.clear();
        // When
        starts();
        book.republish();
        // Then
        assertThat(backbone.published).isEmpty();
    }

    @Test
    void afterAKillOnlyTheNewestOfAClusterIsSentAgainSoThatNobodyReadsAnOlderOneLast() {
        // Given
        backbone.away = true;
        evicts(WEST);
        SignedEnvelope back = book.change(admission(WEST)).record().signed();
        SignedEnvelope other = evicts(SOUTH);
        backbone.published.clear();
        // When
        starts();
        book.republish();
        // Then
        assertThat(backbone.published).containsExactlyInAnyOrder(back, other);
    }

    @Test
    void whatTheReaderWasNeverToldOfIsSentToo() {
        // Given a record that was signed, and a kill before it was sent
        SignedEnvelope admitted =
                book.sign(admission(new ClusterId("north"))).record().signed();
        // When
        starts();
        book.republish();
        // Then
        assertThat(backbone.published).containsExactly(admitted);
    }

    /** Kafka, and before it the reader, which is told of a record at once. */
    private final class Backbone implements MembersWriter {
        private final List<SignedEnvelope> published = new ArrayList<>();
        private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
        private boolean away;

        @Override
        public Publication publish(SignedEnvelope record) {
            published.add(record);
            read = read.apply(RecordReader.reopen(record)).state();
            var acknowledged = new CompletableFuture<Void>();
            waiting.add(acknowledged);
            if (!away) {
                comesBack();
            }
            return new Publication(1, acknowledged);
        }

        private void comesBack() {
            away = false;
            waiting.forEach(one -> one.complete(null));
            waiting.clear();
        }

        @Override
        public void close() {
            // Nothing was opened.
        }
    }
}
