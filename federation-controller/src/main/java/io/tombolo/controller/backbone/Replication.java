package io.tombolo.controller.backbone;

import io.tombolo.model.setting.Setting;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;

/**
 * How many copies topics are made with.
 * @param factor    copies, 1 to 100; absent = the brokers' default
 * @param minInsync copies that must have a record before it is acknowledged, 1 to {@code factor}; absent = the brokers'
 *                  default
 */
public record Replication(Optional<Short> factor, Optional<Integer> minInsync) {
    /** As the brokers are configured. */
    public static final Replication BROKER_DEFAULT = new Replication(Optional.empty(), Optional.empty());

    public Replication {
        factor.ifPresent(f -> Setting.check(f >= 1 && f <= 100, "replication-factor", f, "1 to 100"));
        int most = factor.map(Short::intValue).orElse(100);
        minInsync.ifPresent(m -> Setting.check(m >= 1 && m <= most, "min-insync", m, "1 to " + most));
    }

    /** {@code topic}'s settings with this. */
    Map<String, String> applyTo(TopicPlan topic) {
        var settings = new TreeMap<>(topic.settings());
        minInsync.ifPresent(m -> settings.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, m.toString()));
        return settings;
    }
}
