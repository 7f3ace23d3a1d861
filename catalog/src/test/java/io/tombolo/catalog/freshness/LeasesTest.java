package io.tombolo.catalog.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.catalog.Seeds;
import io.tombolo.model.catalog.Freshness;
import io.tombolo.model.name.ClusterId;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeasesTest {
    private static final ClusterId WEST = new ClusterId("west");
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    void anOriginAgesFromFreshToStaleToExpired() {
        Leases leases = proven(start().heard(WEST, Duration.ZERO, 0), 0, 100);
        assertThat(at(leases, 5)).isEqualTo(Freshness.FRESH);
        assertThat(at(leases, 6)).isEqualTo(Freshness.STALE);
        assertThat(at(leases, 30)).isEqualTo(Freshness.STALE);
        assertThat(at(leases, 31)).isEqualTo(Freshness.EXPIRED);
    }

    @Test
    void whileThisClusterIsCutOffNobodysLeaseRuns() {
        Leases leases = start().heard(WEST, Duration.ZERO, 0).ownPulseReadBack(0, 0);
        assertThat(leases.cutOff(3 * SECOND)).isFalse();
        assertThat(leases.cutOff(4 * SECOND)).isTrue();
        assertThat(at(leases, 3_600)).isEqualTo(Freshness.FRESH);
        Leases back = leases.ownPulseReadBack(3_600 * SECOND, 3_600 * SECOND);
        assertThat(back.cutOff(3_600 * SECOND)).isFalse();
        assertThat(back.of(WEST, 3_600 * SECOND).orElseThrow().leaseUsed()).isEqualTo(Duration.ofSeconds(3));
        assertThat(back.of(WEST, 3_600 * SECOND).orElseThrow().age()).isEqualTo(Duration.ofSeconds(3_600));
    }

    @Test
    void anOwnPulseThatTookTooLongProvesNothing() {
        Leases leases = start().ownPulseReadBack(0, 4 * SECOND);
        assertThat(leases.cutOff(4 * SECOND)).isTrue();
    }

    @Test
    void beforeTheFirstProofThisClusterCountsAsCutOff() {
        assertThat(start().cutOff(0)).isTrue();
    }

    @Test
    void anOriginFromTheDiskIsStaleUntilItIsHeardAndThenFresh() {
        Leases leases = proven(start().known(WEST, 0), 0, 10);
        assertThat(at(leases, 1)).isEqualTo(Freshness.STALE);
        assertThat(at(leases.heard(WEST, Duration.ZERO, SECOND), 1)).isEqualTo(Freshness.FRESH);
        assertThat(leases.of(new ClusterId("nobody"), SECOND)).isEmpty();
    }

    @Test
    void aPulseWhoseIssueTimeIsFarOffIsDelayed() {
        for (int offset : List.of(-31, 31)) {
            Leases leases = proven(start().heard(WEST, Duration.ofSeconds(offset), 0), 0, 10);
            assertThat(leases.of(WEST, SECOND).orElseThrow().delayed()).isTrue();
            assertThat(at(leases, 1)).isEqualTo(Freshness.STALE);
        }
    }

    @Test
    void moreMembersBeatSlower() {
        FreshnessSettings settings = FreshnessSettings.DEFAULT;
        assertThat(settings.interval(3)).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.interval(500)).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.staleAfter(500)).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.leaseOf(500)).isEqualTo(Duration.ofSeconds(50));
        assertThat(settings.proofOf(500)).isEqualTo(Duration.ofSeconds(15));
    }

    /** Beside it a model that counts ticks of half a second, one by one. */
    @Test
    void theAnswerIsThatOfAModelThatCountsTicks() {
        for (int seed = 0; seed < Seeds.upTo(500); seed++) {
            var random = new Random(seed);
            double peerAlive = random.nextDouble();
            double selfAlive = random.nextDouble();
            Leases leases = start();
            var model = new TickModel();
            for (int tick = 0; tick < 200; tick++) {
                long now = tick * SECOND / 2;
                if (random.nextDouble() < selfAlive) {
                    int lag = random.nextInt(9);
                    leases = leases.ownPulseReadBack(now - lag * SECOND / 2, now);
                    model.ownPulse(tick, lag);
                }
                if (random.nextDouble() < peerAlive / 8) {
                    leases = leases.heard(WEST, Duration.ZERO, now);
                    model.peerPulse();
                }
                assertThat(leases.cutOff(now)).as("seed %d tick %d", seed, tick).isEqualTo(model.cutOff(tick));
                assertThat(leases.of(WEST, now).map(OriginAge::freshness).orElse(null))
                        .as("seed %d tick %d", seed, tick)
                        .isEqualTo(model.freshness());
                model.tick(tick);
            }
        }
    }

    private static final class TickModel {
        private int provenAt = Integer.MIN_VALUE / 2;
        private int usedTicks = -1;

        void ownPulse(int tick, int lag) {
            if (lag <= 6) {
                provenAt = Math.max(provenAt, tick - lag);
            }
        }

        void peerPulse() {
            usedTicks = 0;
        }

        boolean cutOff(int tick) {
            return tick - provenAt > 6;
        }

        /** The lease runs from one tick to the next only while the proof lasts. */
        void tick(int tick) {
            if (usedTicks >= 0 && tick - provenAt < 6) {
                usedTicks++;
            }
        }

        @org.jspecify.annotations.Nullable
        Freshness freshness() {
            if (usedTicks < 0) {
                return null;
            }
            if (usedTicks > 60) {
                return Freshness.EXPIRED;
            }
            return usedTicks > 10 ? Freshness.STALE : Freshness.FRESH;
        }
    }

    private static Leases start() {
        return Leases.start(FreshnessSettings.DEFAULT, 3, 0);
    }

    private static Leases proven(Leases leases, int from, int seconds) {
        Leases next = leases;
        for (int s = from; s <= from + seconds; s++) {
            next = next.ownPulseReadBack(s * SECOND, s * SECOND);
        }
        return next;
    }

    private static Freshness at(Leases leases, int seconds) {
        return leases.of(WEST, seconds * SECOND).orElseThrow().freshness();
    }
}
