package io.tombolo.it.actors;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.RecordReader;
import io.tombolo.catalog.record.RecordSigner;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.controller.backbone.BackboneTopics;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationId;
import io.tombolo.model.name.FederationName;
import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.wire.log.Log;
import io.tombolo.wire.log.SignedEnvelope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Holds the broker's administrator credential, and so may write whatever they like into every topic; has no member's key. */
public final class Forger implements AutoCloseable {
    private static final int MAGIC_BYTES = 4;

    private final Backbone backbone;
    private final BackboneTopics topics;
    private final KafkaProducer<byte[], byte[]> writer;
    private final Ed25519Key ownKey;

    public Forger(Backbone backbone, String federation) {
        this(backbone, federation, Ed25519Key.generate());
    }

    /** @param key that they sign with, such as one that a member had */
    public Forger(Backbone backbone, String federation, Ed25519Key key) {
        this.ownKey = key;
        this.backbone = backbone;
        this.topics = new BackboneTopics(new FederationName(federation));
        this.writer = new KafkaProducer<>(
                backbone.access().connection().clientSettings(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Writes each record of a cluster's catalog again, with one bit of its signature or of what was signed turned. */
    public void flipsBits(String cluster) {
        for (ConsumerRecord<byte[], byte[]> record : catalog(cluster)) {
            write(record.topic(), record.key(), inSignature(record.value()));
            byte[] middle = record.value().clone();
            middle[middle.length / 2] ^= 1;
            write(record.topic(), record.key(), middle);
        }
    }

    private static byte[] inSignature(byte[] value) {
        try {
            SignedEnvelope signed =
                    SignedEnvelope.parseFrom(ByteString.copyFrom(value, MAGIC_BYTES, value.length - MAGIC_BYTES));
            byte[] signature = signed.getSignature().toByteArray();
            signature[0] ^= 1;
            byte[] forged = signed.toBuilder()
                    .setSignature(ByteString.copyFrom(signature))
                    .build()
                    .toByteArray();
            byte[] whole = new byte[MAGIC_BYTES + forged.length];
            System.arraycopy(value, 0, whole, 0, MAGIC_BYTES);
            System.arraycopy(forged, 0, whole, MAGIC_BYTES, forged.length);
            return whole;
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /** Writes newer versions of what a cluster exports, and that it is evicted, signed with a key of their own. */
    public void signsForeignly(String cluster, String authority) {
        for (SignedRecord record : latest(Log.LOG_CATALOG, catalog(cluster))) {
            if (record.payload() instanceof Payload.Export export) {
                RecordSigner forger = forger(record, cluster);
                write(forger.withdraw(
                        record.key(),
                        record.kind(),
                        record.position().term(),
                        record.position().seq() + 1_000,
                        Instant.now(),
                        record.liveDigest()));
                write(forger.sign(
                        export,
                        record.position().term(),
                        record.position().seq() + 1_001,
                        Instant.now(),
                        record.liveDigest()));
            }
        }
        for (SignedRecord record : latest(Log.LOG_MEMBERS, read(topics.members()))) {
            if (record.payload() instanceof Payload.Member member
                    && member.cluster().value().equals(cluster)) {
                write(forger(record, authority)
                        .sign(evicted(member, record), 0, record.position().seq() + 1_000, Instant.now()));
            }
        }
    }

    /** Writes that each export of a cluster is withdrawn, newer than all that it said. @return how many */
    public int withdraws(String cluster) {
        int exports = 0;
        for (SignedRecord record : latest(Log.LOG_CATALOG, catalog(cluster))) {
            if (record.payload() instanceof Payload.Export) {
                exports++;
                write(forger(record, cluster)
                        .withdraw(
                                record.key(),
                                record.kind(),
                                record.position().term(),
                                record.position().seq() + 1_000,
                                Instant.now(),
                                record.liveDigest()));
            }
        }
        return exports;
    }

    /** Says in a cluster's name, newer than all that it said, that nobody is ready there; signed with a key of their own. */
    public void saysNobodyIsReady(String cluster) {
        for (SignedRecord record : latest(Log.LOG_HEALTH, read(topics.health(new ClusterId(cluster))))) {
            if (record.payload() instanceof Payload.Health health) {
                List<ServiceHealth> nobody = health.services().stream()
                        .map(service -> new ServiceHealth(service.service(), 0, service.total(), 0, 0, List.of()))
                        .toList();
                write(forger(record, cluster)
                        .sign(
                                new Payload.Health(true, nobody, List.of(), health.counter() + 1_000),
                                record.position().term(),
                                record.position().seq() + 1_000,
                                Instant.now()));
            }
        }
    }

    private RecordSigner forger(SignedRecord like, String origin) {
        return new RecordSigner(
                FederationId.of(like.federationId().toByteArray()),
                new ClusterId(origin),
                like.position().epoch(),
                ownKey);
    }

    private static Payload.Member evicted(Payload.Member member, SignedRecord record) {
        return new Payload.Member(
                member.cluster(),
                member.epoch(),
                MemberState.EVICTED,
                member.trustDomain(),
                member.firstRoot(),
                member.signingKeys(),
                member.grants(),
                member.version() + 1,
                record.hash(),
                member.admittedAt(),
                member.backboneHost());
    }

    /** Writes all that a cluster ever said once more, oldest first. */
    public void replays(String cluster) {
        catalog(cluster).forEach(record -> write(record.topic(), record.key(), record.value()));
    }

    /** Writes a null under each key of a cluster's catalog and of the members. */
    public void erases(String cluster) {
        keys(catalog(cluster)).forEach((key, record) -> write(record.topic(), record.key(), null));
        keys(read(topics.members())).forEach((key, record) -> write(record.topic(), record.key(), null));
    }

    private List<ConsumerRecord<byte[], byte[]>> catalog(String cluster) {
        return read(topics.catalog(new ClusterId(cluster)));
    }

    private static Map<String, ConsumerRecord<byte[], byte[]>> keys(List<ConsumerRecord<byte[], byte[]>> records) {
        var byKey = new LinkedHashMap<String, ConsumerRecord<byte[], byte[]>>();
        records.forEach(record -> byKey.put(new String(record.key()), record));
        return byKey;
    }

    /** By key, without what cannot be read as a record, such as what was forged before. */
    private static List<SignedRecord> latest(Log log, List<ConsumerRecord<byte[], byte[]>> records) {
        var byKey = new LinkedHashMap<String, SignedRecord>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                SignedRecord read = RecordReader.read(log, record.key(), record.value());
                byKey.put(read.key(), read);
            } catch (TomboloException unreadable) {
                continue;
            }
        }
        return List.copyOf(byKey.values());
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        Map<String, Object> settings = backbone.access().connection().clientSettings();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        var partition = new TopicPartition(topic, 0);
        var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var reader = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            reader.assign(List.of(partition));
            reader.seekToBeginning(List.of(partition));
            long end = reader.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (reader.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(200))) {
                    if (record.value() != null) {
                        found.add(record);
                    }
                }
            }
        }
        return found;
    }

    private void write(SignedRecord record) {
        String topic = switch (record.log()) {
            case LOG_MEMBERS -> topics.members();
            case LOG_HEALTH -> topics.health(record.origin());
            default -> topics.catalog(record.origin());
        };
        write(topic, record.kafkaKey(), record.kafkaValue());
    }

    private void write(String topic, byte[] key, byte @Nullable [] value) {
        try {
            writer.send(new ProducerRecord<>(topic, key, value)).get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        writer.close(Duration.ofSeconds(5));
    }
}
