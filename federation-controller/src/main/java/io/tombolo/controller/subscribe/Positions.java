package io.tombolo.controller.subscribe;

import io.tombolo.catalog.snapshot.ReadingStart;
import io.tombolo.catalog.snapshot.Snapshot;
import io.tombolo.catalog.snapshot.TopicFound;
import io.tombolo.catalog.snapshot.TopicPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where reading of each topic is, in which topic that was, and how far it must come to have caught up. Outlives consumers.
 * Confined to the reader's thread.
 */
final class Positions {
    /** Withdrawals older than this may have been collected. */
    static final Duration SNAPSHOT_COUNTS = Duration.ofDays(7);

    private static final Logger LOG = LoggerFactory.getLogger(Positions.class);
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final Map<TopicPartition, TopicPosition> reached = new HashMap<>();
    private final Set<TopicPartition> outdated = new HashSet<>();
    private final Map<TopicPartition, Long> goals = new HashMap<>();
    private final Map<TopicPartition, ReadingStart.Why> again = new HashMap<>();
    private final Set<TopicPartition> missing = new HashSet<>();
    private final Set<TopicPartition> denied = new HashSet<>();
    private long rereads;

    Positions(Optional<Snapshot> snapshot, Instant now) {
        snapshot.ifPresent(found -> {
            boolean old = Duration.between(found.writtenAt(), now).compareTo(SNAPSHOT_COUNTS) > 0;
            found.topics().forEach(position -> {
                var partition = new TopicPartition(position.topic(), 0);
                reached.put(partition, position);
                if (old) {
                    outdated.add(partition);
                }
            });
        });
    }

    /** Makes the consumer read what of {@code wanted} the broker has, each from where it must be read. */
    void seat(Consumer<?, ?> consumer, Map<TopicPartition, LogTopic> wanted, Map<TopicPartition, TopicLook> looks) {
        Set<TopicPartition> seated = new HashSet<>(consumer.assignment());
        seated.retainAll(wanted.keySet());
        missing.retainAll(wanted.keySet());
        denied.retainAll(wanted.keySet());
        again.keySet().retainAll(wanted.keySet());
        Map<TopicPartition, Long> seeks = new HashMap<>();
        looks.forEach((partition, look) -> {
            LogTopic topic = wanted.get(partition);
            if (topic != null) {
                take(partition, topic, look, seated, seeks);
            }
        });
        if (!seated.equals(consumer.assignment())) {
            consumer.assign(seated);
        }
        seeks.forEach(consumer::seek);
    }

    private void take(
            TopicPartition partition,
            LogTopic topic,
            TopicLook look,
            Set<TopicPartition> seated,
            Map<TopicPartition, Long> seeks) {
        switch (look) {
            case TopicLook.Found(TopicFound found) -> {
                missing.remove(partition);
                denied.remove(partition);
                if (!seated.contains(partition) || !isOf(partition, found)) {
                    seeks.put(partition, begin(partition, topic, found));
                    seated.add(partition);
                }
            }
            case TopicLook.Missing _ -> {
                seated.remove(partition);
                if (missing.add(partition)) {
                    LOG.atWarn().addKeyValue("topic", partition.topic()).log("the backbone has no such topic");
                }
            }
            case TopicLook.Failed(Throwable why) -> {
                // What is being read goes on; the rest is asked for again.
                if (why instanceof AuthorizationException) {
                    denied.add(partition);
                }
            }
        }
    }

    private boolean isOf(TopicPartition partition, TopicFound found) {
        TopicPosition at = reached.get(partition);
        return at != null && at.topicId().equals(found.topicId());
    }

    private long begin(TopicPartition partition, LogTopic topic, TopicFound found) {
        Optional<TopicPosition> kept = Optional.ofNullable(reached.get(partition));
        ReadingStart start = ReadingStart.of(kept, found, outdated.remove(partition));
        if (start instanceof ReadingStart.Again(long _, ReadingStart.Why why) && topic.lasting()) {
            again.put(partition, why);
            rereads++;
            LOG.atWarn()
                    .addKeyValue("topic", partition.topic())
                    .log("read again from its beginning, what was verified stays in use: {}", why.text());
        }
        reached.put(partition, new TopicPosition(partition.topic(), found.topicId(), start.offset()));
        goals.put(partition, found.endOffset());
        return start.offset();
    }

    /** The broker does not have what was to be read next: the next look decides where to begin. */
    void lost(Consumer<?, ?> consumer, Collection<TopicPartition> gone) {
        Set<TopicPartition> rest = new HashSet<>(consumer.assignment());
        rest.removeAll(gone);
        consumer.assign(rest);
    }

    void read(TopicPartition partition, long nextOffset) {
        TopicPosition at = Objects.requireNonNull(reached.get(partition), "only what is seated is read");
        reached.put(partition, new TopicPosition(at.topic(), at.topicId(), nextOffset));
    }

    /** Whether what comes of this topic may be known, because it is read a second time. */
    boolean isReadAgain(TopicPartition partition) {
        return again.containsKey(partition);
    }

    /** Whether any topic is read a second time. */
    boolean isReadingAgain() {
        return !again.isEmpty();
    }

    /** Whether all that was there when reading of this topic began has been read. */
    boolean caughtUp(Consumer<?, ?> consumer, TopicPartition partition) {
        Long goal = goals.get(partition);
        boolean there = goal != null
                && consumer.assignment().contains(partition)
                && (reachedOffset(partition) >= goal || position(consumer, partition) >= goal);
        if (there) {
            again.remove(partition);
        }
        return there;
    }

    /** Whether all before {@code offset} has been read. */
    boolean reached(Consumer<?, ?> consumer, TopicPartition partition, long offset) {
        return consumer.assignment().contains(partition)
                && (reachedOffset(partition) >= offset || position(consumer, partition) >= offset);
    }

    private long reachedOffset(TopicPartition partition) {
        return Optional.ofNullable(reached.get(partition))
                .map(TopicPosition::nextOffset)
                .orElse(-1L);
    }

    /** Also past what ends a transaction, which is no record. */
    private static long position(Consumer<?, ?> consumer, TopicPartition partition) {
        try {
            return consumer.position(partition, AT_ONCE);
        } catch (TimeoutException unknownNow) {
            return -1;
        }
    }

    /** Whether the broker said that there is no such topic. */
    boolean isMissing(TopicPartition partition) {
        return missing.contains(partition);
    }

    /** How often a topic was read again since this process started. */
    long rereads() {
        return rereads;
    }

    /** What the operator must know of topics now, by topic. */
    List<String> notices() {
        var texts = new TreeMap<String, String>();
        missing.forEach(p ->
                texts.put(p.topic(), "topic " + p.topic() + " does not exist; what was verified of it stays in use"));
        denied.forEach(p ->
                texts.put(p.topic(), "topic " + p.topic() + " may not be read: Kafka lacks an ACL for this cluster"));
        again.forEach((p, why) -> texts.put(
                p.topic(),
                "topic " + p.topic() + " is read again from its beginning: " + why.text()
                        + "; what was verified stays in use"));
        return List.copyOf(texts.values());
    }

    /** For the snapshot: lasting topics only. */
    List<TopicPosition> lasting(Map<TopicPartition, LogTopic> topics) {
        var positions = new ArrayList<TopicPosition>();
        topics.forEach((partition, topic) -> {
            TopicPosition at = reached.get(partition);
            if (topic.lasting() && at != null) {
                positions.add(at);
            }
        });
        return positions;
    }
}
