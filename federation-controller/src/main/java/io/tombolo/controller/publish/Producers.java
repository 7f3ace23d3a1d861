package io.tombolo.controller.publish;

import io.tombolo.controller.backbone.BackboneConnection;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka producers with bounded memory and bounded patience. */
final class Producers {
    /** Longest wait for one answer. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final long BUFFER_BYTES = 2 * 1_024 * 1_024;
    private static final int TRANSACTION_TIMEOUT_MS = 10_000;

    private Producers() {}

    /** The fenced one: whoever initialises it last is the only writer. */
    static Producer<byte[], byte[]> transactional(BackboneConnection connection, String transactionalId) {
        Map<String, Object> settings = settings(connection);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
        return create(settings);
    }

    /** For pulses, health and audit, which are not transactions. */
    static Producer<byte[], byte[]> plain(BackboneConnection connection) {
        return create(settings(connection));
    }

    private static Map<String, Object> settings(BackboneConnection connection) {
        Map<String, Object> settings = connection.clientSettings();
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2 * (int) PATIENCE.toMillis());
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MS_CONFIG, 50L);
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000L);
        return settings;
    }

    private static Producer<byte[], byte[]> create(Map<String, Object> settings) {
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
