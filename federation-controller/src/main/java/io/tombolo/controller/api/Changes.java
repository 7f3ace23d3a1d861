package io.tombolo.controller.api;

import io.tombolo.controller.publish.Publication;
import io.tombolo.controller.tokens.Caller;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.routing.EvacuationOrder;
import java.util.Optional;
import java.util.function.Supplier;

/** What follows from a change that a user made. */
public interface Changes {
    /** Brings the change to the federation's outbox, if this cluster is a member; blocks for fsyncs. */
    void sync();

    /**
     * The same for what is on disk and counts here already, so that it must not be refused any more: what cannot be brought to the
     * outbox now is tried again each second.
     * @return whether it is in the outbox
     */
    boolean syncOrLater();

    /** The record of one export. */
    Optional<Publication> publication(ServiceName service);

    /** The record of a policy for the whole federation; empty for one that counts here only. */
    Optional<Publication> policy(String kind, ServiceName name);

    /** The record of an order to evacuate a cluster. */
    Optional<Publication> evacuation(EvacuationOrder order);

    /**
     * Writes an audit entry: to the chain of a member, to the log file of anybody.
     * @throws TomboloException STORE_FAILED
     */
    void audit(Caller caller, String action, String subject);

    /**
     * Does what is on record already: what cannot be recorded is not done. If it fails, that is recorded too, where the disk
     * still takes it.
     */
    default <T> T recorded(Caller caller, String action, String subject, Supplier<T> change) {
        audit(caller, action, subject);
        try {
            return change.get();
        } catch (RuntimeException failed) {
            try {
                audit(caller, action + ".failed", subject);
            } catch (TomboloException alsoFailed) {
                failed.addSuppressed(alsoFailed);
            }
            throw failed;
        }
    }
}
