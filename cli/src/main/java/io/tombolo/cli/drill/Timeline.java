package io.tombolo.cli.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * When what happened, from what was seen. Pure: moments are handed in, in the order of time. A moment is as exact as the distance
 * between two looks.
 */
final class Timeline {
    /** So much of what it answered before is its part again: counts are noisy. */
    private static final double NEARLY = 0.8;

    private static final long WINDOW_NANOS = 3_000_000_000L;
    private static final long LEAST_NANOS = 2_000_000_000L;

    private final String cluster;
    private final Look before;
    private final double shareBefore;
    private final List<Seen> seen = new ArrayList<>();
    private OptionalLong began = OptionalLong.empty();
    private OptionalLong told = OptionalLong.empty();
    private OptionalLong ended = OptionalLong.empty();
    private OptionalLong detected = OptionalLong.empty();
    private OptionalLong decided = OptionalLong.empty();
    private OptionalLong lastAnswered = OptionalLong.empty();
    private OptionalLong lastFailed = OptionalLong.empty();
    private OptionalLong firstAgain = OptionalLong.empty();
    private OptionalLong back = OptionalLong.empty();

    /**
     * Of the death of {@code cluster}.
     * @param before      what the controller knew while all was well
     * @param shareBefore of the watched calls that the cluster answered then; 0 if nobody tells
     */
    Timeline(String cluster, Look before, double shareBefore) {
        this.cluster = cluster;
        this.before = before.moving();
        this.shareBefore = shareBefore;
    }

    /** The outage begins. */
    void begins(long atNanos) {
        began = OptionalLong.of(atNanos);
    }

    /** Whoever decides knows of it, because it was told. */
    void isTold(long atNanos) {
        told = OptionalLong.of(atNanos);
    }

    /** The outage is over. */
    void ends(long atNanos) {
        ended = OptionalLong.of(atNanos);
    }

    void saw(Seen now) {
        if (!seen.isEmpty() && began.isPresent()) {
            Calls last = seen.getLast().calls();
            boolean answered = now.calls().of(cluster) > last.of(cluster);
            if (now.calls().failed() > last.failed()) {
                lastFailed = OptionalLong.of(now.atNanos());
            }
            if (answered && ended.isEmpty()) {
                lastAnswered = OptionalLong.of(now.atNanos());
            }
            if (answered && ended.isPresent() && firstAgain.isEmpty()) {
                firstAgain = OptionalLong.of(now.atNanos());
            }
        }
        seen.addLast(now);
        if (ended.isPresent() && back.isEmpty() && shareBefore > 0 && share(now) >= NEARLY * shareBefore) {
            back = OptionalLong.of(now.atNanos());
        }
    }

    /** What the cluster answered of the last calls; those from before the end do not count. */
    private double share(Seen now) {
        Seen from = now;
        for (Seen each : seen.reversed()) {
            if (now.atNanos() - each.atNanos() > WINDOW_NANOS || each.atNanos() < ended.orElse(0)) {
                break;
            }
            from = each;
        }
        boolean enough = now.atNanos() - from.atNanos() >= LEAST_NANOS;
        return enough ? now.calls().share(cluster, from.calls()) : 0;
    }

    void saw(Look now) {
        if (began.isEmpty() || before.parts().isEmpty()) {
            return;
        }
        if (ended.isEmpty() && detected.isEmpty() && now.notices(before)) {
            detected = OptionalLong.of(now.atNanos());
        }
        if (ended.isEmpty() && decided.isEmpty() && now.leftAlone(before)) {
            decided = OptionalLong.of(now.atNanos());
        }
        boolean returned = ended.isPresent() && now.isBack(before);
        if (returned && back.isEmpty() && shareBefore == 0 && decided.isPresent()) {
            back = OptionalLong.of(now.atNanos());
        }
    }

    boolean isBack() {
        return back.isPresent();
    }

    OptionalLong detection() {
        return after(told.isPresent() ? told : detected);
    }

    OptionalLong decision() {
        return after(decided);
    }

    /** The last call that the cluster answered; at once if it answered none, and empty if nobody tells who answers. */
    OptionalLong propagation() {
        return shareBefore == 0 ? OptionalLong.empty() : after(lastAnswered.isPresent() ? lastAnswered : began);
    }

    OptionalLong lastFailure() {
        return after(lastFailed);
    }

    OptionalLong end() {
        return after(ended);
    }

    OptionalLong firstAnswerAgain() {
        return after(firstAgain);
    }

    OptionalLong fullReturn() {
        return after(back);
    }

    /** Calls that ended since the outage began. */
    Calls sinceBegin() {
        if (seen.isEmpty() || began.isEmpty()) {
            return Calls.NONE;
        }
        Calls first = seen.stream()
                .filter(each -> each.atNanos() <= began.getAsLong())
                .reduce((_, later) -> later)
                .orElse(seen.getFirst())
                .calls();
        Calls last = seen.getLast().calls();
        return new Calls(last.ended() - first.ended(), last.failed() - first.failed(), java.util.Map.of());
    }

    private OptionalLong after(OptionalLong moment) {
        return moment.isPresent() && began.isPresent()
                ? OptionalLong.of(Math.max(0, moment.getAsLong() - began.getAsLong()))
                : OptionalLong.empty();
    }
}
