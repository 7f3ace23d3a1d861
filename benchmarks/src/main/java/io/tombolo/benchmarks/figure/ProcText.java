package io.tombolo.benchmarks.figure;

import java.util.List;

/** Reads the texts of {@code /proc/<pid>/…} (proc(5)). Pure. */
final class ProcText {
    private static final int UTIME_AFTER_NAME = 11;
    private static final int STIME_AFTER_NAME = 12;

    private ProcText() {}

    /**
     * User and system time together, of threads that ended too.
     * @param stat the line of {@code stat}; the name in it may hold spaces and brackets
     * @return in clock ticks
     */
    static long cpuTicks(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ");
        return Long.parseLong(fields[UTIME_AFTER_NAME]) + Long.parseLong(fields[STIME_AFTER_NAME]);
    }

    /**
     * Sums values of {@code smaps_rollup}.
     * @param names such as {@code Rss}
     * @return in KiB
     */
    static long kibibytes(List<String> rollup, String... names) {
        long sum = 0;
        for (String name : names) {
            sum += rollup.stream()
                    .filter(line -> line.startsWith(name + ":"))
                    .mapToLong(ProcText::value)
                    .sum();
        }
        return sum;
    }

    private static long value(String line) {
        return Long.parseLong(line.substring(line.indexOf(':') + 1).strip().split(" ")[0]);
    }
}
