package io.tombolo.kafka.broker;

import io.tombolo.kafka.identity.BackboneIdentities;
import io.tombolo.kafka.identity.BrokerIdentity;
import io.tombolo.kafka.principal.CertificatePrincipals;
import io.tombolo.kafka.setting.BrokerSettings;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;

/**
 * Every setting of the one node, with the reason where it is not Kafka's own default. Internal topics have one replica
 * because there is one node; whoever needs more runs an external Kafka.
 */
final class BrokerProperties {
    static final int NODE = 1;
    static final String CLIENT = "CLIENT";
    static final String CONTROLLER = "CONTROLLER";

    /** Largest record batch: 64 kB of record and 1 kB for key, headers and Kafka's own frame. */
    private static final int MAX_BATCH_BYTES = 65_536 + 1_024;

    /** Largest request read before it is understood: bounds what one connection can make the broker hold. */
    private static final int MAX_REQUEST_BYTES = 4 * 1_024 * 1_024;

    private final Properties kafka = new Properties();

    private BrokerProperties() {}

    static Properties of(BrokerSettings settings, Path data, BrokerIdentity identity, int port, int controllerPort) {
        var properties = new BrokerProperties();
        properties.node(data, controllerPort);
        properties.listeners(settings, port, controllerPort);
        properties.tls(identity);
        properties.authorization();
        properties.durability();
        properties.limits();
        properties.compaction();
        properties.smallNode();
        return properties.kafka;
    }

    private void node(Path data, int controllerPort) {
        set("process.roles", "broker,controller");
        set("node.id", NODE);
        set("log.dirs", data);
        // A static quorum lives in the configuration alone, so the controller's port may differ from run to run.
        set("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
        set("controller.listener.names", CONTROLLER);
        set("inter.broker.listener.name", CLIENT);
    }

    private void listeners(BrokerSettings settings, int port, int controllerPort) {
        set(
                "listeners",
                listener(CLIENT, settings.listenHost(), port) + ","
                        + listener(CONTROLLER, "127.0.0.1", controllerPort));
        set("advertised.listeners", listener(CLIENT, settings.advertisedHost(), port));
        set("listener.security.protocol.map", CLIENT + ":SSL," + CONTROLLER + ":SSL");
    }

    private static String listener(String name, String host, int port) {
        return name + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private void tls(BrokerIdentity identity) {
        set("ssl.enabled.protocols", "TLSv1.3");
        set("ssl.protocol", "TLSv1.3");
        set("ssl.client.auth", "required");
        set("ssl.keystore.type", "PEM");
        set("ssl.keystore.key", identity.keyPem());
        set("ssl.keystore.certificate.chain", identity.chainPem());
        set("ssl.truststore.type", "PEM");
        set("ssl.truststore.certificates", identity.rootsPem());
    }

    private void authorization() {
        set("principal.builder.class", CertificatePrincipals.class.getName());
        set("authorizer.class.name", StandardAuthorizer.class.getName());
        set("allow.everyone.if.no.acl.found", false);
        set("super.users", "User:" + BackboneIdentities.ADMIN + ";User:" + BackboneIdentities.BROKER);
        set("auto.create.topics.enable", false);
    }

    private void durability() {
        // No flush per record here: the topics that need one say so themselves (members, catalogs, audit), and in the
        // others, Kafka's own transaction log among them, a power cut may cost the last seconds. A killed process costs
        // nothing anywhere: what it wrote is in the page cache.
        set("default.replication.factor", 1);
        set("min.insync.replicas", 1);
        set("offsets.topic.replication.factor", 1);
        set("offsets.topic.num.partitions", 1);
        set("transaction.state.log.replication.factor", 1);
        set("transaction.state.log.min.isr", 1);
        set("transaction.state.log.num.partitions", 4);
        set("share.coordinator.state.topic.replication.factor", 1);
        set("share.coordinator.state.topic.min.isr", 1);
        set("share.coordinator.state.topic.num.partitions", 1);
    }

    private void limits() {
        set("message.max.bytes", MAX_BATCH_BYTES);
        set("socket.request.max.bytes", MAX_REQUEST_BYTES);
        set("max.connections", 2_000);
        set("max.connection.creation.rate", 200);
        set("transaction.max.timeout.ms", 60_000);
        // A writer that was killed holds readers back until its transaction (10 s) is aborted; look for such often.
        set("transaction.abort.timed.out.transaction.cleanup.interval.ms", 1_000);
    }

    private void compaction() {
        // The default, 128 MiB, is as large as this heap; the topics hold thousands of keys, not billions.
        set("log.cleaner.dedupe.buffer.size", 4 * 1_024 * 1_024);
        set("log.cleaner.threads", 1);
        set("log.cleaner.io.buffer.size", 128 * 1_024);
        set("log.segment.bytes", 16 * 1_024 * 1_024);
        set("log.index.size.max.bytes", 1_024 * 1_024);
        set("log.retention.check.interval.ms", 30_000);
    }

    private void smallNode() {
        set("num.network.threads", 2);
        set("num.io.threads", 4);
        set("background.threads", 2);
        set("num.replica.fetchers", 1);
        set("num.recovery.threads.per.data.dir", 1);
        set("queued.max.requests", 100);
        set("group.coordinator.threads", 1);
        set("share.coordinator.threads", 1);
        // Each of these no-op records is an fsync; two a second for ever would wear a small disk for nothing.
        set("metadata.max.idle.interval.ms", 5_000);
        set("metadata.max.retention.bytes", 20 * 1_024 * 1_024);
        set("metadata.log.segment.bytes", 16 * 1_024 * 1_024);
        // First registration to unfenced takes a heartbeat or two: a short one is most of a quick start.
        set("broker.heartbeat.interval.ms", 500);
        set("broker.session.timeout.ms", 3_000);
        set("group.initial.rebalance.delay.ms", 0);
    }

    private void set(String key, Object value) {
        kafka.put(key, value.toString());
    }
}
