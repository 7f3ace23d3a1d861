package io.tombolo.controller.join;

import io.tombolo.catalog.record.RecordReader;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.controller.publish.Publication;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.wire.log.SignedEnvelope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Of what this authority signed, the newest record of each key that Kafka has not confirmed yet; on disk. The reader is no proof:
 * it is told of them before Kafka is, and keeps them in its snapshot. Safe from any thread.
 */
final class UnsentMembers {
    private static final Logger LOG = LoggerFactory.getLogger(UnsentMembers.class);

    private final MembersFile file;
    private final Executor aside;
    private final Map<String, SignedEnvelope> unsent = new LinkedHashMap<>();

    /** @param aside where the file is written when Kafka confirmed: not on the writer's thread */
    UnsentMembers(MembersFile file, Executor aside) {
        this.file = file;
        this.aside = aside;
        file.read().forEach(signed -> unsent.put(key(signed), signed));
    }

    /** A record was signed and is in the book. It is on disk here as well when this returns. */
    synchronized void signed(SignedRecord record) {
        unsent.put(record.key(), record.signed());
        write();
    }

    /** It is on its way, and forgotten when it is there. */
    void sent(SignedEnvelope record, Publication on) {
        on.acknowledged().thenRunAsync(() -> confirmed(record), aside);
    }

    private synchronized void confirmed(SignedEnvelope record) {
        if (unsent.remove(key(record), record)) {
            try {
                write();
            } catch (TomboloException notWritten) {
                LOG.atWarn().log("sent again after the next start: {}", notWritten.getMessage());
            }
        }
    }

    /** Whether Kafka may not have it. */
    synchronized boolean has(SignedEnvelope record) {
        return record.equals(unsent.get(key(record)));
    }

    private void write() {
        file.write(List.copyOf(unsent.values()));
    }

    private static String key(SignedEnvelope record) {
        return RecordReader.reopen(record).key();
    }
}
