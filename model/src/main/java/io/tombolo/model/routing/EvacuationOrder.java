package io.tombolo.model.routing;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.setting.Setting;
import java.time.Duration;
import java.time.Instant;

/**
 * An operator's word that traffic is to leave a cluster. It needs nothing of that cluster.
 * @param percent of what the cluster would get; 1 to 100
 * @param over    how long it takes, evenly; 0 s to 1 h
 * @param since   when it was said, by the clock of who said it
 */
public record EvacuationOrder(ClusterId cluster, int percent, Duration over, Instant since) {
    private static final double ALL = 100;
    private static final Duration LONGEST = Duration.ofHours(1);

    public EvacuationOrder {
        Setting.check(percent >= 1 && percent <= ALL, "percent", percent, "1 to 100");
        Setting.check(!over.isNegative() && over.compareTo(LONGEST) <= 0, "over", over, "0s to 1h");
    }

    /** How much of its traffic is kept away at {@code now}, 0.0 to 1.0. */
    public double part(Instant now) {
        double wanted = percent / ALL;
        if (over.isZero() || !now.isBefore(since.plus(over))) {
            return wanted;
        }
        double passed = Math.max(0, Duration.between(since, now).toMillis());
        return wanted * passed / over.toMillis();
    }
}
