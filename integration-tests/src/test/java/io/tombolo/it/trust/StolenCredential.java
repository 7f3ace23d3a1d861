package io.tombolo.it.trust;

import io.tombolo.controller.backbone.BackboneConnection;
import io.tombolo.controller.identity.MemberKeys;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.controller.join.BackboneAccess;
import io.tombolo.controller.join.FederationFile;
import io.tombolo.it.actors.Cluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A cluster's credential for Kafka, copied from its controller's disk, in the hands of somebody else. */
record StolenCredential(BackboneConnection connection) {
    static StolenCredential of(Cluster victim, long epoch, Path to) throws IOException {
        Path keys = Files.createDirectories(to.resolve("keys/epoch-" + epoch));
        String key = "keys/epoch-" + epoch + "/backbone.key";
        Files.copy(victim.controllerState().resolve(key), keys.resolve("backbone.key"));
        Files.copy(victim.controllerState().resolve("federation.state"), to.resolve("federation.state"));
        try (var state = StateDirectory.take(to)) {
            var answer = new FederationFile(state).read().orElseThrow();
            var access = new BackboneAccess(
                    answer.getBackbone(), MemberKeys.of(state, epoch).backbone().privateKey());
            return new StolenCredential(access.connection());
        }
    }

    /** Writes what nobody will believe: whether Kafka takes it is what counts. */
    void writes(String topic) throws ExecutionException, InterruptedException {
        Map<String, Object> settings = connection.clientSettings();
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        try (var writer =
                new KafkaProducer<byte[], byte[]>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            var sent = writer.send(new ProducerRecord<>(topic, "k".getBytes(StandardCharsets.US_ASCII), new byte[8]));
            writer.flush();
            sent.get();
        }
    }
}
