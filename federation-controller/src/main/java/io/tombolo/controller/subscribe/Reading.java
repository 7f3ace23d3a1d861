package io.tombolo.controller.subscribe;

import io.tombolo.catalog.log.FederationLog;
import io.tombolo.catalog.log.Now;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.RecordReader;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.catalog.record.Verdict;
import io.tombolo.controller.publish.PulseEcho;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.wire.log.Log;
import java.time.Clock;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies what was read, record by record, and watches for the own pulse. Confined to the reader's thread. */
final class Reading {
    private static final Logger LOG = LoggerFactory.getLogger(Reading.class);

    private final ClusterId own;
    private final PulseEcho echo;
    private final Clock clock;
    private FederationLog log;
    private OptionalLong foreignPulseAtNanos = OptionalLong.empty();

    Reading(ClusterId own, PulseEcho echo, Clock clock, FederationLog log) {
        this.own = own;
        this.echo = echo;
        this.clock = clock;
        this.log = log;
    }

    FederationLog log() {
        return log;
    }

    OptionalLong foreignPulseAtNanos() {
        return foreignPulseAtNanos;
    }

    void atTail(ClusterId cluster) {
        log = log.atTail(cluster);
    }

    /**
     * Applies one record.
     * @param again whether its topic is read a second time: then it is no offence that it is old
     * @return whether something changed
     */
    boolean apply(LogTopic topic, ConsumerRecord<byte[], byte[]> record, boolean again) {
        Now now = Now.of(clock);
        var applied = log.apply(topic.log(), topic.owner(), record.key(), record.value(), now);
        if (again && applied.verdict() instanceof Verdict.Refused(Fault fault, String _) && fault == Fault.OLD_RECORD) {
            return false;
        }
        log = applied.state();
        if (applied.verdict() instanceof Verdict.Refused refused) {
            LOG.atWarn()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("fault", refused.fault().code())
                    .log("record refused: {}", refused.text());
            return true;
        }
        if (topic.log() == Log.LOG_PULSE && applied.verdict().changedSomething()) {
            pulse(record, now);
        }
        return applied.verdict().changedSomething();
    }

    /** Takes a record that came another way than by Kafka. */
    void apply(SignedRecord record) {
        log = log.apply(record, Now.of(clock)).state();
    }

    private void pulse(ConsumerRecord<byte[], byte[]> record, Now now) {
        try {
            SignedRecord pulse = RecordReader.read(Log.LOG_PULSE, record.key(), record.value());
            if (!pulse.origin().equals(own)) {
                log = log.newsFrom(pulse.origin(), now);
            } else if (pulse.payload() instanceof Payload.Pulse said) {
                if (echo.isOurs(said.startId())) {
                    echo.writtenAt(said.counter()).ifPresent(written -> log = log.ownPulseReadBack(written, now));
                } else {
                    foreignPulseAtNanos = OptionalLong.of(now.nanos());
                }
            }
        } catch (TomboloException impossible) {
            throw new IllegalStateException("a record that was believed reads", impossible);
        }
    }
}
