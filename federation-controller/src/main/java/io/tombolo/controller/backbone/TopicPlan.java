package io.tombolo.controller.backbone;

import java.util.Map;
import java.util.TreeMap;

/**
 * One topic as it must be.
 * @param required what the log's rules hang on: checked at every start, a difference is a fault
 * @param chosen   set when the topic is made; an administrator may change it
 */
public record TopicPlan(String name, Map<String, String> required, Map<String, String> chosen) {
    /** Every topic has one: order is a property of the partition, and an origin's order is what its digest is over. */
    public static final int PARTITIONS = 1;

    public TopicPlan {
        required = Map.copyOf(required);
        chosen = Map.copyOf(chosen);
    }

    /** Both, as they are given to Kafka. */
    Map<String, String> settings() {
        var all = new TreeMap<>(chosen);
        all.putAll(required);
        return all;
    }
}
