package io.tombolo.controller.publish;

import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.model.fault.TomboloException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that brings pending records to Kafka, in order, in transactions of a fenced producer. While Kafka is away it
 * tries again with growing pauses; once it was fenced it never tries again.
 */
final class Sender implements AutoCloseable {
    /** One record and where it goes. */
    record Outgoing(String topic, SignedRecord record) {}

    /** Where pending records come from, and who hears what became of them. All called on the sender's thread. */
    interface Source {
        /** Whether writing is allowed now. */
        CloneCheck.Verdict mayWrite();

        /** What Kafka does not have yet, in order; at most a bounded number. */
        List<Outgoing> next();

        void acknowledged(List<Outgoing> sent);

        void phase(WriterState.Phase phase);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final long LOOK_AGAIN_MILLIS = 50;

    private final Supplier<Producer<byte[], byte[]>> connect;
    private final Source source;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wake = lock.newCondition();
    private final Thread thread;
    private boolean woken;
    private volatile boolean closed;

    Sender(Supplier<Producer<byte[], byte[]>> connect, Source source) {
        this.connect = connect;
        this.source = source;
        this.thread = Thread.ofPlatform().daemon().name("publish").unstarted(this::run);
    }

    Sender start() {
        thread.start();
        return this;
    }

    /** Something is pending. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            wake.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        if (!awaitPermission()) {
            return;
        }
        long pauseMillis = FIRST_PAUSE_MILLIS;
        while (!closed) {
            try (Producer<byte[], byte[]> producer = connect.get()) {
                producer.initTransactions();
                source.phase(WriterState.Phase.WRITING);
                pauseMillis = FIRST_PAUSE_MILLIS;
                sendAll(producer);
            } catch (ProducerFencedException | InvalidProducerEpochException fenced) {
                LOG.atError().log("another writer of this cluster took over; this one stopped writing");
                source.phase(WriterState.Phase.FENCED);
                return;
            } catch (KafkaException | TomboloException away) {
                source.phase(WriterState.Phase.CONNECTING);
                LOG.atWarn()
                        .addKeyValue("error", String.valueOf(away.getMessage()))
                        .log("backbone does not take records");
                pause(pauseMillis);
                pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
            }
        }
    }

    private boolean awaitPermission() {
        while (!closed) {
            switch (source.mayWrite()) {
                case WRITE -> {
                    return true;
                }
                case CLONED -> {
                    LOG.atError().log("another process writes with this cluster's identity; this one does not");
                    source.phase(WriterState.Phase.CLONED);
                    return false;
                }
                case WAIT -> pause(LOOK_AGAIN_MILLIS);
            }
        }
        return false;
    }

    private void sendAll(Producer<byte[], byte[]> producer) {
        while (!closed) {
            List<Outgoing> batch = source.next();
            if (batch.isEmpty()) {
                pause(LONGEST_PAUSE_MILLIS);
            } else {
                producer.beginTransaction();
                batch.forEach(one -> producer.send(message(one)));
                producer.commitTransaction();
                source.acknowledged(batch);
            }
        }
    }

    private static ProducerRecord<byte[], byte[]> message(Outgoing one) {
        return new ProducerRecord<>(
                one.topic(), 0, one.record().kafkaKey(), one.record().kafkaValue());
    }

    private void pause(long millis) {
        lock.lock();
        try {
            if (!woken && !closed) {
                boolean ignored = wake.await(millis, TimeUnit.MILLISECONDS);
            }
            woken = false;
        } catch (InterruptedException e) {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        wake();
        try {
            thread.join(2 * Producers.PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
