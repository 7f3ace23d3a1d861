package io.tombolo.controller.publish;

import io.tombolo.wire.log.SignedEnvelope;

/** Writes to the members topic; works on authorities only, whose principal may. Safe from any thread but an event loop. */
public interface MembersWriter extends AutoCloseable {
    /**
     * Keeps a signed members record (fsynced) and sends it.
     * @throws io.tombolo.model.fault.TomboloException STORE_FAILED; NOT_AN_AUTHORITY
     */
    Publication publish(SignedEnvelope record);

    @Override
    void close();
}
