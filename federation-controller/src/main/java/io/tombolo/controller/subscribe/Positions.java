package io.tombolo.controller.subscribe;

import io.tombolo.catalog.snapshot.TopicPosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Where reading of each topic is, and how far it must come to have caught up. Confined to the reader's thread. */
final class Positions {
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final Map<TopicPartition, Long> goals = new HashMap<>();

    Positions(List<TopicPosition> snapshot) {
        snapshot.forEach(p -> next.put(new TopicPartition(p.topic(), 0), p.nextOffset()));
    }

    /**
     * Reads exactly {@code wanted} from now on; new ones from where this process or the snapshot ended, or from their
     * beginning.
     */
    void assign(Consumer<byte[], byte[]> consumer, Map<TopicPartition, LogTopic> wanted) {
        Set<TopicPartition> before = new HashSet<>(consumer.assignment());
        if (before.equals(wanted.keySet())) {
            return;
        }
        consumer.assign(wanted.keySet());
        Set<TopicPartition> fresh = new HashSet<>(wanted.keySet());
        fresh.removeAll(before);
        for (TopicPartition partition : fresh) {
            Long reached = next.get(partition);
            if (reached != null) {
                consumer.seek(partition, reached);
            } else {
                consumer.seekToBeginning(List.of(partition));
            }
        }
        goals.putAll(consumer.endOffsets(fresh));
    }

    void read(TopicPartition partition, long nextOffset) {
        next.put(partition, nextOffset);
    }

    /** Whether everything that was there at the assignment has been read. */
    boolean caughtUp(Consumer<byte[], byte[]> consumer) {
        goals.entrySet()
                .removeIf(goal -> !consumer.assignment().contains(goal.getKey())
                        || consumer.position(goal.getKey()) >= goal.getValue());
        return goals.isEmpty();
    }

    /** For the snapshot: lasting topics only. */
    List<TopicPosition> lasting(Map<TopicPartition, LogTopic> topics, Map<String, String> topicIds) {
        var positions = new ArrayList<TopicPosition>();
        topics.forEach((partition, topic) -> {
            Long offset = next.get(partition);
            if (topic.lasting() && offset != null) {
                positions.add(
                        new TopicPosition(partition.topic(), topicIds.getOrDefault(partition.topic(), ""), offset));
            }
        });
        return positions;
    }
}
