package io.tombolo.model.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Who shares with whom, and who comes before whom. */
final class Ranks {
    private Ranks() {}

    /** Indexes of {@code all} that may get traffic: known before unknown, settled before held, then by tier and preference. */
    static int[][] of(FailoverPolicy policy, List<Candidate> all) {
        Comparator<Integer> better = Comparator.comparing(
                        (Integer i) -> all.get(i).standing())
                .thenComparing(i -> all.get(i).held())
                .thenComparing(i -> all.get(i).tier())
                .thenComparing(i -> all.get(i).spare(policy))
                .thenComparing(i -> !all.get(i).preferred(policy));
        Integer[] admitted = IntStream.range(0, all.size())
                .filter(i -> all.get(i).standing().admitted())
                .boxed()
                .sorted(better)
                .toArray(Integer[]::new);
        var ranks = new ArrayList<int[]>();
        int from = 0;
        for (int i = 1; i <= admitted.length; i++) {
            if (i == admitted.length || better.compare(admitted[from], admitted[i]) != 0) {
                ranks.add(Arrays.stream(admitted, from, i).mapToInt(x -> x).toArray());
                from = i;
            }
        }
        return ranks.toArray(int[][]::new);
    }
}
