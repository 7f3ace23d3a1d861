package io.tombolo.controller.subscribe;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Topics that wait until the members are read to the end that they have now. Lives as long as its consumer, on its thread. */
final class MembersFirst {
    private final Consumer<?, ?> consumer;
    private final Duration patience;
    private final Map<TopicPartition, Waiting> waiting = new HashMap<>();

    /** @param goal end of the members, asked for after the key was seen; empty while Kafka has not said it */
    private record Waiting(UnknownKeys.Key key, OptionalLong goal) {}

    /** How far the members were read and applied. */
    interface Reached {
        boolean reached(long offset);
    }

    /** @param patience for Kafka's answer; then it is asked again the next time */
    MembersFirst(Consumer<?, ?> consumer, Duration patience) {
        this.consumer = consumer;
        this.patience = patience;
    }

    /** Reads {@code partition} from {@code offset} on again, once the members were read. */
    void waitFor(TopicPartition partition, long offset, UnknownKeys.Key key) {
        consumer.seek(partition, offset);
        consumer.pause(Set.of(partition));
        waiting.put(partition, new Waiting(key, OptionalLong.empty()));
    }

    /** The keys for which the members were read to their end since; their topics are read on. */
    List<UnknownKeys.Key> settled(TopicPartition members, Reached reached) {
        waiting.keySet().retainAll(consumer.assignment());
        waiting.replaceAll((_, one) -> one.goal().isPresent() ? one : new Waiting(one.key(), endOf(members)));
        List<TopicPartition> done = waiting.entrySet().stream()
                .filter(one -> one.getValue().goal().isPresent())
                .filter(one -> reached.reached(one.getValue().goal().getAsLong()))
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
                    consumer.endOffsets(Set.of(partition), patience).get(partition)));
        } catch (TimeoutException notNow) {
            return OptionalLong.empty();
        }
    }
}
