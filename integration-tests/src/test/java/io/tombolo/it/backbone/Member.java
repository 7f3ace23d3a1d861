package io.tombolo.it.backbone;

import io.tombolo.controller.backbone.BackboneConnection;
import io.tombolo.controller.backbone.BackboneMember;
import io.tombolo.controller.backbone.BackbonePrincipal;
import io.tombolo.controller.backbone.BackboneTopics;
import io.tombolo.it.actors.Backbone;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A cluster as Kafka sees it: a principal with its certificate, writing and reading as controllers do. */
record Member(BackbonePrincipal principal, boolean authority, BackboneConnection connection) {
    static Member of(Backbone backbone, String federation, String cluster, long epoch) {
        var principal = new BackbonePrincipal(new FederationName(federation), new ClusterId(cluster), epoch);
        return new Member(principal, cluster.equals("east"), backbone.as(principal.name()));
    }

    BackboneMember asMember() {
        return new BackboneMember(principal, authority);
    }

    BackboneTopics topics() {
        return new BackboneTopics(principal.federation());
    }

    String catalog() {
        return topics().catalog(principal.cluster());
    }

    KafkaProducer<byte[], byte[]> writer() {
        return writer(principal.transactionalId());
    }

    KafkaProducer<byte[], byte[]> writer(String transactionalId) {
        Map<String, Object> settings = connection.clientSettings();
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Writes in a transaction of its own, as the only writer. */
    void writes(String topic, String key, String value) throws ExecutionException, InterruptedException {
        try (var writer = writer()) {
            writer.initTransactions();
            write(writer, topic, key, value);
        }
    }

    static void write(KafkaProducer<byte[], byte[]> writer, String topic, String key, String value)
            throws ExecutionException, InterruptedException {
        writer.beginTransaction();
        var sent = writer.send(new ProducerRecord<>(topic, bytes(key), bytes(value)));
        writer.flush();
        sent.get();
        writer.commitTransaction();
    }

    /** All committed values of a topic, from its beginning to its end as of now. */
    List<String> reads(String topic) {
        Map<String, Object> settings = connection.clientSettings();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        var partition = new TopicPartition(topic, 0);
        var values = new ArrayList<String>();
        try (var reader = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            reader.assign(List.of(partition));
            reader.seekToBeginning(List.of(partition));
            long end =
                    Objects.requireNonNull(reader.endOffsets(List.of(partition)).get(partition));
            while (reader.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(200))) {
                    values.add(new String(record.value(), StandardCharsets.UTF_8));
                }
            }
        }
        return values;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
