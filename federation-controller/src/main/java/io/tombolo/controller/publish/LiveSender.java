package io.tombolo.controller.publish;

import io.tombolo.catalog.health.HealthBatches;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.controller.backbone.BackboneConnection;
import io.tombolo.controller.backbone.BackboneTopics;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.fault.TomboloException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that sends what is worth something only now: pulses and health; and, because it is no transaction either, the
 * audit chain. Nothing waits for it, and while Kafka is away what it would have sent is replaced by what is newer.
 */
final class LiveSender implements AutoCloseable {
    /** One batch of health. */
    record Batch(boolean full, List<ServiceHealth> services, List<PathHealth> paths) {}

    private static final Logger LOG = LoggerFactory.getLogger(LiveSender.class);
    private static final int MOST_AUDIT_AT_ONCE = 100;
    private static final long TICK_MILLIS = 25;

    private final Supplier<Boolean> writing;
    private final Supplier<Producer<byte[], byte[]>> connect;
    private final Supplier<Pen> pen;
    private final BackboneTopics topics;
    private final PulseSource pulses;
    private final AuditChain audit;
    private final PulseEcho echo;
    private final InstantSource clock;
    private final Thread thread = Thread.ofPlatform().daemon().name("pulse").unstarted(this::run);
    private @Nullable Batch full;
    private @Nullable Batch changed;
    private long healthCounter;
    private long pulseCounter;
    private long nextPulseNanos = System.nanoTime();
    private volatile boolean closed;

    /** What a pulse says, and how often. */
    interface PulseSource {
        Payload.Pulse next(long counter);

        Duration interval();
    }

    LiveSender(
            Supplier<Boolean> writing,
            BackboneConnection connection,
            Supplier<Pen> pen,
            BackboneTopics topics,
            PulseSource pulses,
            AuditChain audit,
            PulseEcho echo,
            InstantSource clock) {
        this.writing = writing;
        this.connect = () -> Producers.plain(connection);
        this.pen = pen;
        this.topics = topics;
        this.pulses = pulses;
        this.audit = audit;
        this.echo = echo;
        this.clock = clock;
    }

    LiveSender start() {
        thread.start();
        return this;
    }

    /** Offers a batch; it replaces one of its sort that was not sent yet, a full one replaces both. */
    synchronized void offer(Batch batch) {
        if (batch.full()) {
            full = batch;
            changed = null;
        } else {
            changed = changed == null ? batch : Batches.merge(changed, batch);
        }
    }

    private synchronized @Nullable Batch take() {
        Batch next = full != null ? full : changed;
        if (full != null) {
            full = null;
        } else {
            changed = null;
        }
        return next;
    }

    private void run() {
        while (!closed) {
            try (Producer<byte[], byte[]> producer = connect.get()) {
                while (!closed) {
                    round(producer);
                    TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
                }
            } catch (KafkaException | TomboloException | ExecutionException | TimeoutException away) {
                LOG.atDebug()
                        .addKeyValue("error", String.valueOf(away.getMessage()))
                        .log("backbone takes no pulse");
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void round(Producer<byte[], byte[]> producer)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (writing.get()) {
            sendPulse(producer);
            sendHealth(producer);
            sendAudit(producer);
        }
    }

    /** The counter is used up before it is sent: a send that failed may have arrived all the same. */
    private void sendPulse(Producer<byte[], byte[]> producer)
            throws InterruptedException, ExecutionException, TimeoutException {
        long nanos = System.nanoTime();
        if (nanos - nextPulseNanos >= 0) {
            Pen now = pen.get();
            pulseCounter = Math.max(pulseCounter, now.term() << 32) + 1;
            nextPulseNanos = nanos + pulses.interval().toNanos();
            echo.written(pulseCounter, nanos);
            Payload.Pulse pulse = pulses.next(pulseCounter);
            send(producer, topics.pulse(), now.signer().sign(pulse, now.term(), pulseCounter, clock.instant()));
        }
    }

    /** In as many records as it takes: one holds 64 kB. */
    private void sendHealth(Producer<byte[], byte[]> producer)
            throws InterruptedException, ExecutionException, TimeoutException {
        Batch batch = take();
        if (batch != null) {
            Pen now = pen.get();
            for (Payload.Health part :
                    HealthBatches.of(batch.full(), batch.services(), batch.paths(), healthCounter + 1)) {
                healthCounter = part.counter();
                send(
                        producer,
                        topics.health(now.signer().origin()),
                        now.signer().sign(part, now.term(), part.counter(), clock.instant()));
            }
        }
    }

    private void sendAudit(Producer<byte[], byte[]> producer)
            throws InterruptedException, ExecutionException, TimeoutException {
        for (SignedRecord entry :
                audit.pending().stream().limit(MOST_AUDIT_AT_ONCE).toList()) {
            send(producer, topics.audit(), entry);
            audit.acknowledge(entry.position());
        }
    }

    private static void send(Producer<byte[], byte[]> producer, String topic, SignedRecord record)
            throws InterruptedException, ExecutionException, TimeoutException {
        producer.send(new ProducerRecord<>(topic, 0, record.kafkaKey(), record.kafkaValue()))
                .get(2 * Producers.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(Producers.PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
