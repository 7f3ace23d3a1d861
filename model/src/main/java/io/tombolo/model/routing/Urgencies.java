package io.tombolo.model.routing;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How what is asked for is made up of calls that can wait and calls that cannot, by urgency (RFC 9218 §4.1: 0 the most urgent, 7
 * the least).
 * @param permille eight numbers of 0 to 1000, for urgency 0 first; not all are 0
 */
public record Urgencies(List<Integer> permille) {
    /** How many there are. */
    public static final int COUNT = 8;

    /** Of a call that does not say. */
    public static final int USUAL = 3;

    /** Everything is as urgent as everything else. */
    public static final Urgencies ALL_USUAL = of(IntStream.range(0, COUNT)
            .mapToDouble(urgency -> urgency == USUAL ? 1 : 0)
            .toArray());

    private static final int WHOLE = 1_000;

    /** What differs by less is the same: it is measured. */
    private static final int CLEARLY = 30;

    public Urgencies {
        permille = List.copyOf(permille);
        boolean valid = permille.size() == COUNT
                && permille.stream().allMatch(part -> part >= 0 && part <= WHOLE)
                && Collections.max(permille) > 0;
        if (!valid) {
            throw new IllegalArgumentException(
                    permille + " are not " + COUNT + " numbers of 0 to 1000, one of them above");
        }
    }

    /** @param asked by urgency, in whatever unit; not all are 0 */
    public static Urgencies of(double... asked) {
        double sum = 0;
        for (double each : asked) {
            sum += each;
        }
        double whole = sum;
        return new Urgencies(IntStream.range(0, COUNT)
                .mapToObj(urgency -> (int) Math.round(asked[urgency] / whole * WHOLE))
                .toList());
    }

    /** Whether the difference may be noise. */
    public boolean isLike(Urgencies other) {
        return IntStream.range(0, COUNT)
                .allMatch(urgency -> Math.abs(permille.get(urgency) - other.permille.get(urgency)) < CLEARLY);
    }

    /** What is as urgent as {@code urgency}, 0.0 to 1.0. */
    double part(int urgency) {
        return permille.get(urgency)
                / (double) permille.stream().mapToInt(part -> part).sum();
    }
}
