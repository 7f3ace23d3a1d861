package io.tombolo.wire.expression;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How large a source could become once its counted repeats are written out, looked at before the engine does so. */
final class Repeats {
    /** More is not even compiled. */
    static final long MOST = 200_000;

    /** Possessive parts: it never goes back over a text that a stranger wrote. */
    private static final Pattern COUNTED = Pattern.compile("\\{([0-9]{1,6}+)(,([0-9]{0,6}+))?+\\}");

    private Repeats() {}

    /** An upper bound: as if every repeat were inside of every other one, and each around all of the source. */
    static long unfolded(String source) {
        long size = source.length();
        for (MatchResult repeat : COUNTED.matcher(source).results().toList()) {
            long times = Math.max(count(repeat.group(1)), count(repeat.group(3)));
            size *= Math.max(1, times);
            if (size > MOST) {
                return size;
            }
        }
        return size;
    }

    private static long count(@Nullable String digits) {
        return digits == null || digits.isEmpty() ? 0 : Long.parseLong(digits);
    }
}
