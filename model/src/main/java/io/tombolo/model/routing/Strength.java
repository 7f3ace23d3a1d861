package io.tombolo.model.routing;

import io.tombolo.model.setting.Setting;
import java.util.OptionalInt;

/**
 * What a cluster can do for one service port.
 * @param ready    instances that are ready and not ejected; empty = unknown, which is not zero
 * @param total    instances that should be; not less than {@code ready}; empty = unknown
 * @param capacity requests per second that the cluster says it can take in all; 0 = not said
 * @param granted  how many of them the decider's cluster may plan with; 0 when {@code capacity} is
 */
public record Strength(OptionalInt ready, OptionalInt total, long capacity, long granted) {
    /** Nothing known. */
    public static final Strength UNKNOWN = new Strength(OptionalInt.empty(), OptionalInt.empty(), 0, 0);

    public Strength {
        Setting.check(ready.orElse(0) >= 0, "ready", ready, "0 or more");
        Setting.check(total.orElse(Integer.MAX_VALUE) >= ready.orElse(0), "total", total, "at least those ready");
        Setting.check(capacity >= 0, "capacity", capacity, "0 or more");
        Setting.check(granted >= 0 && granted <= capacity, "granted", granted, "0 to the capacity");
    }

    /** Of {@code ready} out of as many, with nothing said of capacity. */
    public static Strength of(int ready) {
        return new Strength(OptionalInt.of(ready), OptionalInt.of(ready), 0, 0);
    }

    /** 0.0 to 1.0 of the instances are ready; 1.0 if that is not known. */
    double health() {
        boolean known = ready.isPresent() && total.orElse(0) > 0;
        return known ? ready.getAsInt() / (double) total.getAsInt() : 1;
    }

    /** Instances that count, for dividing among clusters that do not all say their capacity. */
    int instances() {
        return Math.max(1, ready.orElse(1));
    }
}
