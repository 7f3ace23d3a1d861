package io.tombolo.catalog.log;

import static io.tombolo.catalog.TestFederation.EAST;
import static io.tombolo.catalog.TestFederation.SOUTH;
import static io.tombolo.catalog.TestFederation.WEST;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.catalog.Seeds;
import io.tombolo.catalog.World;
import io.tombolo.catalog.freshness.FreshnessSettings;
import io.tombolo.catalog.origin.Completeness;
import io.tombolo.catalog.record.Applied;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.catalog.record.Verdict;
import io.tombolo.model.catalog.Freshness;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.name.ServiceName;
import io.tombolo.wire.log.Log;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FederationLogTest {
    private final World world = new World(EAST, WEST);

    @Test
    void whatIsWrittenIsImported() {
        world.exports(WEST, "checkout");
        world.beats(WEST);
        FederationLog log = world.read(world.reader(), world.written());
        assertThat(world.view(log, EAST).imports())
                .singleElement()
                .satisfies(service -> assertThat(service.sources())
                        .extracting(ImportedService.Source::cluster)
                        .containsExactly(WEST));
        assertThat(log.origin(WEST).orElseThrow().catalog().completeness()).isInstanceOf(Completeness.Complete.class);
    }

    @Test
    void nothingIsBelievedBeforeTheGenesisCame() {
        SignedRecord export = world.exports(WEST, "checkout");
        assertRefused(Fault.NOT_A_MEMBER, apply(world.stranger(), export));
        FederationLog log = world.stranger();
        for (var signed : world.federation.members().records()) {
            log = log.apply(io.tombolo.catalog.record.RecordReader.reopen(signed), world.now())
                    .state();
        }
        assertThat(apply(log, export).verdict()).isEqualTo(Verdict.CHANGED);
    }

    @Test
    void refusedRecordsChangeNothingButAreCountedByOriginAndCode() {
        SignedRecord export = world.exports(WEST, "checkout");
        FederationLog log = world.read(world.reader(), export);
        byte[] flipped = export.kafkaValue();
        flipped[flipped.length - 30] ^= 1;
        List<Applied<FederationLog>> refused = new ArrayList<>();
        refused.add(apply(log, Optional.of(WEST), export.kafkaKey(), flipped));
        refused.add(apply(log, Optional.of(WEST), export.kafkaKey(), null));
        refused.add(apply(log, Optional.of(EAST), export.kafkaKey(), export.kafkaValue()));
        assertThat(refused).allSatisfy(each -> {
            assertThat(each.verdict()).isInstanceOf(Verdict.Refused.class);
            assertThat(world.view(each.state(), EAST).imports())
                    .isEqualTo(world.view(log, EAST).imports());
        });
        assertThat(refused.get(1).state().refusals().count("west", Fault.BARE_TOMBSTONE))
                .isEqualTo(1);
        assertThat(refused.get(2).state().refusals().count("east", Fault.WRONG_KEY))
                .isEqualTo(1);
    }

    @Test
    void anEvictedClusterIsGoneAtOnceAndItsNextEpochBeginsEmpty() {
        world.exports(WEST, "checkout");
        SignedRecord late = world.beats(WEST);
        FederationLog log = world.read(world.reader(), world.written());
        log = log.apply(world.federation.evict(WEST), world.now()).state();
        assertThat(world.view(log, EAST).imports()).isEmpty();
        assertRefused(Fault.NOT_A_MEMBER, apply(log, late));
        log = log.apply(world.federation.admit(WEST), world.now()).state();
        assertThat(world.view(log, EAST).imports()).isEmpty();
        assertThat(log.live(WEST)).isEmpty();
    }

    @Test
    void whatAnEarlierEpochSaidOfHealthIsUnknownInTheNext() {
        ServiceName service = new ServiceName("shop", "a");
        world.says(WEST, true, new ServiceHealth(service, 1, 1, 0, 0, List.of()));
        world.exports(WEST, "a");
        FederationLog log = world.read(world.reader(), world.written());
        log = log.apply(world.federation.evict(WEST), world.now()).state();
        log = log.apply(world.federation.admit(WEST), world.now()).state();
        log = world.read(log, world.exports(WEST, "a"));
        assertThat(world.view(log, EAST)
                        .imports()
                        .getFirst()
                        .sources()
                        .getFirst()
                        .health())
                .isEmpty();
    }

    @Test
    void aWithheldRecordIsNoticedByThePulse() {
        SignedRecord first = world.exports(WEST, "a");
        world.exports(WEST, "b");
        FederationLog log = world.read(world.reader(), first, world.beats(WEST));
        assertThat(log.origin(WEST).orElseThrow().catalog().completeness()).isInstanceOf(Completeness.Behind.class);
    }

    /** Seed 1: an endpoint removed while the link is down must not resurrect when it returns. */
    @Test
    void whatWasRemovedWhileTheLinkWasDownDoesNotComeBackWithOldRecords() {
        ServiceName service = new ServiceName("shop", "a");
        world.exports(WEST, "a");
        world.says(WEST, true, new ServiceHealth(service, 1, 1, 0, 0, List.of()));
        FederationLog log = world.read(world.reader(), world.written());
        List<SignedRecord> before = world.written();
        SignedRecord gone = world.unexports(WEST, "a");
        SignedRecord health = world.says(WEST, true);
        log = world.read(log, gone, health);
        for (SignedRecord old : before) {
            assertRefused(Fault.OLD_RECORD, apply(log, old));
        }
        assertThat(world.view(log, EAST).imports()).singleElement().satisfies(withdrawn -> {
            assertThat(withdrawn.sources()).isEmpty();
            assertThat(withdrawn.withdrawnAt()).isPresent();
        });
        assertThat(log.origin(WEST).orElseThrow().health().of(service)).isEmpty();
    }

    /** Seed 3: readers and writers restart at any moment, records come twice and in any mix: all end the same. */
    @Test
    void readersThatRestartAnywhereAndReadTwiceConverge() {
        for (int seed = 0; seed < Seeds.upTo(30); seed++) {
            var random = new Random(seed);
            var some = new World(EAST, WEST, SOUTH);
            for (int i = 0; i < 30; i++) {
                var cluster = List.of(EAST, WEST, SOUTH).get(random.nextInt(3));
                String name = "s" + random.nextInt(5);
                if (random.nextInt(3) == 0) {
                    some.unexports(cluster, name);
                } else {
                    some.exports(cluster, name);
                }
            }
            List<ImportedService> expected =
                    some.view(some.read(some.reader(), some.written()), EAST).imports();
            assertThat(some.view(restarting(some, random), EAST).imports())
                    .as("seed %d", seed)
                    .isEqualTo(expected);
        }
    }

    /** Origins interleave anew, and the reader goes back by some records now and then. */
    private static FederationLog restarting(World some, Random random) {
        FederationLog log = some.reader();
        for (var cluster : List.of(SOUTH, EAST, WEST)) {
            List<SignedRecord> own = some.written().stream()
                    .filter(record -> record.origin().equals(cluster))
                    .toList();
            for (int at = 0; at < own.size(); at++) {
                SignedRecord record = own.get(at);
                log = log.apply(record.log(), World.owner(record), record.kafkaKey(), record.kafkaValue(), some.now())
                        .state();
                if (random.nextInt(6) == 0) {
                    List<io.tombolo.catalog.origin.OriginState> kept = log.origins().values().stream()
                            .map(OriginLog::catalog)
                            .toList();
                    log = FederationLog.of(log.members(), kept, FreshnessSettings.DEFAULT, some.now());
                    at = Math.max(-1, at - 3);
                }
            }
        }
        return log;
    }

    @Test
    void freshnessComesFromPulsesAndFromTheOwnOneComingBack() {
        world.exports(WEST, "a");
        FederationLog log = world.read(world.reader(), world.written());
        log = world.read(log, world.beats(WEST), world.beats(EAST))
                .ownPulseReadBack(world.now().nanos(), world.now());
        assertThat(freshness(log)).contains(Freshness.FRESH);
        assertThat(world.view(log, EAST).cutOff()).isFalse();
        for (int second = 1; second <= 40; second++) {
            world.passes(ofSeconds(1));
            log = world.read(log, world.beats(EAST))
                    .ownPulseReadBack(world.now().nanos(), world.now());
            Freshness expected = second <= 5 ? Freshness.FRESH : second <= 30 ? Freshness.STALE : Freshness.EXPIRED;
            assertThat(freshness(log)).as("after %d s", second).contains(expected);
        }
        assertThat(world.view(log, EAST).imports()).hasSize(1);
        world.passes(ofSeconds(10));
        assertThat(world.view(log, EAST).cutOff()).isTrue();
    }

    @Test
    void anOldPulseIsRefusedAndAHigherMembersVersionIsSeen() {
        SignedRecord first = world.beats(WEST);
        FederationLog log = world.read(world.reader(), world.beats(WEST));
        assertRefused(Fault.OLD_RECORD, apply(log, first));
        world.federation.admit(SOUTH);
        FederationLog after = world.read(log, world.beats(WEST));
        assertThat(after.pulses().highestMembersVersion().orElseThrow().getValue())
                .isEqualTo(after.members().version() + 1);
    }

    private Optional<Freshness> freshness(FederationLog log) {
        return world.view(log, EAST).origin(WEST).flatMap(view -> view.age().map(age -> age.freshness()));
    }

    private Applied<FederationLog> apply(FederationLog log, SignedRecord record) {
        return apply(log, record.log(), World.owner(record), record.kafkaKey(), record.kafkaValue());
    }

    private Applied<FederationLog> apply(
            FederationLog log,
            Optional<io.tombolo.model.name.ClusterId> owner,
            byte[] key,
            byte @org.jspecify.annotations.Nullable [] value) {
        return apply(log, Log.LOG_CATALOG, owner, key, value);
    }

    private Applied<FederationLog> apply(
            FederationLog log,
            Log topic,
            Optional<io.tombolo.model.name.ClusterId> owner,
            byte[] key,
            byte @org.jspecify.annotations.Nullable [] value) {
        return log.apply(topic, owner, key, value, world.now());
    }

    private static void assertRefused(Fault fault, Applied<FederationLog> applied) {
        assertThat(applied.verdict())
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.fault()).isEqualTo(fault));
    }
}
