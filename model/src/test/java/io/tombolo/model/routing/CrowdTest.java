package io.tombolo.model.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.catalog.Freshness;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.name.ClusterId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Many clusters that lose the instances of a whole region at once, and get them back: each has a controller that decides every
 * second by what it heard a while ago, and sidecars that hear of its shares later still, each with holds of its own, by a clock
 * that no machine changes, so that every run is the same one.
 */
class CrowdTest {
    private static final boolean DEEP = Boolean.getBoolean("tombolo.deep");
    private static final int CLUSTERS = DEEP ? 500 : 60;
    private static final int SIDECARS = Integer.getInteger("tombolo.crowd.sidecars", DEEP ? 200 : 10);
    private static final int REGIONS = 5;
    private static final long CAPACITY = 1_000;
    private static final double DEMAND = 600;
    private static final int LIE = 10;
    private static final int LOST_AT = 5;
    private static final int BACK_AT = 25;
    private static final int END = 90;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Random random = new Random(20_261_126);
    private final List<Cluster> clusters =
            IntStream.range(0, CLUSTERS).mapToObj(Cluster::new).toList();
    private final Map<ClusterId, Integer> numbers =
            clusters.stream().collect(Collectors.toMap(cluster -> cluster.id, cluster -> cluster.number));
    private boolean liars;

    @Test
    void aLostRegionIsTakenOverWithoutOverloadAndWithoutSwinging() {
        run();
    }

    @Test
    void soItIsWhenEveryTenthClusterClaimsTenTimesWhatItCanTake() {
        liars = true;
        run();
    }

    private void run() {
        double[][] loads = new double[END][CLUSTERS];
        // None of them looks at another one's decision, so one after the other: all at once would be gigabytes.
        clusters.parallelStream().map(Cluster::run).forEachOrdered(caused -> {
            for (int second = 0; second < END; second++) {
                for (int i = 0; i < CLUSTERS; i++) {
                    loads[second][i] += caused[second][i];
                }
            }
        });
        for (int second = 0; second < END; second++) {
            for (int i = 0; i < CLUSTERS; i++) {
                boolean lost = clusters.get(i).isLost(second);
                if (!lost) {
                    assertThat(loads[second][i])
                            .as("requests to cluster %d in second %d", i, second)
                            .isLessThanOrEqualTo(CAPACITY * 1.02);
                } else if (second > LOST_AT + 3) {
                    assertThat(loads[second][i]).isZero();
                }
            }
        }
        for (int i = 0; i < CLUSTERS; i++) {
            assertThat(turns(loads, i)).as("turns of cluster %d's load", i).isLessThanOrEqualTo(2);
        }
        double[] last = loads[END - 1];
        assertThat(Arrays.stream(last)).allMatch(load -> Math.abs(load - DEMAND) < 1);
    }

    /** How often a load that went up goes down, or the other way round, by more than a fiftieth of the capacity. */
    private static int turns(double[][] loads, int cluster) {
        int turns = 0;
        int direction = 0;
        double mark = loads[0][cluster];
        for (int second = 1; second < END; second++) {
            double now = loads[second][cluster];
            int went = now > mark + CAPACITY / 50.0 ? 1 : now < mark - CAPACITY / 50.0 ? -1 : 0;
            if (went != 0) {
                turns += direction != 0 && went != direction ? 1 : 0;
                direction = went;
                mark = now;
            }
        }
        return turns;
    }

    /** One cluster: its callers ask for {@link #DEMAND} whatever becomes of its own instances. */
    private final class Cluster {
        private final int number;
        private final ClusterId id;
        private final double jitter = random.nextDouble();
        private final int hears = 1 + random.nextInt(2);
        private final List<Sidecar> sidecars =
                IntStream.range(0, SIDECARS).mapToObj(_ -> new Sidecar()).toList();
        private Optional<FailoverDecision> decision = Optional.empty();
        private Optional<Given> told = Optional.empty();

        Cluster(int number) {
            this.number = number;
            this.id = new ClusterId("c" + number);
        }

        int region() {
            return number % REGIONS;
        }

        boolean isLost(int second) {
            return region() == 0 && second >= LOST_AT && second < BACK_AT;
        }

        /** The load of each cluster that its callers cause, by second; the next run begins anew. */
        double[][] run() {
            double[][] load = new double[END][CLUSTERS];
            for (int second = 0; second < END; second++) {
                decide(second);
                addTo(load[second], second);
            }
            decision = Optional.empty();
            sidecars.forEach(Sidecar::forget);
            return load;
        }

        void decide(int second) {
            told = decision.map(Cluster::given);
            var situation = new Situation(targets(second), false, OptionalDouble.of(DEMAND), Optional.empty(), jitter);
            decision = Optional.of(Failover.decide(FailoverPolicy.DEFAULT, situation, decision, second * SECOND));
            for (Sidecar sidecar : sidecars) {
                sidecar.decide(situation, told, second);
            }
        }

        private List<Target> targets(int second) {
            var targets = new ArrayList<Target>(CLUSTERS);
            for (int i = 0; i < CLUSTERS; i++) {
                boolean local = i == number;
                boolean lost = clusters.get(i).isLost(Math.max(0, second - (local ? 0 : hears)));
                long claim = liars && i % 10 == 1 ? CAPACITY * LIE : CAPACITY;
                targets.add(new Target(
                        clusters.get(i).id,
                        new Place(local, false, i % REGIONS == region(), Map.of()),
                        local ? Access.LOCAL : new Access(true, Freshness.FRESH, PathHealth.State.UP, 1_000),
                        new Strength(
                                OptionalInt.of(lost ? 0 : 10),
                                OptionalInt.of(10),
                                claim,
                                local ? claim : claim / (CLUSTERS - 1)),
                        0));
            }
            return targets;
        }

        private static Given given(FailoverDecision decision) {
            Map<ClusterId, Double> shares = new HashMap<>();
            decision.shares().forEach(share -> shares.put(share.cluster(), share.share()));
            return new Given(shares, decision.shed());
        }

        /** Requests to the dead are not answered, and asked again elsewhere: they are nobody's load. */
        void addTo(double[] load, int second) {
            for (Sidecar sidecar : sidecars) {
                for (ClusterShare share : sidecar.decision.orElseThrow().shares()) {
                    int to = Objects.requireNonNull(numbers.get(share.cluster()));
                    if (!clusters.get(to).isLost(second)) {
                        load[to] += share.share() * DEMAND / SIDECARS;
                    } else if (second > LOST_AT + 3) {
                        load[to] += share.share();
                    }
                }
            }
        }
    }

    /** Decides for itself every second, at the latest two seconds behind its controller. */
    private final class Sidecar {
        private final int behind = random.nextInt(2);
        private final double jitter = random.nextDouble();
        private Optional<Given> older = Optional.empty();
        private Optional<FailoverDecision> decision = Optional.empty();

        void forget() {
            older = Optional.empty();
            decision = Optional.empty();
        }

        void decide(Situation known, Optional<Given> told, int second) {
            Optional<Given> heard = behind == 0 ? told : older;
            older = told;
            var situation = new Situation(known.targets(), false, known.demand(), heard, jitter);
            decision = Optional.of(Failover.decide(FailoverPolicy.DEFAULT, situation, decision, second * SECOND));
        }
    }
}
