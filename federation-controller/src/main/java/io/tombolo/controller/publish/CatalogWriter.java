package io.tombolo.controller.publish;

import io.tombolo.catalog.record.Payload;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.catalog.ServiceHealth;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one writer of this cluster's records. Works while Kafka is down: records wait in the outbox, in order.
 * Safe from any thread but an event loop: a put waits for an fsync (some milliseconds).
 */
public interface CatalogWriter extends AutoCloseable {
    /**
     * Signs a catalog record and keeps it. A payload equal to the live one of that key writes nothing and gives the
     * publication of that one.
     * @throws io.tombolo.model.fault.TomboloException STORE_FAILED, FENCED, CLONED; RECORD_TOO_LARGE above 64 kB
     */
    Publication put(Payload payload);

    /** Signs the withdrawal of {@code key}; empty if nothing is live under it. */
    Optional<Publication> withdraw(String key);

    /**
     * What this cluster says now, of one kind; also what Kafka does not have yet. The same object until a record of the kind is
     * written, be it that another key signs the same once more.
     */
    <P extends Payload> List<P> live(Class<P> kind);

    /**
     * Offers a batch for the health topic. Never blocks, never queues more than one full and one delta: a later one
     * replaces what was not sent yet. Lost while Kafka is down: absent is unknown, and the next full one repairs it.
     * @param full whether {@code services} and {@code paths} are everything
     */
    void offerHealth(boolean full, List<ServiceHealth> services, List<PathHealth> paths);

    /**
     * Appends an entry to this cluster's audit chain; fsynced when it returns.
     * @param actor  a context's user, a SPIFFE id, or {@code controller}
     * @param action {@code verb.object}, such as {@code token.create}
     */
    void audit(String actor, String action, String subject, Map<String, String> details);

    /** How the writer is now; never blocks. */
    WriterState state();

    @Override
    void close();
}
