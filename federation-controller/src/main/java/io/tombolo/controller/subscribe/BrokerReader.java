package io.tombolo.controller.subscribe;

import io.tombolo.controller.backbone.BackboneConnection;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.TopicPartition;

/**
 * One connection to Kafka: a consumer of all topics that are wanted and there. No call blocks for longer than {@link #POLL},
 * whether Kafka answers or not, because evictions come by other ways too. Confined to the reader's thread.
 */
final class BrokerReader implements AutoCloseable {
    /** Longest wait for records. */
    static final Duration POLL = Duration.ofMillis(100);

    private static final Duration CLOSE_WAIT = Duration.ofMillis(500);

    private final Consumer<byte[], byte[]> consumer;
    private final TopicLooks looks;
    private final Positions positions;
    private final Contact contact;
    private final MembersFirst membersFirst;

    BrokerReader(BackboneConnection connection, Positions positions, Contact contact) {
        this.consumer = Consumers.create(connection);
        this.membersFirst = new MembersFirst(consumer, POLL);
        this.looks = new TopicLooks(connection);
        this.positions = positions;
        this.contact = contact;
    }

    /**
     * What came of {@code wanted}.
     * @throws org.apache.kafka.common.KafkaException if this connection is of no use any more
     */
    ConsumerRecords<byte[], byte[]> poll(Map<TopicPartition, LogTopic> wanted) {
        Map<TopicPartition, TopicLook> answers = looks.next(wanted.keySet());
        note(answers.values());
        positions.seat(consumer, wanted, answers);
        if (consumer.assignment().isEmpty()) {
            LockSupport.parkNanos(POLL.toNanos());
            return ConsumerRecords.empty();
        }
        try {
            return read();
        } catch (InvalidOffsetException gone) {
            positions.lost(consumer, gone.partitions());
            looks.soon();
            return ConsumerRecords.empty();
        }
    }

    private ConsumerRecords<byte[], byte[]> read() {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        if (!records.isEmpty()) {
            contact.answered();
        }
        return records;
    }

    /** As {@link MembersFirst#waitFor}. */
    void waitForMembers(TopicPartition partition, long offset, UnknownKeys.Key key) {
        membersFirst.waitFor(partition, offset, key);
    }

    /** As {@link MembersFirst#settled}. */
    List<UnknownKeys.Key> settled(TopicPartition members) {
        return membersFirst.settled(members, offset -> positions.reached(consumer, members, offset));
    }

    /** One topic that may not be read is no sign that Kafka is away. */
    private void note(Collection<TopicLook> looks) {
        if (looks.stream().anyMatch(look -> !(look instanceof TopicLook.Failed))) {
            contact.answered();
        } else {
            looks.stream()
                    .filter(TopicLook.Failed.class::isInstance)
                    .findFirst()
                    .ifPresent(failed -> contact.failed(((TopicLook.Failed) failed).why()));
        }
    }

    /** Nothing newer of it is in the topic, as of the last answer. */
    boolean isAtTail(TopicPartition partition) {
        return consumer.assignment().contains(partition)
                && consumer.currentLag(partition).orElse(1) == 0;
    }

    /** Everything of it that was there when its reading began has been read. */
    boolean caughtUp(TopicPartition partition) {
        return positions.caughtUp(consumer, partition);
    }

    /** The same of all of them; a topic that does not exist has nothing to be read. */
    boolean caughtUp(Map<TopicPartition, LogTopic> wanted) {
        List<TopicPartition> behind = wanted.keySet().stream()
                .filter(partition -> !positions.isMissing(partition))
                .filter(partition -> !caughtUp(partition))
                .toList();
        return behind.isEmpty();
    }

    @Override
    public void close() {
        looks.close();
        consumer.close(CloseOptions.timeout(CLOSE_WAIT));
    }
}
