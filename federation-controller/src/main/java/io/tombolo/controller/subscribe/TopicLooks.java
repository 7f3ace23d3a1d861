package io.tombolo.controller.subscribe;

import io.tombolo.catalog.snapshot.TopicFound;
import io.tombolo.controller.backbone.BackboneConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the broker which topics there are and how far they go, and waits for no answer: the reader has other things to do
 * while Kafka is away. Asked each 5 s, each second while one is missing, at once for a new one. Confined to the reader's
 * thread.
 */
final class TopicLooks implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 5_000;
    private static final long EACH_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long SOON_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Duration CLOSE_WAIT = Duration.ofMillis(500);

    private final Admin admin;
    private Set<TopicPartition> asked = Set.of();
    private @Nullable CompletableFuture<Map<TopicPartition, TopicLook>> answer;
    private long nextNanos = System.nanoTime();

    TopicLooks(BackboneConnection connection) {
        Map<String, Object> settings = connection.clientSettings();
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "tombolo-topics");
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, 50L);
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000L);
        this.admin = Admin.create(settings);
    }

    /** What was answered since the last call, each answer once; asks again when it is time. Never blocks. */
    Map<TopicPartition, TopicLook> next(Set<TopicPartition> wanted) {
        Map<TopicPartition, TopicLook> answered = taken();
        long now = System.nanoTime();
        if (answer == null && (now - nextNanos >= 0 || !asked.containsAll(wanted))) {
            asked = Set.copyOf(wanted);
            answer = ask(asked);
        }
        return answered;
    }

    /** The next question goes out at once. */
    void soon() {
        nextNanos = System.nanoTime();
    }

    private Map<TopicPartition, TopicLook> taken() {
        CompletableFuture<Map<TopicPartition, TopicLook>> due = answer;
        if (due == null || !due.isDone()) {
            return Map.of();
        }
        answer = null;
        Map<TopicPartition, TopicLook> looks = due.join();
        boolean all = looks.values().stream().allMatch(TopicLook.Found.class::isInstance);
        nextNanos = System.nanoTime() + (all ? EACH_NANOS : SOON_NANOS);
        return looks;
    }

    private CompletableFuture<Map<TopicPartition, TopicLook>> ask(Set<TopicPartition> partitions) {
        List<String> names = partitions.stream().map(TopicPartition::topic).toList();
        Map<String, TopicDescription> there = new ConcurrentHashMap<>();
        Map<TopicPartition, TopicLook> looks = new ConcurrentHashMap<>();
        var descriptions = new ArrayList<CompletableFuture<?>>();
        admin.describeTopics(names)
                .topicNameValues()
                .forEach((name, described) -> descriptions.add(settled(
                        described,
                        description -> there.put(name, description),
                        why -> looks.put(new TopicPartition(name, 0), failed(why)))));
        return all(descriptions).thenCompose(_ -> measure(there, looks)).thenApply(_ -> Map.copyOf(looks));
    }

    private CompletableFuture<?> measure(Map<String, TopicDescription> there, Map<TopicPartition, TopicLook> looks) {
        if (there.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        Map<TopicPartition, Long> first = new ConcurrentHashMap<>();
        Map<TopicPartition, Long> end = new ConcurrentHashMap<>();
        var both = new ArrayList<CompletableFuture<?>>(offsets(there.keySet(), OffsetSpec.earliest(), first, looks));
        both.addAll(offsets(there.keySet(), OffsetSpec.latest(), end, looks));
        return all(both)
                .thenRun(() -> there.forEach((name, description) -> {
                    var partition = new TopicPartition(name, 0);
                    Long from = first.get(partition);
                    Long to = end.get(partition);
                    if (from != null && to != null) {
                        looks.put(
                                partition,
                                new TopicLook.Found(
                                        new TopicFound(description.topicId().toString(), from, to)));
                    }
                }));
    }

    private List<CompletableFuture<?>> offsets(
            Set<String> names,
            OffsetSpec which,
            Map<TopicPartition, Long> found,
            Map<TopicPartition, TopicLook> looks) {
        Map<TopicPartition, OffsetSpec> question = new HashMap<>(
                names.stream().collect(Collectors.toMap(name -> new TopicPartition(name, 0), _ -> which)));
        var result = admin.listOffsets(question, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED));
        var all = new ArrayList<CompletableFuture<?>>();
        for (TopicPartition partition : question.keySet()) {
            KafkaFuture<ListOffsetsResultInfo> offset = result.partitionResult(partition);
            all.add(settled(
                    offset, info -> found.put(partition, info.offset()), why -> looks.put(partition, failed(why))));
        }
        return all;
    }

    private static CompletableFuture<?> all(List<CompletableFuture<?>> futures) {
        return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new));
    }

    /** Never fails itself. */
    private static <T> CompletableFuture<?> settled(
            KafkaFuture<T> future, Function<T, ?> then, Function<Throwable, ?> otherwise) {
        return future.toCompletionStage()
                .handle((value, why) -> why == null ? then.apply(value) : otherwise.apply(why))
                .toCompletableFuture();
    }

    private static TopicLook failed(Throwable why) {
        Throwable cause = why instanceof CompletionException && why.getCause() != null ? why.getCause() : why;
        return cause instanceof UnknownTopicOrPartitionException
                ? new TopicLook.Missing()
                : new TopicLook.Failed(cause);
    }

    @Override
    public void close() {
        admin.close(CLOSE_WAIT);
    }
}
