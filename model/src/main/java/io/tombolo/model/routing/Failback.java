package io.tombolo.model.routing;

import io.tombolo.model.setting.Setting;
import java.time.Duration;

/**
 * How traffic comes back.
 * @param hold how long a cluster that came back must stay usable before it gets traffic again; 0 s to 1 h. Up to a quarter
 *             longer, so that not everybody moves at once, and doubled up to eightfold for one that keeps failing
 * @param ramp how long moving everything back takes; 0 s to 1 h, but never faster than a fifth of all traffic in a second
 */
public record Failback(Duration hold, Duration ramp) {
    private static final Duration LONGEST = Duration.ofHours(1);

    /** Hold 10 s, ramp 30 s. */
    public static final Failback DEFAULT = new Failback(Duration.ofSeconds(10), Duration.ofSeconds(30));

    public Failback {
        Setting.check(inRange(hold), "failover.hold", hold, "0s to 1h");
        Setting.check(inRange(ramp), "failover.ramp", ramp, "0s to 1h");
    }

    private static boolean inRange(Duration duration) {
        return !duration.isNegative() && duration.compareTo(LONGEST) <= 0;
    }
}
