package io.tombolo.controller.backbone;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one member may ask of each broker, however it got hold of its certificate: enough for a member that publishes its
 * whole catalog and reads everybody's at once, too little to starve the others. Above it Kafka makes the member wait. Set
 * when a member has no quota yet; an administrator may change it.
 */
final class MemberQuota {
    /** Bytes a second that it may write. */
    static final double PRODUCED_BYTES = 4 * 1_024 * 1_024;

    /** Bytes a second that it may read. */
    static final double CONSUMED_BYTES = 32 * 1_024 * 1_024;

    /** Share of one broker thread's time, in percent. */
    static final double REQUEST_PERCENT = 100;

    /** By Kafka's keys. */
    static final Map<String, Double> LIMITS = Map.of(
            "producer_byte_rate", PRODUCED_BYTES,
            "consumer_byte_rate", CONSUMED_BYTES,
            "request_percentage", REQUEST_PERCENT);

    private MemberQuota() {}

    /** As {@code kafka-configs.sh --add-config} takes it. */
    static String text() {
        return new TreeMap<>(LIMITS)
                .entrySet().stream()
                        .map(limit -> limit.getKey() + "=" + limit.getValue().longValue())
                        .collect(Collectors.joining(","));
    }
}
