package io.tombolo.model.routing;

import io.tombolo.model.setting.Setting;

/**
 * When a cluster or a tier is not healthy enough for all of its traffic.
 * @param belowPercent a tier with fewer of its instances ready gives away traffic in proportion: at half of it, half; 0 (keeps
 *                     everything while one is ready) to 100
 * @param leastReady   a cluster with fewer ready instances counts as none; 1 to 1000
 * @param expired      what becomes of a cluster whose lease is over
 */
public record Health(int belowPercent, int leastReady, Expired expired) {
    private static final int ALL = 100;
    private static final int MOST = 1_000;

    /** Nothing given away, one instance is enough, expired ones last. */
    public static final Health DEFAULT = new Health(0, 1, Expired.DEMOTE);

    /** What becomes of a cluster whose lease is over. */
    public enum Expired {
        /** Tried when nothing else is left, if its path answers. */
        DEMOTE,
        /** Gets nothing. */
        DROP
    }

    public Health {
        Setting.check(belowPercent >= 0 && belowPercent <= ALL, "healthyBelow", belowPercent, "0 to 100");
        Setting.check(leastReady >= 1 && leastReady <= MOST, "minHealthy", leastReady, "1 to " + MOST);
    }

    /** How much of all traffic a tier takes that is healthy to {@code part}; both 0.0 to 1.0. */
    double takes(double part) {
        return belowPercent == 0 ? 1 : Math.min(1, part * ALL / belowPercent);
    }
}
