package io.tombolo.controller.api;

import io.tombolo.controller.publish.Publication;
import io.tombolo.controller.tokens.Caller;
import io.tombolo.model.name.ServiceName;
import java.util.Optional;

/** What follows from a change that a user made. */
public interface Changes {
    /** Brings the change to the federation's outbox, if this cluster is a member; blocks for fsyncs. */
    void sync();

    /** The record of one export. */
    Optional<Publication> publication(ServiceName service);

    /** Writes an audit entry: to the chain of a member, to the log file of anybody. */
    void audit(Caller caller, String action, String subject);
}
