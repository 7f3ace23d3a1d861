package io.tombolo.controller.publish;

import io.tombolo.catalog.members.MembersLog;
import io.tombolo.catalog.outbox.Outbox;
import io.tombolo.catalog.outbox.WriterFile;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.RecordReader;
import io.tombolo.catalog.record.RecordSigner;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.controller.backbone.BackboneConnection;
import io.tombolo.controller.backbone.BackbonePrincipal;
import io.tombolo.controller.backbone.BackboneTopics;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.wire.log.Log;
import io.tombolo.wire.log.SignedEnvelope;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The one writer of this cluster, for one epoch: catalog and members by the fenced sender, the rest by the live one. */
public final class FederationWriter implements CatalogWriter, MembersWriter, Signing {
    private static final int MOST_AT_ONCE = 200;

    private final OwnLog catalog;
    private final AuditChain audit;
    private final BackboneTopics topics;
    private final WriterFile starts;
    private final PulseEcho echo;
    private final Supplier<OwnTail> tail;
    private final CloneCheck cloneCheck;
    private final Sender sender;
    private final LiveSender live;
    private final TreeMap<Long, CompletableFuture<Void>> waiting = new TreeMap<>();
    private final Map<String, Members> members = new LinkedHashMap<>();
    private long caughtUpAtNanos;
    private boolean caughtUp;
    private volatile WriterState.Phase phase = WriterState.Phase.CONNECTING;

    private record Members(SignedRecord record, CompletableFuture<Void> acknowledged) {}

    /** Begins a start of the writer: its term is on disk when this returns; it writes once it may. */
    public FederationWriter(
            WriterSettings settings,
            RecordSigner signer,
            BackboneConnection connection,
            Supplier<MembersLog> membersNow,
            Supplier<OwnTail> tail,
            PulseEcho echo,
            InstantSource clock) {
        var principal = new BackbonePrincipal(settings.federation(), signer.origin(), signer.epoch());
        this.topics = new BackboneTopics(settings.federation());
        this.tail = tail;
        this.echo = echo;
        this.starts = new WriterFile(settings.stateDir().resolve("writer"));
        var start = starts.begin(signer.epoch(), tail.get().lastTerm(), StartIds.next(new SecureRandom()));
        String epoch = "-" + signer.epoch();
        Outbox outbox = Outbox.open(settings.stateDir().resolve("outbox" + epoch), Outbox.Keeping.ALL);
        this.catalog = new OwnLog(new Pen(signer, start), membersNow, outbox, clock);
        this.audit = new AuditChain(
                catalog::pen, Outbox.open(settings.stateDir().resolve("audit" + epoch), Outbox.Keeping.PENDING), clock);
        Duration watchFor = settings.watchFor(membersNow.get().admitted().size());
        this.cloneCheck = new CloneCheck(start, settings.freshEpoch(), watchFor);
        this.sender = new Sender(
                () -> Producers.transactional(connection, principal.transactionalId()), new PendingRecords());
        this.live = new LiveSender(
                () -> phase == WriterState.Phase.WRITING,
                connection,
                catalog::pen,
                topics,
                new OwnPulses(catalog, audit, membersNow, settings.freshness()),
                audit,
                echo,
                clock);
        echo.begin(start.startId());
    }

    /** Starts the threads. */
    public FederationWriter start() {
        sender.start();
        live.start();
        return this;
    }

    @Override
    public Publication put(Payload payload) {
        refuseIfStopped();
        return publication(catalog.put(payload));
    }

    @Override
    public Optional<Publication> withdraw(String key) {
        refuseIfStopped();
        return catalog.withdraw(key).map(this::publication);
    }

    private Publication publication(SignedRecord record) {
        long seq = record.position().seq();
        CompletableFuture<Void> acknowledged;
        synchronized (waiting) {
            boolean there = !record.position().isAfter(catalog.acknowledged());
            acknowledged = there
                    ? CompletableFuture.completedFuture(null)
                    : waiting.computeIfAbsent(seq, s -> new CompletableFuture<>());
        }
        sender.wake();
        return new Publication(seq, acknowledged);
    }

    @Override
    public <P extends Payload> List<P> live(Class<P> kind) {
        return catalog.live(kind);
    }

    @Override
    public void offerHealth(boolean full, List<ServiceHealth> services, List<PathHealth> paths) {
        live.offer(new LiveSender.Batch(full, services, paths));
    }

    @Override
    public void audit(String actor, String action, String subject, Map<String, String> details) {
        audit.append(actor, action, subject, details);
    }

    @Override
    public synchronized void signWith(RecordSigner next) {
        refuseIfStopped();
        Pen now = catalog.pen();
        if (!now.signer().publicKey().equals(next.publicKey())) {
            var start = starts.begin(next.epoch(), now.term(), StartIds.next(new SecureRandom()));
            catalog.take(new Pen(next, start));
            echo.begin(start.startId());
        }
        catalog.signAgain();
        sender.wake();
    }

    @Override
    public int unsent() {
        return catalog.pendingCount() + audit.pendingOfOlderKeys();
    }

    /** Sends a members record; whoever signed it keeps it on disk and publishes it again after a restart. */
    @Override
    public Publication publish(SignedEnvelope envelope) {
        refuseIfStopped();
        SignedRecord record = RecordReader.reopen(envelope);
        var acknowledged = new CompletableFuture<Void>();
        synchronized (waiting) {
            members.put(record.key(), new Members(record, acknowledged));
        }
        sender.wake();
        return new Publication(record.position().seq(), acknowledged);
    }

    @Override
    public WriterState state() {
        var own = catalog.own();
        int pending;
        synchronized (waiting) {
            pending = catalog.pendingCount() + members.size();
        }
        return new WriterState(
                phase,
                pending,
                catalog.pen().term(),
                own.position().seq(),
                catalog.acknowledged().seq(),
                own.digest().toByteArray());
    }

    @Override
    public void close() {
        live.close();
        sender.close();
        catalog.close();
        audit.close();
        phase = WriterState.Phase.CLOSED;
    }

    private void refuseIfStopped() {
        switch (phase) {
            case CLONED -> throw OwnLog.notWriting(Fault.CLONED, "another process writes with its identity");
            case FENCED -> throw OwnLog.notWriting(Fault.FENCED, "a newer writer took over");
            case CLOSED -> throw OwnLog.notWriting(Fault.FENCED, "is closed");
            case CONNECTING, WRITING -> {}
        }
    }

    /** What the sender asks and tells. */
    private final class PendingRecords implements Sender.Source {
        @Override
        public CloneCheck.Verdict mayWrite() {
            OwnTail now = tail.get();
            if (now.caughtUp() && !caughtUp) {
                caughtUp = true;
                caughtUpAtNanos = System.nanoTime();
            }
            return cloneCheck.decide(now, caughtUpAtNanos, System.nanoTime());
        }

        @Override
        public List<Sender.Outgoing> next() {
            var batch = new ArrayList<Sender.Outgoing>();
            synchronized (waiting) {
                members.values().forEach(m -> batch.add(new Sender.Outgoing(topics.members(), m.record())));
            }
            String topic = topics.catalog(catalog.pen().signer().origin());
            catalog.pending().stream().limit(MOST_AT_ONCE).forEach(r -> batch.add(new Sender.Outgoing(topic, r)));
            return batch;
        }

        @Override
        public void acknowledged(List<Sender.Outgoing> sent) {
            var done = new ArrayList<CompletableFuture<Void>>();
            for (Sender.Outgoing one : sent) {
                if (one.record().log() == Log.LOG_CATALOG) {
                    catalog.acknowledge(one.record().position());
                }
            }
            synchronized (waiting) {
                sent.forEach(one -> takeMember(one.record(), done));
                var reached = waiting.headMap(catalog.acknowledged().seq(), true);
                done.addAll(reached.values());
                reached.clear();
            }
            done.forEach(one -> one.complete(null));
        }

        private void takeMember(SignedRecord record, List<CompletableFuture<Void>> done) {
            Members sent = members.get(record.key());
            if (sent != null && sent.record().equals(record)) {
                members.remove(record.key());
                done.add(sent.acknowledged());
            }
        }

        @Override
        public void phase(WriterState.Phase now) {
            phase = now;
            switch (now) {
                case CLONED -> giveUp(OwnLog.notWriting(Fault.CLONED, "another process writes with its identity"));
                case FENCED -> giveUp(OwnLog.notWriting(Fault.FENCED, "a newer writer took over"));
                case CONNECTING, WRITING, CLOSED -> {
                    // What waits may still arrive, now or after the next start.
                }
            }
        }

        /** Nobody waits for what this process will never send. */
        private void giveUp(TomboloException why) {
            var lost = new ArrayList<CompletableFuture<Void>>();
            synchronized (waiting) {
                lost.addAll(waiting.values());
                waiting.clear();
                members.values().forEach(m -> lost.add(m.acknowledged()));
            }
            lost.forEach(one -> one.completeExceptionally(why));
        }
    }
}
