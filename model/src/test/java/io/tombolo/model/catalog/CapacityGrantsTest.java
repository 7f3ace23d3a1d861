package io.tombolo.model.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.model.name.ClusterId;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CapacityGrantsTest {
    private static final ClusterId EAST = new ClusterId("east");
    private static final ClusterId WEST = new ClusterId("west");
    private static final ClusterId SOUTH = new ClusterId("south");
    private static final ClusterId NORTH = new ClusterId("north");
    private static final Set<ClusterId> ALL = Set.of(EAST, WEST, SOUTH, NORTH);

    private static long toWest(Map<ClusterId, Integer> grants, long capacity) {
        return new CapacityGrants(grants).of(capacity, WEST, EAST, ALL);
    }

    @Test
    void withoutGrantsAllOtherMembersShareEqually() {
        assertThat(toWest(Map.of(), 300)).isEqualTo(100);
        assertThat(CapacityGrants.NONE.of(300, WEST, EAST, Set.of(EAST, WEST))).isEqualTo(300);
    }

    @Test
    void whoIsNamedGetsItsPartAndTheOthersShareWhatIsLeft() {
        Map<ClusterId, Integer> grants = Map.of(SOUTH, 60);
        assertThat(toWest(grants, 1_000)).isEqualTo(200);
        assertThat(new CapacityGrants(grants).of(1_000, SOUTH, EAST, ALL)).isEqualTo(600);
    }

    @Test
    void grantsMayAddUpToMoreThanThereIsAndThenNothingIsLeftForWhoIsNotNamed() {
        Map<ClusterId, Integer> grants = Map.of(SOUTH, 80, NORTH, 70);
        assertThat(toWest(grants, 1_000)).isZero();
        assertThat(new CapacityGrants(grants).of(1_000, NORTH, EAST, ALL)).isEqualTo(700);
        assertThat(new CapacityGrants(grants).sum(EAST)).isEqualTo(150);
    }

    @Test
    void theExportersOwnWorkloadsPlanWithAllOfItAndAGrantToItselfMeansNothing() {
        var grants = new CapacityGrants(Map.of(EAST, 90));
        assertThat(grants.of(300, EAST, EAST, ALL)).isEqualTo(300);
        assertThat(grants.of(300, WEST, EAST, ALL)).isEqualTo(100);
        assertThat(grants.sum(EAST)).isZero();
    }

    @Test
    void aGrantToWhoIsNoMemberStaysReserved() {
        assertThat(toWest(Map.of(new ClusterId("gone"), 40), 1_000)).isEqualTo(200);
    }

    @Test
    void anImporterThatIsNotAmongTheMembersYetCountsAsOne() {
        assertThat(CapacityGrants.NONE.of(300, WEST, EAST, Set.of(EAST, SOUTH))).isEqualTo(150);
    }

    @Test
    void roundingShutsNobodyOut() {
        assertThat(toWest(Map.of(), 1)).isEqualTo(1);
        assertThat(toWest(Map.of(WEST, 1), 5)).isEqualTo(1);
        assertThat(toWest(Map.of(), 0)).isZero();
    }

    @Test
    void whatIsOutOfRangeIsRefused() {
        assertThatThrownBy(() -> new CapacityGrants(Map.of(WEST, 0))).hasMessageContaining("west = 0");
        assertThatThrownBy(() -> new CapacityGrants(Map.of(WEST, 101))).hasMessageContaining("west = 101");
        Map<ClusterId, Integer> many =
                IntStream.range(0, 65).boxed().collect(Collectors.toMap(i -> new ClusterId("c" + i), _ -> 1));
        assertThatThrownBy(() -> new CapacityGrants(many)).hasMessageContaining("capacity.grants = 65");
    }

    @Test
    void nobodyGetsMoreThanThereIsAndNotNamedOnesTogetherNotMoreThanIsLeft() {
        var random = new Random(20_261_126);
        for (int round = 0; round < 2_000; round++) {
            Set<ClusterId> members = IntStream.rangeClosed(0, 1 + random.nextInt(20))
                    .mapToObj(i -> new ClusterId("c" + i))
                    .collect(Collectors.toSet());
            var exporter = new ClusterId("c0");
            var grants = new CapacityGrants(members.stream()
                    .filter(_ -> random.nextInt(3) == 0)
                    .collect(Collectors.toMap(member -> member, _ -> 1 + random.nextInt(100))));
            long capacity = random.nextBoolean() ? random.nextLong(Long.MAX_VALUE) : random.nextLong(1_000);
            double unnamed = 0;
            for (ClusterId member : members) {
                long granted = grants.of(capacity, member, exporter, members);
                assertThat(granted).isBetween(0L, capacity);
                boolean counts = !member.equals(exporter) && !grants.percents().containsKey(member);
                unnamed += counts ? granted : 0;
            }
            double left = Math.max(0, 100 - grants.sum(exporter)) / 100.0 * capacity;
            assertThat(unnamed).isLessThanOrEqualTo(left * (1 + 1e-9) + members.size());
        }
    }
}
