package io.tombolo.controller.publish;

import io.tombolo.catalog.record.RecordSigner;

/** The key that this cluster's writer signs with. Safe from any thread but an event loop. */
public interface Signing {
    /**
     * Signs with another key from now on, in a new term, and once more all that older keys signed and that is still kept under
     * its key, withdrawals too. May be repeated: goes on where it was interrupted. Waits for an fsync per record.
     * @param next one that the members list; the new term and its records are on disk when this returns
     * @throws io.tombolo.model.fault.TomboloException STORE_FAILED, FENCED, CLONED
     */
    void signWith(RecordSigner next);

    /** How many records Kafka does not have of the catalog, and of the audit chain by older keys; 0 = an older key may go. */
    int unsent();
}
