package io.tombolo.model.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tombolo.model.name.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrafficValuesTest {
    private static final Instant END = Instant.parse("2026-12-01T10:00:00Z");

    @Test
    void faultsEndByThemselves() {
        // Given
        var faults = new FaultInjection(
                Optional.of(new FaultInjection.Delay(FaultInjection.ALL, Duration.ofMillis(200))),
                Optional.of(new FaultInjection.Abort(FaultInjection.ALL, 503)),
                END);
        // When, Then
        assertThat(faults.decide(END.minusMillis(1), 0.99, 0.99))
                .isEqualTo(new FaultInjection.Fate(Duration.ofMillis(200), OptionalInt.of(503)));
        assertThat(faults.decide(END, 0, 0)).isEqualTo(FaultInjection.Fate.NONE);
    }

    @Test
    void faultsHitThePartThatTheyAreMeantFor() {
        var faults = new FaultInjection(Optional.empty(), Optional.of(new FaultInjection.Abort(250, 500)), END);
        var random = new Random(7);
        long hit = IntStream.range(0, 100_000)
                .filter(i -> faults.decide(Instant.EPOCH, random.nextDouble(), random.nextDouble())
                        .status()
                        .isPresent())
                .count();
        assertThat(hit / 100_000.0).isCloseTo(0.025, within(0.003));
    }

    @Test
    void rendezvousGivesKeysByWeightWhateverTheOrder() {
        // Given
        List<Integer> all = new ArrayList<>(List.of(1, 2, 3, 4));
        int[] counts = new int[5];
        var random = new Random(9);
        // When
        for (int key = 0; key < 50_000; key++) {
            long hash = Rendezvous.hash("key-" + key);
            int chosen = choose(hash, all);
            Collections.shuffle(all, random);
            assertThat(choose(hash, all)).isEqualTo(chosen);
            counts[chosen]++;
        }
        // Then
        for (int one = 1; one <= 4; one++) {
            assertThat(counts[one] / 50_000.0).isCloseTo(one / 10.0, within(0.01));
        }
    }

    private static int choose(long hash, List<Integer> all) {
        return Rendezvous.choose(hash, all, one -> Rendezvous.hash("instance-" + one), one -> one)
                .orElseThrow();
    }

    /** Two versions of a sidecar must agree, or stickiness ends with each upgrade. */
    @Test
    void hashesStayAsTheyAre() {
        assertThat(Rendezvous.hash("")).isEqualTo(-780787492076525413L);
        assertThat(Rendezvous.hash("alice")).isEqualTo(-4192475849746331044L);
        assertThat(Rendezvous.choose(1L, List.of(0), one -> one, one -> 0.0)).isEmpty();
    }

    @Test
    void aPaceIsKeptOverAnyTime() {
        // Given
        var limit = new RateLimit(7, Duration.ofSeconds(1), 2, RateLimit.Scope.INSTANCE);
        var random = new Random(4);
        long now = 0;
        long arrival = 0;
        long let = 0;
        // When
        while (now < Duration.ofMinutes(1).toNanos()) {
            now += random.nextLong(20_000_000);
            OptionalLong next = limit.admit(arrival, now);
            arrival = next.orElse(arrival);
            let += next.isPresent() ? 1 : 0;
        }
        // Then
        assertThat(let).isBetween(7L * 60 - 2, 7L * 60 + 3);
    }

    @Test
    void whatIsOutOfRangeNamesItsField() {
        var name = new ServiceName("shop", "a");
        assertThatThrownBy(() -> new RetryBudget(101, Duration.ofSeconds(10), 1))
                .hasMessageContaining("TB-1004")
                .hasMessageContaining("retries.budgetPercent 101");
        assertThatThrownBy(() -> new FaultInjection.Delay(1, Duration.ofMinutes(2)))
                .hasMessageContaining("faults.delay.by");
        assertThatThrownBy(() -> new HashKey.Header("a b")).hasMessageContaining("hash.header");
        assertThatThrownBy(() -> new TrafficLimits(
                        OptionalInt.of(0), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty()))
                .hasMessageContaining("limits.connections 0");
        assertThatThrownBy(() -> new TrafficPolicy(
                        name,
                        new ServiceName("bank", "a"),
                        END,
                        Balance.DEFAULT,
                        Duration.ZERO,
                        TrafficLimits.NONE,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .hasMessageContaining("targetRef bank/a");
    }
}
