package io.tombolo.controller.subscribe;

import static io.tombolo.controller.fixture.SmallFederation.DEMO;
import static io.tombolo.controller.fixture.SmallFederation.EAST;
import static io.tombolo.controller.fixture.SmallFederation.SOUTH;
import static io.tombolo.controller.fixture.SmallFederation.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.catalog.freshness.FreshnessSettings;
import io.tombolo.catalog.view.CatalogView;
import io.tombolo.controller.fixture.MovedClock;
import io.tombolo.controller.fixture.SmallFederation;
import io.tombolo.controller.publish.PulseEcho;
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.catalog.MemberState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reader while nobody runs Kafka. */
class LogReaderTest {
    @TempDir
    private Path dir;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SmallFederation federation = new SmallFederation();

    @Test
    void anEvictionThatIsHandedInCountsAtOnceThoughKafkaWasNeverThere() {
        try (LogReader reader = reader().start()) {
            // When
            reader.handIn(federation.evictionOfWest());
            // Then
            await(reader, v -> v.members().member(WEST).orElseThrow().state() == MemberState.EVICTED);
        }
    }

    @Test
    void timePassesForListenersThoughKafkaWasNeverThere() {
        var told = new java.util.concurrent.atomic.AtomicInteger();
        try (LogReader reader = reader()) {
            reader.addListener(_ -> told.incrementAndGet());
            // When
            reader.start();
            // Then
            Awaitility.await().atMost(PATIENCE).until(() -> told.get() >= 3);
            assertThat(reader.ready()).isFalse();
        }
    }

    @Test
    void aSnapshotGoesOutAfterTwoSecondsInWhichNobodyKnewBetter() {
        // Given
        try (LogReader before = reader().start()) {
            before.handIn(federation.evictionOfWest());
            await(before, v -> v.members().member(WEST).orElseThrow().state() == MemberState.EVICTED);
        }
        long startNanos = System.nanoTime();
        // When
        try (LogReader reader = reader().start()) {
            // Then
            assertThat(reader.ready()).isFalse();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .until(reader::ready);
            assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isGreaterThan(Duration.ofSeconds(2));
            assertThat(reader.caughtUp()).isFalse();
        }
    }

    @Test
    void aSnapshotThatCannotBeWrittenEndsNothingAndIsWrittenOnceItCanBe() throws IOException {
        try (LogReader reader = reader().start()) {
            // Given
            Files.delete(dir);
            reader.handIn(federation.leaveOfSouth());
            await(reader, v -> v.members().member(SOUTH).orElseThrow().state() == MemberState.LEFT);
            // When
            reader.handIn(federation.evictionOfWest());
            // Then
            await(reader, v -> v.members().member(WEST).orElseThrow().state() == MemberState.EVICTED);
            // When
            Files.createDirectory(dir);
            // Then
            Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(dir.resolve("snapshot")));
        }
        try (LogReader again = reader()) {
            assertThat(again.current().members().member(WEST).orElseThrow().state())
                    .isEqualTo(MemberState.EVICTED);
        }
    }

    @Test
    void newsIsAsOldAfterARestartAsTheWallClockSays() {
        // Given
        var clock = new MovedClock();
        try (LogReader before = reader(clock).start()) {
            before.handIn(federation.evictionOfWest());
            await(before, v -> v.members().member(WEST).orElseThrow().state() == MemberState.EVICTED);
        }
        clock.move(Duration.ofHours(25));
        // When
        try (LogReader reader = reader(clock)) {
            // Then
            assertThat(reader.current().blindness().isBlind()).isTrue();
        }
    }

    private static void await(LogReader reader, Predicate<CatalogView> wanted) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(reader::current, wanted);
    }

    private LogReader reader() {
        return reader(Clock.systemUTC());
    }

    private LogReader reader(Clock clock) {
        return new LogReader(
                EAST,
                DEMO,
                federation.members(),
                dir,
                SmallFederation.nobody(),
                new PulseEcho(),
                FreshnessSettings.DEFAULT,
                new AddressRules(false),
                clock);
    }
}
