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
import java.util.Optional;
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
    private final UnknownKeys keys = new UnknownKeys();
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

    /** What became of a record. */
    sealed interface Result {
        /** @param something whether what is known changed, be it the count of refusals */
        record Applied(boolean something) implements Result {}

        /** It is to be read again once the members were read to their end: they may have this key by now. */
        record NotYet(UnknownKeys.Key key) implements Result {}
    }

    /**
     * Applies one record.
     * @param again whether its topic is read a second time: then it is no offence that it is old
     */
    Result apply(LogTopic topic, ConsumerRecord<byte[], byte[]> record, boolean again) {
        Now now = Now.of(clock);
        var applied = log.apply(topic.log(), topic.owner(), record.key(), record.value(), now);
        if (again && applied.verdict() instanceof Verdict.Refused(Fault fault, String _) && fault == Fault.OLD_RECORD) {
            return new Result.Applied(false);
        }
        Optional<UnknownKeys.Key> unknown = unknownKey(topic, record, applied.verdict());
        if (unknown.isPresent()) {
            return new Result.NotYet(unknown.get());
        }
        log = applied.state();
        if (applied.verdict() instanceof Verdict.Refused refused) {
            LOG.atWarn()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("fault", refused.fault().code())
                    .log("record refused: {}", refused.text());
            return new Result.Applied(true);
        }
        if (topic.log() == Log.LOG_PULSE && applied.verdict().changedSomething()) {
            pulse(record, now);
        }
        return new Result.Applied(applied.verdict().changedSomething());
    }

    /** Of catalogs only: what is refused of the others comes again within seconds, or is replaced by what is newer. */
    private Optional<UnknownKeys.Key> unknownKey(
            LogTopic topic, ConsumerRecord<byte[], byte[]> record, Verdict verdict) {
        boolean maybe = topic.log() == Log.LOG_CATALOG
                && verdict instanceof Verdict.Refused(Fault fault, String _)
                && (fault == Fault.BAD_SIGNATURE || fault == Fault.NOT_A_MEMBER);
        return maybe
                ? keys.toWaitFor(log.members(), RecordReader.read(topic.log(), record.key(), record.value()))
                : Optional.empty();
    }

    /** The members were read to their end for {@code key}. */
    void settle(UnknownKeys.Key key) {
        keys.settle(key);
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
