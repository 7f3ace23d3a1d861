package io.tombolo.model.routing;

import io.tombolo.model.setting.Setting;
import java.util.List;

/**
 * How the traffic for a service is divided over clusters, and moves between them.
 * @param tiers         in order of preference; 1 to 16. Who belongs to none gets nothing
 * @param retryElsewhere whether a second attempt avoids the cluster of the first while another one is admitted
 */
public record FailoverPolicy(
        List<Tier> tiers,
        Health health,
        Failback failback,
        CapacityRule capacity,
        Wishes wishes,
        boolean retryElsewhere) {
    /** Most tiers. */
    public static final int MAX_TIERS = 16;

    /** Local, same region, any; hold 10 s, ramp 30 s; expired clusters last. */
    public static final FailoverPolicy DEFAULT = of(List.of(Tier.LOCAL, Tier.SAME_REGION, Tier.ANY));

    public FailoverPolicy {
        tiers = List.copyOf(tiers);
        Setting.check(
                !tiers.isEmpty() && tiers.size() <= MAX_TIERS, "tiers", tiers.size(), "1 to " + MAX_TIERS + " tiers");
    }

    /** With the usual for everything else. */
    public static FailoverPolicy of(List<Tier> tiers) {
        return new FailoverPolicy(tiers, Health.DEFAULT, Failback.DEFAULT, CapacityRule.DEFAULT, Wishes.NONE, false);
    }

    /** The same with another way back. */
    public FailoverPolicy with(Failback other) {
        return new FailoverPolicy(tiers, health, other, capacity, wishes, retryElsewhere);
    }

    /** The same with another idea of health. */
    public FailoverPolicy with(Health other) {
        return new FailoverPolicy(tiers, other, failback, capacity, wishes, retryElsewhere);
    }

    /** The same with other demands on clusters. */
    public FailoverPolicy with(Wishes other) {
        return new FailoverPolicy(tiers, health, failback, capacity, other, retryElsewhere);
    }

    /** The same with another meaning of capacity. */
    public FailoverPolicy with(CapacityRule other) {
        return new FailoverPolicy(tiers, health, failback, other, wishes, retryElsewhere);
    }

    /** Place of the first tier that includes {@code target}; -1 if none does. */
    public int tierOf(Target target) {
        for (int i = 0; i < tiers.size(); i++) {
            if (tiers.get(i).includes(target)) {
                return i;
            }
        }
        return -1;
    }
}
