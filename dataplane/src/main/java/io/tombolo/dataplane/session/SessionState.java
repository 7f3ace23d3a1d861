package io.tombolo.dataplane.session;

import io.tombolo.dataplane.hello.Greeted;
import io.tombolo.dataplane.relay.Relay;
import io.tombolo.model.catalog.LocalInstance;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.Sni;
import java.util.Optional;
import java.util.Set;

/** Where a session stands; each state holds exactly what must be given back when it ends. */
sealed interface SessionState {
    /** TCP is up, no ClientHello yet; the hello room holds what was read. */
    record AwaitingHello() implements SessionState {}

    /**
     * A name is known and an upstream is being dialled; the client does not read.
     * @param name     empty = the controller
     * @param instance being dialled; empty = the controller
     * @param tried    instances that did not answer
     */
    record Dialling(
            Greeted greeted, Optional<Sni.Service> name, Optional<LocalInstance> instance, Set<InstanceId> tried)
            implements SessionState {}

    /** Bytes go both ways. */
    record Relaying(Relay relay, Optional<LocalInstance> instance) implements SessionState {}

    /** Refused, handed to the probe room, or over: nothing is held any more. */
    record Done() implements SessionState {}
}
