package io.tombolo.controller.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.wire.file.FileKind;
import io.tombolo.wire.file.Journal;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who changed what here, newest first; on disk before the change is answered. Also there while this is no member. */
public final class AuditTrail implements AutoCloseable {
    /** Entries that are kept; the federation's audit log keeps the rest. */
    public static final int REMEMBERED = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /** One change. */
    public record Entry(String at, String actor, String action, String subject) {}

    private final Journal journal;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private int written;

    public AuditTrail(StateDirectory state) {
        Journal.Opened opened = Journal.open(state.file("audit.journal"), new FileKind("AUDT", 1));
        opened.damage()
                .ifPresent(
                        d -> LOG.atError().addKeyValue("fault", d.getMessage()).log("audit was cut"));
        this.journal = opened.journal();
        opened.entries().forEach(this::replay);
    }

    /** Keeps one; fsynced when it returns. */
    public synchronized void add(Instant at, String actor, String action, String subject) {
        var entry = new Entry(at.toString(), actor, action, subject);
        journal.append(bytes(entry));
        remember(entry);
        if (++written > REMEMBERED) {
            written = 0;
            journal.replaceAll(
                    entries.reversed().stream().map(AuditTrail::bytes).toList());
        }
        LOG.atInfo()
                .addKeyValue("actor", actor)
                .addKeyValue("action", action)
                .addKeyValue("subject", subject)
                .log("changed");
    }

    synchronized List<Entry> last(int count) {
        return new ArrayList<>(entries).subList(0, Math.min(count, entries.size()));
    }

    private void replay(byte[] bytes) {
        try {
            remember(JSON.readValue(bytes, Entry.class));
        } catch (IOException foreign) {
            LOG.warn("an audit entry was not read", foreign);
        }
    }

    private void remember(Entry entry) {
        entries.addFirst(entry);
        if (entries.size() > REMEMBERED) {
            entries.removeLast();
        }
    }

    private static byte[] bytes(Entry entry) {
        try {
            return JSON.writeValueAsBytes(entry);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("four texts", impossible);
        }
    }

    @Override
    public void close() {
        journal.close();
    }
}
