package io.tombolo.cli.traffic;

import io.tombolo.cli.traffic.Sample.Counts;
import io.tombolo.cli.traffic.Sample.Way;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * How one way went for a while.
 * @param success   share that nobody but the client is to blame for, 0 to 1
 * @param p50Millis half of all took at most that, to the exactness of the buckets; infinite = more than the last
 * @param mostBlame whose doing most failures were; empty = there were none
 */
record Rate(Way way, double perSecond, double success, double p50Millis, double p99Millis, String mostBlame) {
    static Rate of(Way way, Counts counts, double seconds) {
        double failed = counts.byBlame.entrySet().stream()
                .filter(one -> isFailure(one.getKey()))
                .mapToDouble(Map.Entry::getValue)
                .sum();
        String worst = counts.byBlame.entrySet().stream()
                .filter(one -> isFailure(one.getKey()) && one.getValue() > 0)
                .max(Comparator.comparingDouble(Map.Entry::getValue))
                .map(Map.Entry::getKey)
                .orElse("");
        return new Rate(
                way,
                counts.total() / seconds,
                1 - failed / counts.total(),
                millis(counts.upTo, 0.5),
                millis(counts.upTo, 0.99),
                worst);
    }

    private static boolean isFailure(String blame) {
        return !blame.equals("none") && !blame.equals("CLIENT");
    }

    /** Inside a bucket durations are taken to lie evenly. */
    static double millis(Map<Double, Double> upTo, double share) {
        var sorted = new TreeMap<>(upTo);
        double wanted = share * (sorted.isEmpty() ? 0 : sorted.lastEntry().getValue());
        double below = 0;
        double from = 0;
        for (Map.Entry<Double, Double> bucket : sorted.entrySet()) {
            double inside = bucket.getValue() - below;
            if (bucket.getValue() >= wanted && inside > 0) {
                return 1e3 * (from + (bucket.getKey() - from) * (wanted - below) / inside);
            }
            below = bucket.getValue();
            from = bucket.getKey();
        }
        return 0;
    }
}
