package io.tombolo.it.actors;

import io.tombolo.cli.program.ExecPlan;
import io.tombolo.controller.backbone.AdminAccess;
import io.tombolo.controller.backbone.BackboneConnection;
import io.tombolo.controller.backbone.ConnectionFile;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.key.SecretFile;
import io.tombolo.trustbundle.tls.CertifiedKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.quota.ClientQuotaFilterComponent;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/**
 * A Kafka as its administrator runs it: three plain brokers from the published jars, each a process of its own with a
 * {@code server.properties}. It has a CA of its own; all it knows of Tombolo is a second CA, whose clients it lets in.
 */
public final class ExternalKafka implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int BROKERS = 3;
    private static final String MAPPING = "RULE:^CN=(tombolo[.][A-Za-z0-9._-]+)$/$1/,DEFAULT";

    private final Path dir;
    private final ExternalKafkaCertificates certificates;
    private final List<Integer> ports = new ArrayList<>();
    private final Map<Integer, RunningProgram> brokers = new TreeMap<>();

    private ExternalKafka(Path dir) {
        this.dir = dir;
        this.certificates = new ExternalKafkaCertificates(dir);
    }

    /** Starts three brokers and waits until they know each other. */
    public static ExternalKafka start() {
        Assumptions.assumeTrue(Files.isDirectory(jars()), () -> "no Kafka in " + jars() + "; build module kafka first");
        try {
            var kafka = new ExternalKafka(Scratch.directory("external-kafka"));
            try {
                kafka.startAll();
                return kafka;
            } catch (RuntimeException | Error | IOException e) {
                kafka.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the published jars are. */
    static Path jars() {
        return Path.of(System.getProperty("tombolo.home", "..")).resolve("kafka/target/app/lib");
    }

    private void startAll() throws IOException {
        List<Integer> controllers = new ArrayList<>();
        for (int i = 0; i < BROKERS; i++) {
            ports.add(FreePorts.one());
            controllers.add(FreePorts.one());
        }
        String voters = IntStream.rangeClosed(1, BROKERS)
                .mapToObj(id -> id + "@127.0.0.1:" + controllers.get(id - 1))
                .collect(Collectors.joining(","));
        for (int id = 1; id <= BROKERS; id++) {
            Files.writeString(config(id), properties(id, controllers.get(id - 1), voters));
        }
        format();
        for (int id = 1; id <= BROKERS; id++) {
            startAgain(id);
        }
        awaitBrokers(BROKERS);
    }

    /** Formats the first one with Kafka's own tool; the others get a copy under names of their own, to save two JVMs. */
    private void format() throws IOException {
        String cluster = Uuid.randomUuid().toString();
        RunningProgram format = java(
                "format",
                "kafka.tools.StorageTool",
                "format",
                "-t",
                cluster,
                "-c",
                config(1).toString());
        if (format.awaitEnd() != 0) {
            throw new AssertionError(String.join("\n", format.lines()));
        }
        for (int id = 2; id <= BROKERS; id++) {
            Path data = Files.createDirectory(dir.resolve("data-" + id));
            Files.copy(dir.resolve("data-1/bootstrap.checkpoint"), data.resolve("bootstrap.checkpoint"));
            Files.writeString(
                    data.resolve("meta.properties"),
                    "version=1\ncluster.id=" + cluster + "\nnode.id=" + id + "\ndirectory.id=" + Uuid.randomUuid()
                            + "\n");
        }
    }

    private String properties(int id, int controllerPort, String voters) {
        return """
                process.roles=broker,controller
                node.id=%d
                controller.quorum.voters=%s
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=CLIENT
                listeners=CLIENT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d
                advertised.listeners=CLIENT://127.0.0.1:%d
                listener.security.protocol.map=CLIENT:SSL,CONTROLLER:SSL
                log.dirs=%s
                ssl.client.auth=required
                ssl.keystore.type=PEM
                ssl.keystore.location=%s
                ssl.truststore.type=PEM
                ssl.truststore.location=%s
                ssl.principal.mapping.rules=%s
                authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
                allow.everyone.if.no.acl.found=false
                super.users=User:CN=kafka-1;User:CN=kafka-2;User:CN=kafka-3;User:CN=kafka-admin
                auto.create.topics.enable=false
                transaction.state.log.num.partitions=6
                broker.heartbeat.interval.ms=500
                broker.session.timeout.ms=3000
                """.formatted(
                        id,
                        voters,
                        ports.get(id - 1),
                        controllerPort,
                        ports.get(id - 1),
                        dir.resolve("data-" + id),
                        certificates.broker("kafka-" + id),
                        certificates.trusted(),
                        MAPPING);
    }

    private Path config(int id) {
        return dir.resolve("server-" + id + ".properties");
    }

    /** Starts one broker where it was, not waited for. */
    public void startAgain(int id) {
        brokers.put(id, java("kafka-" + id, "kafka.Kafka", config(id).toString()));
    }

    private RunningProgram java(String name, String main, String... arguments) {
        var line = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xmx256m",
                "-cp",
                jars() + "/*",
                main));
        line.addAll(List.of(arguments));
        return RunningProgram.start(dir.getFileName() + "-" + name, new ExecPlan(Map.of(), line));
    }

    /** Waits until {@code count} brokers are there. */
    public void awaitBrokers(int count) {
        try (Admin admin = Admin.create(administrator().connection().clientSettings())) {
            Awaitility.await(count + " brokers")
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> admin.describeCluster().nodes().get().size() == count);
        }
    }

    /** SIGKILL to the leader of a topic. @return the broker's number */
    public int killLeaderOf(String topic) {
        int leader = describe(topic).leader().id();
        Objects.requireNonNull(brokers.get(leader)).kill();
        return leader;
    }

    /** The only partition of a topic. */
    public TopicPartitionInfo describe(String topic) {
        return Objects.requireNonNull(asked(admin -> admin.describeTopics(List.of(topic))
                                .allTopicNames()
                                .get())
                        .get(topic))
                .partitions()
                .getFirst();
    }

    /** All settings of a topic, by key. */
    public Map<String, String> settingsOf(String topic) {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return Objects.requireNonNull(asked(admin ->
                                admin.describeConfigs(List.of(resource)).all().get())
                        .get(resource))
                .entries()
                .stream()
                .filter(entry -> entry.value() != null)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }

    /** A principal's quotas, by key. */
    public Map<String, Double> quotasOf(String principal) {
        var filter = ClientQuotaFilter.containsOnly(
                List.of(ClientQuotaFilterComponent.ofEntity(ClientQuotaEntity.USER, principal)));
        return asked(admin -> admin.describeClientQuotas(filter).entities().get()).values().stream()
                .findFirst()
                .orElse(Map.of());
    }

    /** How long the broker lets a writer's transaction stay open. */
    public Duration transactionTimeoutOf(String transactionalId) {
        var description = asked(admin -> admin.describeTransactions(List.of(transactionalId))
                .description(transactionalId)
                .get());
        return Duration.ofMillis(description.transactionTimeoutMs());
    }

    private interface Question<T> {
        T ask(Admin admin) throws InterruptedException, ExecutionException;
    }

    private <T> T asked(Question<T> question) {
        try (Admin admin = Admin.create(administrator().connection().clientSettings())) {
            return question.ask(admin);
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** The keys of all committed records of a topic, as text. */
    public List<String> keysOf(String topic) {
        Map<String, Object> settings = administrator().connection().clientSettings();
        settings.put("isolation.level", "read_committed");
        var partition = new TopicPartition(topic, 0);
        var keys = new ArrayList<String>();
        try (var reader = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            reader.assign(List.of(partition));
            reader.seekToBeginning(List.of(partition));
            long end =
                    Objects.requireNonNull(reader.endOffsets(List.of(partition)).get(partition));
            while (reader.position(partition) < end) {
                reader.poll(Duration.ofMillis(200)).forEach(record -> keys.add(record.key()));
            }
        }
        return keys;
    }

    /** All bootstrap servers. */
    public String bootstrap() {
        return ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    /** The administrator's own access. */
    public AdminAccess administrator() {
        return ConnectionFile.read(connectionFile("administrator", certificates.pemCredential("kafka-admin")));
    }

    /** A connection of somebody with a certificate of the federation's CA in the name of {@code principal}. */
    public BackboneConnection as(String principal) {
        P256Key key = P256Key.generate();
        var credential = new CertifiedKey(
                certificates.clients().issueClient(key.publicKey(), principal, Instant.now(), Duration.ofHours(1)),
                key.privateKey());
        return administrator().connection().as(() -> credential);
    }

    /** What the administrator gives to Kafka's own tools. */
    public Path toolSettings() {
        return write("tools.properties", certificates.toolSettings("kafka-admin"));
    }

    public ExternalKafkaCertificates certificates() {
        return certificates;
    }

    /** A file for {@code init --backbone}: where Kafka is, the CA of members, three copies; and what {@code more} says. */
    public Path connectionFile(String name, String... more) {
        return fileWithCa("clients-ca", name, more);
    }

    /** The same with a CA that the brokers have never heard of. */
    public Path connectionFileWithAnotherCa(String name, String... more) {
        return fileWithCa(certificates.anotherCa(), name, more);
    }

    private Path fileWithCa(String ca, String name, String... more) {
        String text = "bootstrap.servers=" + bootstrap() + "\nca-file=" + ca + ".pem\nca-key-file=" + ca + ".key\n"
                + "replication-factor=3\nmin-insync=2\n" + certificates.serverCa() + String.join("\n", more) + "\n";
        return write(name + ".properties", text);
    }

    private Path write(String name, String text) {
        Path file = dir.resolve(name);
        SecretFile.write(file, text.getBytes(StandardCharsets.UTF_8));
        return file;
    }

    public Path dir() {
        return dir;
    }

    @Override
    public void close() {
        brokers.values().forEach(RunningProgram::close);
        Directories.delete(dir);
    }
}
