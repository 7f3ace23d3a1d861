package io.tombolo.controller.subscribe;

import io.tombolo.catalog.freshness.Blindness;
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
import io.tombolo.catalog.view.CatalogView;
import io.tombolo.controller.backbone.BackboneConnection;
import io.tombolo.controller.backbone.BackboneTopics;
import io.tombolo.controller.publish.OwnTail;
import io.tombolo.controller.publish.PulseEcho;
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationName;
import io.tombolo.wire.log.Log;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that follows the federation's logs. Starts from the snapshot on disk and serves from it while Kafka is away;
 * what is refused changes nothing but a count.
 */
public final class LogReader implements CatalogFeed {
    private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);
    private static final long VIEW_EACH_NANOS = TimeUnit.MILLISECONDS.toNanos(1_000);
    private static final long SNAPSHOT_EACH_NANOS = TimeUnit.MILLISECONDS.toNanos(1_000);
    /** A restart must not make the last news much older than it was. */
    private static final int NEWS_SAVED_PARTS = 100;

    private static final Reading.Result IGNORED = new Reading.Result.Applied(false);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** How long the backbone is asked for newer members before what the snapshot says goes out. */
    private static final long ASKED_NANOS = TimeUnit.SECONDS.toNanos(2);

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
    private final Duration newsSavedEach;
    private Instant newsSavedAt;
    private Blindness.State blindness = Blindness.State.SEEING;
    private final boolean fromSnapshot;
    private final long madeAtNanos = System.nanoTime();
    private final Contact contact = new Contact();
    private volatile boolean opened;
    private boolean membersRead;
    private volatile boolean caughtUp;
    private volatile List<String> notices = List.of();
    private volatile long rereads;
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
        this.reading = new Reading(own, echo, clock, beginning(known, origins, freshness, snapshot));
        this.newsSavedEach = freshness.maxBlind().dividedBy(NEWS_SAVED_PARTS);
        this.positions = new Positions(snapshot, clock.instant());
        this.view = CatalogView.of(reading.log(), own, addresses, Now.of(clock));
        this.newsSavedAt = view.newsAt();
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
        return opened;
    }

    @Override
    public boolean caughtUp() {
        return caughtUp;
    }

    @Override
    public BackboneContact contact() {
        return contact.now();
    }

    @Override
    public List<String> notices() {
        return notices;
    }

    @Override
    public long rereads() {
        return rereads;
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

    /** What the snapshot's members may have missed counts from when they were last known to be the newest. */
    private FederationLog beginning(
            MembersLog known, List<OriginState> origins, FreshnessSettings freshness, Optional<Snapshot> snapshot) {
        Now now = Now.of(clock);
        FederationLog log = FederationLog.of(known, origins, freshness, now);
        return snapshot.map(kept -> log.withNewsAge(Duration.between(kept.newsAt(), now.wall()), now))
                .orElse(log);
    }

    private static MembersLog merged(MembersLog older, MembersLog newer) {
        MembersLog all = older;
        for (var envelope : newer.records()) {
            all = all.apply(RecordReader.reopen(envelope)).state();
        }
        return all;
    }

    private void run() {
        while (!closed) {
            hear();
            try (var broker = new BrokerReader(connection, positions, contact)) {
                while (!closed) {
                    round(broker);
                }
            } catch (KafkaException away) {
                if (contact.failed(away)) {
                    LOG.atWarn()
                            .addKeyValue("error", String.valueOf(away.getMessage()))
                            .log("backbone cannot be read");
                }
                atHome(takeHandedIn());
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void round(BrokerReader broker) {
        hear();
        assigned = LogTopic.all(topics, reading.log().members(), own);
        boolean changed = false;
        var records = broker.poll(assigned);
        Set<ClusterId> touched = new HashSet<>();
        for (TopicPartition partition : records.partitions()) {
            changed |= apply(broker, partition, records.records(partition), touched);
        }
        broker.settled(new TopicPartition(topics.members(), 0)).forEach(reading::settle);
        touched.stream()
                .filter(cluster -> broker.isAtTail(new TopicPartition(topics.catalog(cluster), 0)))
                .forEach(reading::atTail);
        watchProgress(broker);
        atHome(changed);
    }

    private void watchProgress(BrokerReader broker) {
        if (caughtUp && !positions.isReadingAgain()) {
            return;
        }
        membersRead |= broker.caughtUp(new TopicPartition(topics.members(), 0));
        // Members that were just read may have topics that are not read yet.
        var wanted = LogTopic.all(topics, reading.log().members(), own);
        boolean all = membersRead && broker.caughtUp(wanted);
        caughtUp |= all;
    }

    /** What goes on whether Kafka answers or not. */
    private void atHome(boolean changed) {
        notices = positions.notices();
        rereads = positions.rereads();
        publishView(changed);
    }

    private boolean apply(
            BrokerReader broker,
            TopicPartition partition,
            List<ConsumerRecord<byte[], byte[]>> records,
            Set<ClusterId> touched) {
        LogTopic topic = assigned.get(partition);
        boolean changed = false;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            switch (topic == null ? IGNORED : applied(topic, record, partition)) {
                case Reading.Result.NotYet(UnknownKeys.Key key) -> {
                    broker.waitForMembers(partition, record.offset(), key);
                    positions.read(partition, record.offset());
                    return changed;
                }
                case Reading.Result.Applied(boolean something) -> {
                    // A pulse alone changes no route: the view that each second brings is enough.
                    changed |= something && topic != null && topic.log() != Log.LOG_PULSE;
                    unsaved |= something && topic != null && topic.lasting();
                }
            }
        }
        positions.read(partition, records.getLast().offset() + 1);
        if (topic != null && topic.log() == Log.LOG_CATALOG) {
            topic.owner().ifPresent(touched::add);
        }
        return changed;
    }

    /** At once, whatever Kafka does next: it may refuse to be read for the very reason that was handed in. */
    private void hear() {
        if (takeHandedIn()) {
            publishView(true);
        }
    }

    /** A record that meets a defect of ours is left out: it must not end the hearing of all others, again after each start. */
    private Reading.Result applied(LogTopic topic, ConsumerRecord<byte[], byte[]> record, TopicPartition partition) {
        try {
            return reading.apply(topic, record, positions.isReadAgain(partition));
        } catch (RuntimeException bug) {
            LOG.atError()
                    .setCause(bug)
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("offset", record.offset())
                    .log("record left out: a defect");
            return IGNORED;
        }
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

    private void publishView(boolean changed) {
        long now = System.nanoTime();
        tail = currentTail();
        boolean opening = !opened && mayOpen(now);
        if (changed || opening || now - viewAtNanos > VIEW_EACH_NANOS) {
            viewAtNanos = now;
            view = view.next(reading.log(), Now.of(clock));
            warnIfBlind(view.blindness());
            // After the view: whoever sees that it is ready sees what it became ready by.
            opened |= opening;
            listeners.forEach(this::tell);
        }
        boolean newsUnsaved = Duration.between(newsSavedAt, view.newsAt()).compareTo(newsSavedEach) > 0;
        if ((unsaved || newsUnsaved) && now - snapshotAtNanos > SNAPSHOT_EACH_NANOS) {
            snapshotAtNanos = now;
            save();
        }
    }

    private void warnIfBlind(Blindness now) {
        if (now.state() != blindness) {
            blindness = now.state();
            LOG.atWarn()
                    .addKeyValue("state", now.state())
                    .addKeyValue("newsAge", now.newsAge())
                    .addKeyValue("maxBlind", now.maxBlind())
                    .log("news of the members");
        }
    }

    private boolean mayOpen(long nowNanos) {
        return caughtUp || (fromSnapshot && (membersRead || nowNanos - madeAtNanos >= ASKED_NANOS));
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
        Instant newsAt = view.newsAt();
        snapshotFile.write(
                new Snapshot(reading.log().members(), origins, positions.lasting(assigned), clock.instant(), newsAt));
        newsSavedAt = newsAt;
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

    @Override
    public void close() {
        // Not interrupted: that would break off a snapshot that is just being written.
        closed = true;
        try {
            if (thread.getState() != Thread.State.NEW) {
                boolean ignored = thread.join(Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (unsaved) {
            save();
        }
    }
}
