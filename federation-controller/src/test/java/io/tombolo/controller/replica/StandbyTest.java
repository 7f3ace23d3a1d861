package io.tombolo.controller.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.controller.kube.LeaderClaim;
import io.tombolo.controller.kube.LeaderRecord.Held;
import io.tombolo.wire.replica.Keys;
import io.tombolo.wire.replica.Prove;
import io.tombolo.wire.replica.Vouched;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica that waits for its turn, with a record that is driven by hand. */
class StandbyTest {
    private static final LeaderClaim GIVEN_BACK =
            new LeaderClaim("", Optional.of("c-1"), Map.of(Places.CA_PIN, "0a".repeat(32)), 3);

    @TempDir
    private Path disk;

    private Thread waiting = Thread.currentThread();
    private final FakeRecord record = new FakeRecord();
    private final ReplicaSettings own =
            new ReplicaSettings("c-1", "10.0.0.2", Path.of("token"), Duration.ofSeconds(2), 1, 1_024 * 1_024);

    /** A transport asks again by itself, and the API server wrote the first time. */
    @Test
    void whoHearsThatItCameSecondLooksWhetherItWasItself() throws Exception {
        // Given
        record.put(GIVEN_BACK);
        Mark.FOLLOWED.put(disk);
        record.isAskedTwice(true);
        // When
        Held held = standsBy().get(10, TimeUnit.SECONDS);
        // Then
        assertThat(held.claim().leader()).isEqualTo("c-1");
        assertThat(Mark.of(disk)).isEqualTo(Mark.LED);
    }

    @Test
    void aRecordThatCannotBeReadIsWaitedOut() throws Exception {
        // Given
        Mark.FOLLOWED.put(disk);
        record.put(new LeaderClaim(
                "c-0", Optional.empty(), Map.of(Places.PROXIES, "no address", Places.CA_PIN, "none"), 3));
        CompletableFuture<Held> leads = standsBy();
        var looked = record.reads();
        assertThat(looked.tryAcquire(2, 10, TimeUnit.SECONDS)).isTrue();
        // When
        record.put(GIVEN_BACK);
        // Then
        assertThat(leads.get(10, TimeUnit.SECONDS).claim().leader()).isEqualTo("c-1");
    }

    private CompletableFuture<Held> standsBy() {
        var leads = new CompletableFuture<Held>();
        waiting = Thread.ofVirtual().start(() -> {
            try (var forwarder = new Forwarder(Map.of(), 1)) {
                leads.complete(new Standby(own, record, disk, _ -> new Complete(), forwarder).untilItLeads());
            } catch (InterruptedException | RuntimeException ended) {
                leads.completeExceptionally(ended);
            }
        });
        return leads;
    }

    @AfterEach
    void end() {
        waiting.interrupt();
    }

    /** Keys that lack nothing. */
    private static final class Complete implements OwnKeys {
        @Override
        public Optional<Keys> wanted() {
            return Optional.empty();
        }

        @Override
        public byte[] prove(Prove asked) {
            return new byte[0];
        }

        @Override
        public void keep(Vouched vouched) {}

        @Override
        public boolean complete() {
            return true;
        }
    }
}
