package io.tombolo.controller.subscribe;

import io.tombolo.catalog.freshness.FreshnessSettings;
import io.tombolo.catalog.log.FederationLog;
import io.tombolo.catalog.log.Now;
import io.tombolo.catalog.log.OriginLog;
import io.tombolo.catalog.members.MembersLog;
import io.tombolo.catalog.origin.OriginState;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.RecordReader;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.catalog.snapshot.Snapshot;
import io.tombolo.catalog.snapshot.SnapshotFile;
import io.tombolo.catalog.snapshot.TopicPosition;
import io.tombolo.catalog.view.AddressRules;
import io.tombolo.catalog.view.CatalogView;
import io.tombolo.controller.backbone.BackboneConnection;
import io.tombolo.controller.backbone.BackboneTopics;
import io.tombolo.controller.publish.OwnTail;
import io.tombolo.controller.publish.PulseEcho;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationName;
import io.tombolo.wire.log.Log;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that follows the federation's logs. Starts from the snapshot on disk and serves from it while Kafka is away;
 * what is refused changes nothing but a count.
 */
public final class LogReader implements CatalogFeed {
    private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long VIEW_EACH_NANOS = TimeUnit.MILLISECONDS.toNanos(1_000);
    private static final long SNAPSHOT_EACH_NANOS = TimeUnit.MILLISECONDS.toNanos(1_000);
    private static final long PAUSE_MILLIS = 500;
    private static final long NEVER = Long.MIN_VALUE;
    private static final Duration SILENT_AFTER = Duration.ofSeconds(5);

    private final ClusterId own;
    private final BackboneConnection connection;
    private final BackboneTopics topics;
    private final AddressRules addresses;
    private final Clock clock;
    private final SnapshotFile snapshotFile;
    private final Reading reading;
    private final Positions positions;
    private final List<java.util.function.Consumer<CatalogView>> listeners = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<SignedRecord> handedIn = new ConcurrentLinkedQueue<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("subscribe").unstarted(this::run);
    private Map<TopicPartition, LogTopic> assigned = Map.of();
    private long viewAtNanos;
    private long snapshotAtNanos;
    private boolean unsaved;
    private final boolean fromSnapshot;
    private volatile boolean caughtUp;
    private volatile boolean failing;
    private volatile boolean denied;
    private volatile long contactAtNanos = NEVER;
    private volatile boolean closed;
    private volatile CatalogView view;
    private volatile OwnTail tail;

    /** @param members at least the federation's genesis; what joining or founding gave */
    public LogReader(
            ClusterId own,
            FederationName federation,
            MembersLog members,
            Path stateDir,
            BackboneConnection connection,
            PulseEcho echo,
            FreshnessSettings freshness,
            AddressRules addresses,
            Clock clock) {
        this.own = own;
        this.connection = connection;
        this.topics = new BackboneTopics(federation);
        this.addresses = addresses;
        this.clock = clock;
        this.snapshotFile = new SnapshotFile(stateDir.resolve("snapshot"));
        Optional<Snapshot> snapshot = load(members);
        this.fromSnapshot = snapshot.isPresent();
        MembersLog known = merged(snapshot.map(Snapshot::members).orElse(members), members);
        List<OriginState> origins = snapshot.map(Snapshot::origins).orElse(List.of());
        this.reading = new Reading(own, echo, clock, FederationLog.of(known, origins, freshness, Now.of(clock)));
        this.positions = new Positions(usable(snapshot));
        this.view = CatalogView.of(reading.log(), own, addresses, Now.of(clock));
        this.tail = currentTail();
    }

    /** Starts the thread. */
    public LogReader start() {
        thread.start();
        return this;
    }

    @Override
    public CatalogView current() {
        return view;
    }

    @Override
    public void addListener(java.util.function.Consumer<CatalogView> listener) {
        listeners.add(listener);
    }

    @Override
    public boolean ready() {
        return fromSnapshot || caughtUp;
    }

    @Override
    public boolean caughtUp() {
        return caughtUp;
    }

    /** Own pulses come back each second while Kafka answers: their age is the age of the contact. */
    @Override
    public BackboneContact contact() {
        long ageMs = contactAtNanos == NEVER ? -1 : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - contactAtNanos);
        return new BackboneContact(state(ageMs), ageMs);
    }

    private BackboneContact.State state(long ageMs) {
        if (denied) {
            return BackboneContact.State.DENIED;
        }
        if (ageMs < 0) {
            return failing ? BackboneContact.State.UNREACHABLE : BackboneContact.State.CONNECTING;
        }
        return failing || ageMs > SILENT_AFTER.toMillis()
                ? BackboneContact.State.UNREACHABLE
                : BackboneContact.State.CONNECTED;
    }

    /** What the backbone has of this cluster itself; for the writer. */
    public OwnTail ownTail() {
        return tail;
    }

    /** Takes a members record that this cluster signed or was given, before Kafka has it: an eviction is not to wait. */
    public void handIn(SignedRecord record) {
        handedIn.add(record);
    }

    private Optional<Snapshot> load(MembersLog members) {
        return switch (snapshotFile.read(members.federation())) {
            case SnapshotFile.Loaded.Verified verified -> Optional.of(verified.snapshot());
            case SnapshotFile.Loaded.Unusable unusable -> {
                LOG.atWarn().log("snapshot set aside: {}", unusable.report().getMessage());
                yield Optional.empty();
            }
            case SnapshotFile.Loaded.Absent _ -> Optional.empty();
        };
    }

    private static MembersLog merged(MembersLog older, MembersLog newer) {
        MembersLog all = older;
        for (var envelope : newer.records()) {
            all = all.apply(RecordReader.reopen(envelope)).state();
        }
        return all;
    }

    private static List<TopicPosition> usable(Optional<Snapshot> snapshot) {
        return snapshot.map(Snapshot::topics).orElse(List.of());
    }

    private void run() {
        while (!closed) {
            try (Consumer<byte[], byte[]> consumer = Consumers.create(connection)) {
                while (!closed) {
                    round(consumer);
                }
            } catch (KafkaException away) {
                failing = true;
                denied = away instanceof AuthorizationException || away instanceof AuthenticationException;
                LOG.atWarn()
                        .addKeyValue("error", String.valueOf(away.getMessage()))
                        .log("backbone cannot be read");
                pause();
            }
        }
    }

    private void round(Consumer<byte[], byte[]> consumer) {
        assigned = LogTopic.all(topics, reading.log().members(), own);
        positions.assign(consumer, assigned);
        boolean changed = takeHandedIn();
        var records = consumer.poll(POLL);
        Set<ClusterId> touched = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            changed |= apply(record, touched);
        }
        records.partitions().forEach(partition -> positions.read(partition, consumer.position(partition)));
        if (!records.isEmpty()) {
            contactAtNanos = System.nanoTime();
            failing = false;
            denied = false;
        }
        touched.forEach(cluster -> compareAtTail(consumer, cluster));
        if (!caughtUp && positions.caughtUp(consumer)) {
            caughtUp = true;
            changed = true;
        }
        publishView(changed);
    }

    private boolean apply(ConsumerRecord<byte[], byte[]> record, Set<ClusterId> touched) {
        LogTopic topic = assigned.get(new TopicPartition(record.topic(), record.partition()));
        if (topic == null) {
            return false;
        }
        boolean changed = reading.apply(topic, record);
        if (topic.log() == Log.LOG_CATALOG) {
            topic.owner().ifPresent(touched::add);
        }
        unsaved |= changed && topic.lasting();
        // A pulse alone changes no route: the view that each second brings is enough.
        return changed && topic.log() != Log.LOG_PULSE;
    }

    private boolean takeHandedIn() {
        boolean any = false;
        for (SignedRecord record = handedIn.poll(); record != null; record = handedIn.poll()) {
            reading.apply(record);
            any = true;
            unsaved = true;
        }
        return any;
    }

    private void compareAtTail(Consumer<byte[], byte[]> consumer, ClusterId cluster) {
        var partition = new TopicPartition(topics.catalog(cluster), 0);
        if (consumer.currentLag(partition).orElse(1) == 0) {
            reading.atTail(cluster);
        }
    }

    private void publishView(boolean changed) {
        long now = System.nanoTime();
        tail = currentTail();
        if (changed || now - viewAtNanos > VIEW_EACH_NANOS) {
            viewAtNanos = now;
            view = CatalogView.of(reading.log(), own, addresses, Now.of(clock));
            listeners.forEach(this::tell);
        }
        if (unsaved && now - snapshotAtNanos > SNAPSHOT_EACH_NANOS) {
            snapshotAtNanos = now;
            save();
        }
    }

    private void tell(java.util.function.Consumer<CatalogView> listener) {
        try {
            listener.accept(view);
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).log("a listener of the catalog failed");
        }
    }

    /** A disk that takes nothing must not end the reading, for evictions have to be heard: it is tried again each second. */
    private void save() {
        try {
            writeSnapshot();
            unsaved = false;
        } catch (TomboloException failed) {
            LOG.atError().log("snapshot not written: {}", failed.getMessage());
        }
    }

    private void writeSnapshot() {
        List<OriginState> origins = reading.log().origins().values().stream()
                .map(OriginLog::catalog)
                .toList();
        snapshotFile.write(
                new Snapshot(reading.log().members(), origins, positions.lasting(assigned, Map.of()), clock.instant()));
    }

    private OwnTail currentTail() {
        Optional<Payload.WriterTerm> last = reading.log()
                .live(own)
                .flatMap(log ->
                        log.catalog().live(Payload.WriterTerm.class).stream().findFirst());
        return new OwnTail(
                caughtUp,
                last.map(Payload.WriterTerm::startId),
                last.map(Payload.WriterTerm::term).orElse(0L),
                reading.foreignPulseAtNanos(),
                reading.log().members());
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    @Override
    public void close() {
        // Not interrupted: that would break off a snapshot that is just being written.
        closed = true;
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (unsaved) {
            save();
        }
    }
}
