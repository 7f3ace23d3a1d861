package io.tombolo.controller.publish;

import static io.tombolo.controller.fixture.SmallFederation.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.outbox.Outbox;
import io.tombolo.catalog.outbox.WriterFile;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.RecordSigner;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.controller.fixture.MovedClock;
import io.tombolo.controller.fixture.SmallFederation;
import io.tombolo.model.name.Locality;
import io.tombolo.trustbundle.key.Ed25519Key;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnLogTest {
    @TempDir
    private Path dir;

    private final SmallFederation federation = new SmallFederation();
    private final Ed25519Key next = Ed25519Key.generate();
    private final MovedClock clock = new MovedClock();

    @Test
    void allThatIsKeptIsSignedAgainByTheNewKeyAndSaysWhatItSaidAndWhen() {
        try (Outbox outbox = outbox()) {
            // Given
            OwnLog log = log(federation.west(), outbox);
            log.put(info("eu"));
            log.put(info("us"));
            SignedRecord said = log.own().liveRecords(Payload.ClusterInfo.class).getFirst();
            String policy = log.put(policy()).key();
            SignedRecord withdrawn = log.withdraw(policy).orElseThrow();
            admit();
            clock.move(Duration.ofHours(3));
            // When
            log.take(pen(byNext()));
            log.signAgain();
            // Then
            assertThat(log.own().all()).hasSize(3).allMatch(record -> record.isSignedBy(next.publicKey()));
            assertThat(log.own().signedDigest()).isEqualTo(log.own().digest());
            SignedRecord again = log.own().record(said.key()).orElseThrow();
            assertThat(again.payload()).isEqualTo(said.payload());
            assertThat(again.issuedAt()).isEqualTo(said.issuedAt());
            assertThat(log.own().record(policy).orElseThrow().withdrawn()).isTrue();
            assertThat(log.own().record(policy).orElseThrow().issuedAt()).isEqualTo(withdrawn.issuedAt());
            assertThat(log.pending()).isSortedAccordingTo((a, b) -> a.position().compareTo(b.position()));
            assertThat(log.pending().getFirst().payload()).isInstanceOf(Payload.WriterTerm.class);
        }
    }

    @Test
    void whatWasInterruptedIsGoneOnWithAfterAStartWithTheNewKey() {
        // Given
        try (Outbox outbox = outbox()) {
            OwnLog log = log(federation.west(), outbox);
            log.put(info("eu"));
            log.put(policy());
            admit();
            log.take(pen(byNext()));
        }
        // When
        try (Outbox outbox = outbox()) {
            OwnLog log = log(byNext(), outbox);
            assertThat(log.own().all()).anyMatch(record -> !record.isSignedBy(next.publicKey()));
            log.signAgain();
            // Then
            assertThat(log.own().all()).hasSize(3).allMatch(record -> record.isSignedBy(next.publicKey()));
            var before = log.own().position();
            log.signAgain();
            assertThat(log.own().position()).isEqualTo(before);
        }
    }

    private void admit() {
        federation.changeKeysOfWest(federation.west().publicKey(), next.publicKey());
    }

    private RecordSigner byNext() {
        return new RecordSigner(federation.members().federation(), WEST, 1, next);
    }

    private OwnLog log(RecordSigner signer, Outbox outbox) {
        return new OwnLog(pen(signer), federation::members, outbox, clock);
    }

    private Pen pen(RecordSigner signer) {
        return new Pen(signer, new WriterFile(dir.resolve("writer")).begin(1, 0, StartIds.next(new SecureRandom())));
    }

    private Outbox outbox() {
        return Outbox.open(dir.resolve("outbox"), Outbox.Keeping.ALL);
    }

    private static Payload.Policy policy() {
        return new Payload.Policy("FailoverPolicy", "shop/checkout", "v1", ByteString.copyFromUtf8("{}"), false);
    }

    private static Payload.ClusterInfo info(String region) {
        return new Payload.ClusterInfo(new Locality(region, ""), Map.of(), "0.1.0", List.of());
    }
}
