package io.tombolo.model.routing;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Where all traffic should go if nothing had to move slowly: tier after tier, each as much as its health and its capacity
 * allow, then whoever has capacity left, then those that are being evacuated; what is left then is shed.
 */
final class Goal {
    private static final double NOTHING = 1e-12;
    private static final double ALL = 100;
    private static final double MOST_BELIEVED = 2;
    private static final int FEWEST_TO_COMPARE = 3;

    private final FailoverPolicy policy;
    private final List<Candidate> all;
    private final double[] room;
    private final double[] got;
    private double left = 1;

    private Goal(FailoverPolicy policy, List<Candidate> all, OptionalDouble demand) {
        this.policy = policy;
        this.all = all;
        this.got = new double[all.size()];
        this.room = new double[all.size()];
        for (int i = 0; i < room.length; i++) {
            room[i] = room(all.get(i).target().strength(), demand);
        }
    }

    /** Shares by index of {@code all}, and after them what is shed; all 0 if nobody is admitted. */
    static double[] of(FailoverPolicy policy, List<Candidate> all, OptionalDouble demand) {
        int[][] ranks = Ranks.of(policy, all);
        var goal = new Goal(policy, all, demand);
        if (ranks.length == 0) {
            return new double[all.size() + 1];
        }
        goal.byHealth(ranks);
        goal.byRoom(ranks, goal::limits);
        goal.byRoom(ranks, (rank, _, _) -> goal.room(rank));
        return goal.result();
    }

    private double room(Strength strength, OptionalDouble demand) {
        boolean limited =
                policy.capacity().limits() && strength.capacity() > 0 && demand.isPresent() && demand.getAsDouble() > 0;
        return limited ? strength.granted() / demand.getAsDouble() : Double.POSITIVE_INFINITY;
    }

    private void byHealth(int[][] ranks) {
        for (int[] rank : ranks) {
            Candidate first = all.get(rank[0]);
            boolean settled = !first.held() && first.standing().compareTo(Standing.SLOW) <= 0;
            if (settled && left > NOTHING) {
                double amount = Math.min(left, policy.health().takes(health(rank)));
                double[] weights = weights(rank);
                fill(rank, weights, amount, limits(rank, weights, amount));
            }
        }
    }

    /** What keeps members of a rank from taking their parts of an amount; by index of the rank. */
    private interface Limits {
        double[] of(int[] rank, double[] weights, double amount);
    }

    private void byRoom(int[][] ranks, Limits limits) {
        for (int[] rank : ranks) {
            if (left > NOTHING) {
                double[] weights = weights(rank);
                fill(rank, weights, left, limits.of(rank, weights, left));
            }
        }
    }

    private double[] room(int[] rank) {
        return Arrays.stream(rank).mapToDouble(i -> room[i]).toArray();
    }

    private void fill(int[] rank, double[] weights, double amount, double[] limits) {
        double[] filled = Filling.of(amount, weights, limits);
        for (int i = 0; i < rank.length; i++) {
            got[rank[i]] += filled[i];
            room[rank[i]] -= filled[i];
            left -= filled[i];
        }
    }

    /** What is granted, less what an operator keeps away of all that the rank gets. */
    private double[] limits(int[] rank, double[] weights, double amount) {
        double sum = Arrays.stream(weights).sum();
        double whole = amount + Arrays.stream(rank).mapToDouble(i -> got[i]).sum();
        double[] limits = room(rank);
        for (int i = 0; i < rank.length; i++) {
            double evacuated = all.get(rank[i]).target().evacuated();
            if (evacuated > 0 && sum > 0) {
                double allowed = whole * weights[i] / sum * (1 - evacuated) - got[rank[i]];
                limits[i] = Math.min(limits[i], Math.max(0, allowed));
            }
        }
        return limits;
    }

    /** As the tier says, else by what every member of the rank says it can take, else by ready instances. */
    private double[] weights(int[] rank) {
        Tier tier = policy.tiers().get(all.get(rank[0]).tier());
        if (!tier.weights().isEmpty() && !all.get(rank[0]).spare(policy)) {
            return Arrays.stream(rank)
                    .mapToDouble(
                            i -> tier.weights().getOrDefault(all.get(i).target().cluster(), 1))
                    .toArray();
        }
        boolean byCapacity =
                Arrays.stream(rank).allMatch(i -> all.get(i).target().strength().granted() > 0);
        double[] weights = Arrays.stream(rank)
                .mapToDouble(i -> weight(all.get(i).target().strength(), byCapacity))
                .toArray();
        return believed(rank, byCapacity && rank.length >= FEWEST_TO_COMPARE ? plausible(rank, weights) : weights);
    }

    /** Nobody's own claim makes it more than the policy allows. */
    private double[] believed(int[] rank, double[] claimed) {
        double[] most = Arrays.stream(rank)
                .mapToDouble(
                        i -> all.get(i).target().local() ? 1 : policy.capacity().maxShare() / ALL)
                .toArray();
        return Filling.of(1, claimed, most);
    }

    /**
     * Who says of each instance that it takes far more than others say of theirs is believed twice of what is usual, where at
     * least three say something: else whoever claims most gets most, true or not. What it grants beyond that it gets when the
     * others are full.
     */
    private double[] plausible(int[] rank, double[] claimed) {
        double[] each = new double[rank.length];
        for (int i = 0; i < rank.length; i++) {
            each[i] = claimed[i] / all.get(rank[i]).target().strength().instances();
        }
        double[] sorted = each.clone();
        Arrays.sort(sorted);
        double usual = sorted[(sorted.length - 1) / 2];
        double[] plausible = new double[rank.length];
        for (int i = 0; i < rank.length; i++) {
            plausible[i] = Math.min(1, MOST_BELIEVED * usual / each[i]) * claimed[i];
        }
        return plausible;
    }

    private static double weight(Strength strength, boolean byCapacity) {
        return byCapacity ? strength.granted() : strength.instances();
    }

    private double health(int[] rank) {
        double sum = 0;
        double instances = 0;
        for (int i : rank) {
            Strength strength = all.get(i).target().strength();
            int size = Math.max(1, strength.total().orElse(strength.instances()));
            sum += strength.health() * size;
            instances += size;
        }
        return sum / instances;
    }

    private double[] result() {
        double[] result = Arrays.copyOf(got, got.length + 1);
        result[got.length] = left > NOTHING ? left : 0;
        return result;
    }
}
