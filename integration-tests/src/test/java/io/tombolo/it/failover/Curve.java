package io.tombolo.it.failover;

import io.tombolo.it.actors.Load;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a load of a fixed rate met around one moment. Seconds are counted from that moment, by when a request was due, so that
 * what was late is seen where it began to be.
 * @param atNanos when the fault began
 */
record Curve(List<Load.Answer> answers, long atNanos) {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    static Curve of(Load.Report report, long atNanos) {
        return new Curve(
                report.answers().stream()
                        .sorted(Comparator.comparingLong(Load.Answer::dueNanos))
                        .toList(),
                atNanos);
    }

    /** Requests that failed, one line each. */
    List<String> failed() {
        return answers.stream()
                .map(Load.Answer::why)
                .filter(why -> !why.isEmpty())
                .toList();
    }

    /** What {@code cluster} answered of all that was due from one second to another, 0.0 to 1.0. */
    double share(String cluster, int fromSecond, int toSecond) {
        List<Load.Answer> due = answers.stream()
                .filter(answer -> second(answer) >= fromSecond && second(answer) < toSecond)
                .toList();
        return due.isEmpty() ? 0 : due.stream().filter(by(cluster)).count() / (double) due.size();
    }

    /** What {@code cluster} answered of all that was answered before the fault, 0.0 to 1.0. */
    double shareBefore(String cluster) {
        List<Load.Answer> before = answers.stream()
                .filter(answer -> answer.dueNanos() + answer.nanos() < atNanos)
                .toList();
        return before.isEmpty() ? 0 : before.stream().filter(by(cluster)).count() / (double) before.size();
    }

    /** What the machine itself kept a request waiting: the slowest of those that were answered before the fault. */
    Duration slowestBefore() {
        return answers.stream()
                .filter(answer -> answer.dueNanos() + answer.nanos() < atNanos)
                .map(answer -> Duration.ofNanos(answer.nanos()))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** From the fault until the first answer of {@code cluster} to what was due after it, or was waiting then. */
    Duration timeToMove(String cluster) {
        return answers.stream()
                .filter(by(cluster))
                .mapToLong(answer -> answer.dueNanos() + answer.nanos() - atNanos)
                .filter(ended -> ended >= 0)
                .mapToObj(Duration::ofNanos)
                .min(Comparator.naturalOrder())
                .orElse(Duration.ofDays(1));
    }

    /** From the fault until the last request was due that {@code cluster} did not answer, or not within {@code patience}. */
    Duration timeToSettle(String cluster, Duration patience) {
        return answers.stream()
                .filter(by(cluster).negate().or(answer -> answer.nanos() > patience.toNanos()))
                .mapToLong(answer -> answer.dueNanos() - atNanos)
                .filter(due -> due >= 0)
                .mapToObj(Duration::ofNanos)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** What a request in the middle took of those due from one second to another. */
    Duration median(int fromSecond, int toSecond) {
        long[] sorted = answers.stream()
                .filter(answer -> second(answer) >= fromSecond && second(answer) < toSecond)
                .mapToLong(Load.Answer::nanos)
                .sorted()
                .toArray();
        return sorted.length == 0 ? Duration.ZERO : Duration.ofNanos(sorted[sorted.length / 2]);
    }

    private static Predicate<Load.Answer> by(String cluster) {
        return answer -> answer.by().startsWith(cluster + " ");
    }

    private long second(Load.Answer answer) {
        return Math.floorDiv(answer.dueNanos() - atNanos, SECOND);
    }

    /** A line for each second: who answered how many, how many failed, the median and the slowest. */
    String table(String title) {
        var seconds = new TreeMap<Long, List<Load.Answer>>();
        answers.forEach(answer -> seconds.computeIfAbsent(second(answer), s -> new java.util.ArrayList<>())
                .add(answer));
        var text = new StringBuilder(
                "curve of " + title + ": " + answers.size() + " requests, " + failed().size() + " failed\n");
        seconds.forEach((second, due) -> text.append(String.format("%4d s ", second))
                .append(clusters(due))
                .append(String.format(
                        "  failed %d  median %d ms  slowest %d ms%n",
                        due.stream().filter(answer -> !answer.why().isEmpty()).count(),
                        median(second.intValue(), second.intValue() + 1).toMillis(),
                        due.stream().mapToLong(Load.Answer::nanos).max().orElse(0) / 1_000_000)));
        return text.toString();
    }

    private static String clusters(List<Load.Answer> due) {
        var count = new TreeMap<String, Integer>();
        due.stream()
                .filter(answer -> answer.why().isEmpty())
                .forEach(answer -> count.merge(answer.by().split(" ")[0], 1, Integer::sum));
        return count.toString();
    }
}
