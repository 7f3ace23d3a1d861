package io.tombolo.dataplane.drain;

import io.tombolo.model.setting.Setting;
import java.time.Duration;

/**
 * How long going away takes.
 * @param announceAfter how long it is only not ready any more, before peers are told: the time that a load balancer takes to
 *     lead new connections elsewhere; 0 to deadline
 * @param acceptFor how long connections still come in after the word is out: 2 probe intervals and the time that a change
 *     takes to reach callers; 0 to what is left until deadline
 * @param deadline  from the beginning until everything left is closed; 0 to 1 h
 */
public record DrainSettings(Duration announceAfter, Duration acceptFor, Duration deadline) {
    public static final DrainSettings DEFAULT =
            new DrainSettings(Duration.ZERO, Duration.ofSeconds(3), Duration.ofSeconds(30));

    public DrainSettings {
        boolean deadlineInRange = !deadline.isNegative() && deadline.compareTo(Duration.ofHours(1)) <= 0;
        Setting.check(deadlineInRange, "drain.deadline", deadline, "0 to 1h");
        boolean announceInRange = !announceAfter.isNegative() && announceAfter.compareTo(deadline) <= 0;
        Setting.check(announceInRange, "drain.announce-after", announceAfter, "0 to drain.deadline, " + deadline);
        boolean acceptInRange = !acceptFor.isNegative() && acceptFor.compareTo(deadline.minus(announceAfter)) <= 0;
        Setting.check(
                acceptInRange,
                "drain.accept-for",
                acceptFor,
                "0 to drain.deadline less drain.announce-after, " + deadline.minus(announceAfter));
    }

    /** Without a load balancer that has to notice first. */
    public DrainSettings(Duration acceptFor, Duration deadline) {
        this(Duration.ZERO, acceptFor, deadline);
    }
}
