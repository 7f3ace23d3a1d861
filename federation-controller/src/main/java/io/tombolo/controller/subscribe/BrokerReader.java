package io.tombolo.controller.subscribe;

import io.tombolo.controller.backbone.BackboneConnection;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

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
    private final Map<TopicPartition, Waiting> waiting = new HashMap<>();

    /** @param goal end of the members, asked for after the key was seen; empty while Kafka has not said it */
    private record Waiting(UnknownKeys.Key key, OptionalLong goal) {}

    BrokerReader(BackboneConnection connection, Positions positions, Contact contact) {
        this.consumer = Consumers.create(connection);
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

    /**
     * Reads {@code partition} from {@code offset} on again, once the members were read to the end that they have from now on.
     */
    void waitForMembers(TopicPartition partition, long offset, UnknownKeys.Key key) {
        consumer.seek(partition, offset);
        consumer.pause(Set.of(partition));
        waiting.put(partition, new Waiting(key, OptionalLong.empty()));
    }

    /** The keys for which the members were read to their end since; their topics are read on. */
    List<UnknownKeys.Key> settled(TopicPartition members) {
        waiting.keySet().retainAll(consumer.assignment());
        waiting.replaceAll((_, one) -> one.goal().isPresent() ? one : new Waiting(one.key(), endOf(members)));
        List<TopicPartition> done = waiting.entrySet().stream()
                .filter(one -> one.getValue().goal().isPresent())
                .filter(one -> positions.reached(
                        consumer, members, one.getValue().goal().getAsLong()))
                .map(Map.Entry::getKey)
                .toList();
        consumer.resume(done);
        return done.stream()
                .map(waiting::remove)
                .filter(Objects::nonNull)
                .map(Waiting::key)
                .toList();
    }

    private OptionalLong endOf(TopicPartition partition) {
        try {
            return OptionalLong.of(Objects.requireNonNull(
                    consumer.endOffsets(Set.of(partition), POLL).get(partition)));
        } catch (TimeoutException notNow) {
            return OptionalLong.empty();
        }
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
