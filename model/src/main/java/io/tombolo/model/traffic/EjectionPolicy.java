package io.tombolo.model.traffic;

import io.tombolo.model.setting.Setting;
import java.time.Duration;

/**
 * When an endpoint gets no requests for a while because of what it did.
 * @param ejectAfter failures in a row that are the application's or its sidecar's doing; 1 to 1000
 * @param ejectFor   the first ejection; doubles with each further one; 100 ms to 1 h
 * @param longest    no ejection is longer; ejectFor to 24 h
 * @param maxShare   share of a service port's endpoints ejected at once, 0.0 (never) to 1.0; one is always left
 */
public record EjectionPolicy(int ejectAfter, Duration ejectFor, Duration longest, double maxShare) {
    /** 5 in a row, 10 s to 5 min, at most half. */
    public static final EjectionPolicy DEFAULT =
            new EjectionPolicy(5, Duration.ofSeconds(10), Duration.ofMinutes(5), 0.5);

    public EjectionPolicy {
        Setting.check(
                ejectAfter >= 1 && ejectAfter <= 1_000,
                "ejection.after",
                ejectAfter,
                "1 to 1000; to switch ejection off set ejection.max-share to 0");
        Setting.check(ejectFor.toMillis() >= 100 && ejectFor.toHours() <= 1, "ejection.base", ejectFor, "100ms to 1h");
        Setting.check(
                longest.compareTo(ejectFor) >= 0 && longest.toHours() <= 24,
                "ejection.longest",
                longest,
                ejectFor + " to 24h");
        Setting.check(maxShare >= 0 && maxShare <= 1, "ejection.max-share", maxShare, "0.0 to 1.0");
    }
}
