package io.tombolo.controller.subscribe;

import io.tombolo.catalog.members.MembersLog;
import io.tombolo.catalog.record.Payload;
import io.tombolo.controller.backbone.BackboneTopics;
import io.tombolo.model.name.ClusterId;
import io.tombolo.wire.log.Log;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * A topic that is read.
 * @param owner the one cluster that may write it; empty for topics that all members write
 */
record LogTopic(Log log, Optional<ClusterId> owner) {
    /** Whether records stay, so that reading goes on where it ended. */
    boolean lasting() {
        return log == Log.LOG_MEMBERS || log == Log.LOG_CATALOG;
    }

    /** Everything to be read while these are the members: their own topics, and those that all share. */
    static Map<TopicPartition, LogTopic> all(BackboneTopics topics, MembersLog members, ClusterId own) {
        var all = new LinkedHashMap<TopicPartition, LogTopic>();
        all.put(partition(topics.members()), new LogTopic(Log.LOG_MEMBERS, Optional.empty()));
        all.put(partition(topics.pulse()), new LogTopic(Log.LOG_PULSE, Optional.empty()));
        addCluster(all, topics, own);
        for (Payload.Member member : members.admitted()) {
            addCluster(all, topics, member.cluster());
        }
        return all;
    }

    private static void addCluster(Map<TopicPartition, LogTopic> all, BackboneTopics topics, ClusterId cluster) {
        all.put(partition(topics.catalog(cluster)), new LogTopic(Log.LOG_CATALOG, Optional.of(cluster)));
        all.put(partition(topics.health(cluster)), new LogTopic(Log.LOG_HEALTH, Optional.of(cluster)));
    }

    private static TopicPartition partition(String topic) {
        return new TopicPartition(topic, 0);
    }
}
