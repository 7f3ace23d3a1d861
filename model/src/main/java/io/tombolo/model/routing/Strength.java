package io.tombolo.model.routing;

import io.tombolo.model.setting.Setting;
import java.util.OptionalInt;

/**
 * What a cluster can do for one service port.
 * @param ready    instances that are ready and not ejected; empty = unknown, which is not zero
 * @param total    instances that should be; not less than {@code ready}; empty = unknown
 * @param capacity requests per second that the cluster says it can take in all; 0 = not said
 * @param granted  how many of them the decider's cluster may plan with; 0 when {@code capacity} is
 * @param draining instances that are well and take nothing new, because somebody wants it so; 0 or more
 */
public record Strength(OptionalInt ready, OptionalInt total, long capacity, long granted, int draining) {
    /** Nothing known. */
    public static final Strength UNKNOWN = new Strength(OptionalInt.empty(), OptionalInt.empty(), 0, 0);

    public Strength {
        Setting.check(ready.orElse(0) >= 0, "ready", ready, "0 or more");
        Setting.check(total.orElse(Integer.MAX_VALUE) >= ready.orElse(0), "total", total, "at least those ready");
        Setting.check(capacity >= 0, "capacity", capacity, "0 or more");
        Setting.check(draining >= 0, "draining", draining, "0 or more");
        Setting.check(granted >= 0 && granted <= capacity, "granted", granted, "0 to the capacity");
    }

    /** With no instance that is going away. */
    public Strength(OptionalInt ready, OptionalInt total, long capacity, long granted) {
        this(ready, total, capacity, granted, 0);
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

    /** Whether there would be {@code least} ready instances, and nobody were missing, if none had to go away. */
    boolean drained(int least) {
        int well = ready.orElse(0) + draining;
        return draining > 0 && total.isPresent() && well >= total.getAsInt() && well >= least;
    }

    /** Instances that count, for dividing among clusters that do not all say their capacity. */
    int instances() {
        return Math.max(1, ready.orElse(1));
    }
}
