package io.tombolo.controller.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.controller.kube.LeaderClaim;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.wire.file.FileChange;
import io.tombolo.wire.file.FileKind;
import io.tombolo.wire.file.Journal;
import io.tombolo.wire.file.Mirrors;
import io.tombolo.wire.file.StateFile;
import io.tombolo.wire.replica.FromLeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a leader acknowledges, with a record that can be away and followers that are driven by hand. */
class LeaderTest {
    private static final FileKind KIND = new FileKind("TEST", 1);

    @TempDir
    private Path all;

    private Path here;
    private Path there;
    private final FakeRecord record = new FakeRecord();
    private final AtomicInteger over = new AtomicInteger();
    private Leader leader;

    @BeforeEach
    void begin() throws IOException {
        here = Files.createDirectories(all.resolve("here"));
        there = Files.createDirectories(all.resolve("there"));
        var own =
                new ReplicaSettings("c-0", "10.0.0.1", Path.of("token"), Duration.ofSeconds(2), 10, 8 * 1_024 * 1_024);
        var held = record.put(new LeaderClaim("c-0", Optional.empty(), Map.of(), 0));
        leader = new Leader(own, record, held, here, over::incrementAndGet);
    }

    @AfterEach
    void end() {
        leader.close();
        Mirrors.remove(here);
    }

    @Test
    void aloneItAcknowledgesAsLongAsNobodyMayTakeOver() {
        record.away(true);
        state("a").write(new byte[] {1});
        assertThat(state("a").read().found()).isPresent();
    }

    @Test
    void whatIsAcknowledgedIsOnTheDiskOfTheOneInStep() throws Exception {
        // Given
        state("a").write(new byte[] {1});
        Driven follower = inStep();
        // When
        var acknowledged = CompletableFuture.runAsync(() -> state("a").write(new byte[] {2}));
        follower.takesUntil(acknowledged);
        // Then
        assertThat(new StateFile(there.resolve("a.state"), KIND).read().found()).hasValue(new byte[] {2});
    }

    /** As where the state directory is larger than what may wait: it says why, and is no reason to acknowledge nothing. */
    @Test
    void aFollowerForWhomTooMuchWaitsIsLetGoAndNobodyWaitsForIt() {
        // Given
        Link follower = leader.follow("c-1");
        // When
        for (int i = 0; i < 3; i++) {
            state("large-" + i).write(new byte[3 * 1_024 * 1_024]);
        }
        // Then
        assertThat(follower.isBroken()).isTrue();
        assertThat(follower.why()).contains("controller.replica.max-waiting-bytes = 8388608");
        state("a").write(new byte[] {1});
        assertThat(leader.notice())
                .hasValueSatisfying(said -> assertThat(said).contains("no other replica is in step"));
    }

    @Test
    void aFollowerThatIsNotAbleYetIsWaitedForByNobody() {
        leader.follow("c-1");
        leader.tick();
        state("a").write(new byte[] {1});
        assertThat(record.claim().inStep()).isEmpty();
    }

    @Test
    void aFollowerThatGoesIsStruckOutBeforeAnythingIsAcknowledgedAlone() throws Exception {
        // Given
        var follower = inStep();
        follower.link.end("the test says so");
        // When
        var acknowledged = CompletableFuture.runAsync(() -> state("a").write(new byte[] {1}));
        assertThatThrownBy(() -> acknowledged.get(100, TimeUnit.MILLISECONDS)).isNotNull();
        leader.tick();
        acknowledged.get(5, TimeUnit.SECONDS);
        // Then
        assertThat(record.claim().inStep()).isEmpty();
    }

    @Test
    void withoutTheFollowerAndTheRecordNothingIsAcknowledgedAndTheJournalIsAsItWas() throws Exception {
        // Given
        Journal journal = Journal.open(here.resolve("one.journal"), KIND).journal();
        var follower = inStep();
        record.away(true);
        follower.link.end("the test says so");
        leader.tick();
        // When
        assertThatThrownBy(() -> journal.append(new byte[] {1}))
                .isInstanceOfSatisfying(
                        TomboloException.class,
                        refused -> assertThat(refused.fault()).isEqualTo(Fault.REPLICA_UNSURE));
        record.away(false);
        leader.tick();
        journal.append(new byte[] {2});
        // Then
        journal.close();
        Mirrors.remove(here);
        assertThat(Journal.open(here.resolve("one.journal"), KIND).entries()).containsExactly(new byte[] {2});
    }

    /** The API server wrote that the follower is in step, and the leader never heard of it. */
    @Test
    void aWriteWithoutAnAnswerCountsAsWritten() throws Exception {
        // Given
        Driven follower = awaited();
        record.losesAnswers(true);
        leader.tick();
        assertThat(record.claim().inStep()).contains("c-1");
        record.away(true);
        follower.link.end("the test says so");
        // Then
        assertThatThrownBy(() -> state("a").write(new byte[] {1})).isInstanceOf(TomboloException.class);
        // When
        record.away(false);
        record.losesAnswers(false);
        leader.tick();
        leader.tick();
        state("a").write(new byte[] {2});
        assertThat(record.claim().inStep()).isEmpty();
    }

    @Test
    void aSupersededLeaderIsOverAndWritesNothingMore() throws Exception {
        // Given
        var follower = inStep();
        record.put(new LeaderClaim("c-1", Optional.empty(), Map.of(), 1));
        follower.link.end("the test says so");
        // When
        leader.tick();
        // Then
        assertThat(over).hasValue(1);
        assertThatThrownBy(() -> state("a").write(new byte[] {1})).isInstanceOf(TomboloException.class);
        assertThat(state("a").read().found()).isEmpty();
    }

    @Test
    void whoStopsInOrderGivesTheRecordToTheOneInStep() throws Exception {
        leader.serves(Map.of(Places.PROXIES, "10.0.0.1:15010", Places.CA_PIN, "0a"));
        inStep();
        leader.close();
        assertThat(record.claim().leader()).isEmpty();
        assertThat(record.claim().inStep()).contains("c-1");
        // By it whoever starts only now knows whether its keys are those that are needed.
        assertThat(record.claim().addresses()).isEqualTo(Map.of(Places.CA_PIN, "0a"));
    }

    @Test
    void aSecondFollowerIsRefusedWhileOneIsThere() {
        leader.follow("c-1");
        assertThatThrownBy(() -> leader.follow("c-2"))
                .isInstanceOfSatisfying(
                        TomboloException.class,
                        refused -> assertThat(refused.fault()).isEqualTo(Fault.CONFLICT));
    }

    /** A third replica has all, and the record still names the second one: who reads it there takes over without the change. */
    @Test
    void whatOnlyAThirdOneHasIsNotAcknowledgedWhileTheRecordMayNameTheSecond() throws Exception {
        // Given
        var second = inStep();
        record.away(true);
        second.link.end("the test says so");
        leader.tick();
        var third = new Driven(leader.follow("c-2"));
        third.isAbleAndHasAll();
        leader.tick();
        third.takesAll();
        leader.tick();
        // When
        var acknowledged = CompletableFuture.runAsync(() -> state("a").write(new byte[] {1}));
        // Then
        assertThatThrownBy(() -> third.takesUntil(acknowledged))
                .hasRootCauseInstanceOf(TomboloException.class)
                .hasMessageContaining("TB-7120");
        // When
        record.away(false);
        leader.tick();
        third.takesUntil(CompletableFuture.runAsync(() -> state("a").write(new byte[] {2})));
        // Then
        assertThat(record.claim().inStep()).contains("c-2");
    }

    @Test
    void whoSaysThatItIsTheLeaderItselfIsNoFollower() {
        assertThatThrownBy(() -> leader.follow("c-0"))
                .isInstanceOfSatisfying(
                        TomboloException.class,
                        refused -> assertThat(refused.fault()).isEqualTo(Fault.CONFLICT));
    }

    /** Two calls of one replica whose tokens took long: a link that nobody looks after would live as long as the process. */
    @Test
    void ofTwoLinksThatBeginAtOnceOneIsLeft() throws Exception {
        // Given
        var mayWrite = new CountDownLatch(1);
        var writes = Thread.ofPlatform().start(() -> writesOnce(mayWrite));
        awaitsIn(writes, "await");
        List<Link> links = Collections.synchronizedList(new ArrayList<>());
        List<Thread> following = Stream.generate(
                        () -> Thread.ofPlatform().daemon().start(() -> links.add(leader.follow("c-1"))))
                .limit(2)
                .toList();
        for (Thread each : following) {
            awaitsIn(each, "lock");
        }
        // When
        mayWrite.countDown();
        for (Thread each : following) {
            each.join();
        }
        // Then
        assertThat(links).hasSize(2);
        assertThat(links.stream().filter(link -> !link.isBroken())).hasSize(1);
    }

    /** Holds followers up: while one begins nothing may be written, and the other way round. */
    private void writesOnce(CountDownLatch may) {
        try {
            leader.write(new FileChange.Deleted(here.resolve("a.state")), () -> awaits(may));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void awaits(CountDownLatch may) {
        try {
            may.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static void awaitsIn(Thread thread, String method) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .until(() -> Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals(method)));
    }

    /** What the client library throws is not always what it says: a leader that looks after nothing would hear of no other one. */
    @Test
    void aFaultNobodyThoughtOfDoesNotEndItsCare() throws Exception {
        // Given
        var looks = new CountDownLatch(3);
        record.failsBy(() -> {
            looks.countDown();
            throw new IllegalStateException("not thought of");
        });
        leader.serves(Map.of(Places.PROXIES, "10.0.0.1:15010"));
        // When
        leader.start();
        // Then
        assertThat(looks.await(10, TimeUnit.SECONDS)).isTrue();
    }

    /** The law: the follower's files are the leader's, whatever is written before, while and after it comes. */
    @Test
    void aFollowerHasTheFilesOfTheLeader() throws Exception {
        var random = new Random(7);
        Journal journal = Journal.open(here.resolve("one.journal"), KIND).journal();
        Files.createDirectories(here.resolve("keys"));
        Files.writeString(here.resolve("keys/ca.key"), "secret");
        for (int round = 0; round < 10; round++) {
            write(random, journal);
            var follower = new Driven(leader.follow("c-1"));
            write(random, journal);
            follower.takesAll();
            assertThat(Copied.in(there).names()).isEqualTo(Copied.in(here).names());
            for (String name : Copied.in(here).names()) {
                assertThat(Copied.in(there).read(name))
                        .as(name)
                        .isEqualTo(Copied.in(here).read(name));
            }
            follower.link.end("the test says so");
        }
        assertThat(there.resolve("keys")).doesNotExist();
    }

    private void write(Random random, Journal journal) {
        for (int i = 0; i < 10; i++) {
            byte[] bytes = new byte[random.nextInt(i == 0 ? 600_000 : 100)];
            Arrays.fill(bytes, (byte) i);
            switch (random.nextInt(4)) {
                case 0 -> state("a").write(bytes);
                case 1 -> state("b").write(bytes);
                case 2 -> state("b").delete();
                default -> journal.append(List.of(bytes));
            }
        }
    }

    private StateFile state(String name) {
        return new StateFile(here.resolve(name + ".state"), KIND);
    }

    private Driven inStep() throws InterruptedException {
        Driven follower = awaited();
        leader.tick();
        assertThat(record.claim().inStep()).contains("c-1");
        return follower;
    }

    /** Changes wait for it; the record does not name it yet. */
    private Driven awaited() throws InterruptedException {
        var follower = new Driven(leader.follow("c-1"));
        follower.isAbleAndHasAll();
        leader.tick();
        follower.takesAll();
        return follower;
    }

    /** A follower whose disk writes when the test says so. */
    private final class Driven {
        private final Link link;
        private final Copy copy = new Copy(there);

        Driven(Link link) {
            this.link = link;
        }

        void isAbleAndHasAll() throws InterruptedException {
            takesAll();
            link.able();
        }

        void takesAll() throws InterruptedException {
            while (link.isWaitedFor()) {
                link.sendOne(this::take);
            }
        }

        void takesUntil(CompletableFuture<Void> done) throws Exception {
            while (!done.isDone()) {
                link.heard();
                link.sendOne(this::take);
            }
            done.get(1, TimeUnit.SECONDS);
        }

        private void take(FromLeader message) {
            switch (message.getSaidCase()) {
                case PIECE -> copy.take(message.getPiece()).ifPresent(link::written);
                case COMPLETE -> {
                    copy.complete(message.getComplete());
                    link.written(message.getComplete().getChange());
                }
                default -> {
                    // Words only.
                }
            }
        }
    }
}
