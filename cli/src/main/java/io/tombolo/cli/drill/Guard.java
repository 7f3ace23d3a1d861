package io.tombolo.cli.drill;

import io.tombolo.model.setting.Setting;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Ends a drill that hurts. One failed call alone never does: with few calls it would be a large share.
 */
final class Guard {
    private static final int FEWEST_FAILED = 2;

    private final double mostPercent;
    private final Duration window;
    private final Deque<Seen> recent = new ArrayDeque<>();

    /**
     * Looks back for {@code window}.
     * @param mostPercent of the calls that may fail; 0 to 100
     */
    Guard(double mostPercent, Duration window) {
        Setting.check(mostPercent >= 0 && mostPercent <= 100, "--stop-at", mostPercent, "0 to 100, in percent");
        Setting.check(
                window.compareTo(Duration.ofSeconds(1)) >= 0 && window.compareTo(Duration.ofMinutes(5)) <= 0,
                "--over",
                window,
                "1s to 5m");
        this.mostPercent = mostPercent;
        this.window = window;
    }

    /** Takes a count, which is not older than the one before, and says whether too many calls failed. */
    boolean trips(Seen now) {
        recent.addLast(now);
        // The newest that is too old stays: what came after it is what the window shows.
        while (recent.size() > 2 && isOld(second(), now)) {
            recent.removeFirst();
        }
        return failed() >= FEWEST_FAILED && percent() > mostPercent;
    }

    private boolean isOld(Seen seen, Seen now) {
        return now.atNanos() - seen.atNanos() >= window.toNanos();
    }

    private Seen second() {
        return recent.stream().skip(1).findFirst().orElseThrow();
    }

    /** Failed calls that the window shows. */
    long failed() {
        return recent.isEmpty()
                ? 0
                : recent.getLast().calls().failed() - recent.getFirst().calls().failed();
    }

    /** All calls that the window shows. */
    long ended() {
        return recent.isEmpty()
                ? 0
                : recent.getLast().calls().ended() - recent.getFirst().calls().ended();
    }

    /** Failed ones of all that the window shows. */
    double percent() {
        return ended() == 0 ? 0 : 100.0 * failed() / ended();
    }

    String said() {
        return String.format(
                java.util.Locale.ROOT,
                "%d of %d calls failed within %d s (%.1f %%; --stop-at %s)",
                failed(),
                ended(),
                window.toSeconds(),
                percent(),
                java.math.BigDecimal.valueOf(mostPercent).stripTrailingZeros().toPlainString());
    }
}
