package io.tombolo.benchmarks.figure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the kernel says about one process. Linux only; blocks shortly. */
public final class ProcessFigures {
    /** USER_HZ: 100 on every Linux that runs the JVM; {@code getconf CLK_TCK} says the same. */
    private static final int TICKS_PER_SECOND = 100;

    private ProcessFigures() {}

    /** CPU time that a process and its threads used since it began, in µs; steps of 10,000. */
    public static long cpuMicros(long pid) {
        return ProcText.cpuTicks(read(pid, "stat").getFirst()) * (1_000_000 / TICKS_PER_SECOND);
    }

    /** Memory of a process, now. */
    public static Memory memory(long pid) {
        List<String> rollup = read(pid, "smaps_rollup");
        return new Memory(
                ProcText.kibibytes(rollup, "Rss"),
                ProcText.kibibytes(rollup, "Pss"),
                ProcText.kibibytes(rollup, "Private_Clean", "Private_Dirty"));
    }

    /**
     * Memory in KiB.
     * @param resident     in RAM, shared pages included
     * @param proportional shared pages divided by who shares them
     * @param unshared     this process' alone
     */
    public record Memory(long resident, long proportional, long unshared) {}

    private static List<String> read(long pid, String file) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException e) {
            throw new UncheckedIOException("process " + pid + " has ended, or this is not Linux", e);
        }
    }
}
