package io.tombolo.dataplane.program;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what the configuration library finds in the words of this project, with the key that was probably meant. */
final class UnknownKey {
    private static final Pattern UNKNOWN = Pattern.compile("(?:SRCFG\\d+: )?(\\S+) in (.+) does not map to any root");

    /** Further apart, two keys have nothing to do with each other. */
    private static final int MAX_DISTANCE = 4;

    private UnknownKey() {}

    /** @param known every key that exists */
    static String explained(String problem, Collection<String> known) {
        Matcher unknown = UNKNOWN.matcher(problem);
        if (!unknown.matches()) {
            return problem.replaceAll("SRCFG\\d+: |java\\.lang\\.IllegalArgumentException: ", "")
                    .replace(" threw an Exception whilst being converted", ":");
        }
        String meant = nearest(unknown.group(1), known)
                .map(key -> "; did you mean " + key + "?")
                .orElse("");
        return unknown.group(1) + " (from " + ConfigOrigin.of(unknown.group(2)) + "): unknown key" + meant;
    }

    private static Optional<String> nearest(String key, Collection<String> known) {
        return known.stream()
                .filter(candidate -> distance(key, candidate) <= MAX_DISTANCE)
                .min(Comparator.comparingInt((String candidate) -> distance(key, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Levenshtein's. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
