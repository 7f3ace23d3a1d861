package io.tombolo.model.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Who shares with whom, and who comes before whom. */
final class Ranks {
    private static final int INDEX_BITS = 32;
    private static final long INDEX = (1L << INDEX_BITS) - 1;

    /** Tiers are fewer than so many. */
    private static final int TIERS = 32;

    private Ranks() {}

    /** Indexes of {@code all} that may get traffic: known before unknown, settled before held, then by tier and preference. */
    static int[][] of(FailoverPolicy policy, List<Candidate> all) {
        long[] admitted = new long[all.size()];
        int count = 0;
        for (int i = 0; i < admitted.length; i++) {
            Candidate candidate = all.get(i);
            if (candidate.standing().admitted()) {
                admitted[count++] = (long) place(candidate, policy) << INDEX_BITS | i;
            }
        }
        Arrays.sort(admitted, 0, count); // numbers, not a comparator: this is most of what a decision over many costs
        var ranks = new ArrayList<int[]>();
        int from = 0;
        for (int i = 1; i <= count; i++) {
            if (i == count || admitted[from] >> INDEX_BITS != admitted[i] >> INDEX_BITS) {
                ranks.add(Arrays.stream(admitted, from, i)
                        .mapToInt(x -> (int) (x & INDEX))
                        .toArray());
                from = i;
            }
        }
        return ranks.toArray(int[][]::new);
    }

    /** The smaller, the better; equal for those that share a rank. */
    private static int place(Candidate candidate, FailoverPolicy policy) {
        int place = candidate.standing().ordinal() * 2 + (candidate.held() ? 1 : 0);
        place = place * TIERS + candidate.tier();
        place = place * 2 + (candidate.spare(policy) ? 1 : 0);
        return place * 2 + (candidate.preferred(policy) ? 0 : 1);
    }
}
