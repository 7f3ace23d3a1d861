package io.tombolo.benchmarks.figure;

import java.util.Arrays;
import java.util.Collection;

/** Measured values, sorted. At least one. */
public final class Samples {
    private final double[] sorted;

    private Samples(double[] sorted) {
        this.sorted = sorted;
    }

    /**
     * The values in any order.
     * @throws IllegalArgumentException if there are none: nothing was measured
     */
    public static Samples of(Collection<? extends Number> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        double[] sorted = values.stream().mapToDouble(Number::doubleValue).toArray();
        Arrays.sort(sorted);
        return new Samples(sorted);
    }

    /**
     * The smallest value that {@code percent} of all values do not exceed (nearest rank).
     * @param percent above 0, up to 100
     */
    public double percentile(double percent) {
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.clamp(rank, 1, sorted.length) - 1];
    }

    /** The middle value; between two of them their mean. */
    public double median() {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public double least() {
        return sorted[0];
    }

    public double most() {
        return sorted[sorted.length - 1];
    }

    public int count() {
        return sorted.length;
    }
}
