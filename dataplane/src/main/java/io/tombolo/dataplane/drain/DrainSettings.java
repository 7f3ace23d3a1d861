package io.tombolo.dataplane.drain;

import io.tombolo.model.setting.Setting;
import java.time.Duration;

/**
 * How long going away takes.
 * @param acceptFor how long connections still come in after the word is out: 2 probe intervals and the time that a change
 *     takes to reach callers; 0 to deadline
 * @param deadline  from the beginning until everything left is closed; 0 to 1 h
 */
public record DrainSettings(Duration acceptFor, Duration deadline) {
    public static final DrainSettings DEFAULT = new DrainSettings(Duration.ofSeconds(3), Duration.ofSeconds(30));

    public DrainSettings {
        boolean deadlineInRange = !deadline.isNegative() && deadline.compareTo(Duration.ofHours(1)) <= 0;
        Setting.check(deadlineInRange, "drain.deadline", deadline, "0 to 1h");
        boolean acceptInRange = !acceptFor.isNegative() && acceptFor.compareTo(deadline) <= 0;
        Setting.check(acceptInRange, "drain.accept-for", acceptFor, "0 to drain.deadline, " + deadline);
    }
}
