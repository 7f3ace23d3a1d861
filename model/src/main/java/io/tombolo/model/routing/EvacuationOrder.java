package io.tombolo.model.routing;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.setting.Setting;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An operator's word that traffic is to leave a cluster. It needs nothing of that cluster.
 * @param percent of what the cluster would get; 1 to 100
 * @param over    how long it takes, evenly; 0 s to 1 h
 * @param since   when it was said, by the clock of who said it
 * @param until   of a drill: the cluster counts as dead until then, by the clock of whoever goes by it; at most 1 h after
 *                {@code since}. Empty = an evacuation, which ends when it is taken back
 */
public record EvacuationOrder(ClusterId cluster, int percent, Duration over, Instant since, Optional<Instant> until) {
    private static final int ALL = 100;
    private static final Duration LONGEST = Duration.ofHours(1);

    public EvacuationOrder {
        Setting.check(percent >= 1 && percent <= ALL, "percent", percent, "1 to 100");
        Setting.check(!over.isNegative() && over.compareTo(LONGEST) <= 0, "over", over, "0s to 1h");
        until.ifPresent(end -> Setting.check(
                end.isAfter(since) && !end.isAfter(since.plus(LONGEST)),
                "for",
                Duration.between(since, end),
                "1s to 1h"));
    }

    /** An evacuation. */
    public EvacuationOrder(ClusterId cluster, int percent, Duration over, Instant since) {
        this(cluster, percent, over, since, Optional.empty());
    }

    /** A drill: a death for {@code time}, and its end, which nobody has to order. */
    public static EvacuationOrder drill(ClusterId cluster, Instant since, Duration time) {
        return new EvacuationOrder(cluster, ALL, Duration.ZERO, since, Optional.of(since.plus(time)));
    }

    /** Whether it is a drill. */
    public boolean drill() {
        return until.isPresent();
    }

    /** Whether its time is over; never of an evacuation. */
    public boolean over(Instant now) {
        return until.isPresent() && !now.isBefore(until.get());
    }

    /** How much of its traffic is kept away at {@code now}, 0.0 to 1.0. */
    public double part(Instant now) {
        double wanted = percent / (double) ALL;
        if (over(now)) {
            return 0;
        }
        if (over.isZero() || !now.isBefore(since.plus(over))) {
            return wanted;
        }
        double passed = Math.max(0, Duration.between(since, now).toMillis());
        return wanted * passed / over.toMillis();
    }
}
