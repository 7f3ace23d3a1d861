package io.tombolo.catalog.health;

import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.PayloadWriter;
import io.tombolo.catalog.record.RecordFormat;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.name.ServiceName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Cuts the own health into batches that fit records. What fits one goes as it is. A full state that does not fit goes as
 * several changes, because a full one makes everything unknown that it does not name.
 */
public final class HealthBatches {
    /** Room for the envelope, in bytes. */
    private static final int ENVELOPE_BYTES = 1_024;

    private static final int LIMIT = RecordFormat.MAX_RECORD_BYTES - ENVELOPE_BYTES;
    private static final int PATHS_PER_BATCH = 512;

    private HealthBatches() {}

    /**
     * Batches to be signed in this order, their counters as seq.
     * @param nextCounter of the first one; the next call begins after the last one's
     */
    public static List<Payload.Health> of(
            boolean full, Collection<ServiceHealth> services, Collection<PathHealth> paths, long nextCounter) {
        var whole = new Payload.Health(full, List.copyOf(services), List.copyOf(paths), nextCounter);
        if (PayloadWriter.bytes(whole).size() <= LIMIT) {
            return List.of(whole);
        }
        var cut = new ArrayList<Payload.Health>();
        for (List<ServiceHealth> some : fitting(services)) {
            cut.add(new Payload.Health(false, some, List.of(), nextCounter + cut.size()));
        }
        List<PathHealth> all = List.copyOf(paths);
        for (int from = 0; from < all.size(); from += PATHS_PER_BATCH) {
            List<PathHealth> some = all.subList(from, Math.min(all.size(), from + PATHS_PER_BATCH));
            cut.add(new Payload.Health(false, List.of(), some, nextCounter + cut.size()));
        }
        return List.copyOf(cut);
    }

    /**
     * What differs between two states, by name; a service that is gone has no instance.
     * @return empty if nothing does
     */
    public static List<ServiceHealth> changes(
            Map<ServiceName, ServiceHealth> before, Map<ServiceName, ServiceHealth> now) {
        var changed = new TreeMap<ServiceName, ServiceHealth>();
        before.keySet().forEach(gone -> changed.put(gone, new ServiceHealth(gone, 0, 0, 0, 0, List.of())));
        changed.putAll(now);
        changed.values().removeIf(health -> health.equals(before.get(health.service())));
        return List.copyOf(changed.values());
    }

    /** Greedy: a part is full when the next entry would not fit. */
    private static List<List<ServiceHealth>> fitting(Collection<ServiceHealth> services) {
        var parts = new ArrayList<List<ServiceHealth>>();
        int bytes = LIMIT;
        for (ServiceHealth health : services) {
            int size = PayloadWriter.bytes(new Payload.Health(false, List.of(health), List.of(), 1))
                    .size();
            if (bytes + size > LIMIT) {
                parts.add(new ArrayList<>());
                bytes = 0;
            }
            parts.getLast().add(health);
            bytes += size;
        }
        return parts;
    }
}
