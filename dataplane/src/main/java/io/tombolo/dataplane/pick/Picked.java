package io.tombolo.dataplane.pick;

import io.tombolo.dataplane.outcome.EndpointKey;
import io.tombolo.dataplane.outcome.PathKey;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.name.Sni;
import io.tombolo.model.name.SpiffeId;
import java.util.Optional;
import java.util.Set;

/**
 * Where one attempt goes.
 * @param endpoint  who shall answer; who does answer is known after the handshake
 * @param address   what is dialled if no connection is there
 * @param path      the gateway at that address; empty = an instance of the own cluster, dialled directly
 * @param name      the server name to ask for
 * @param serverIds who may answer
 */
public record Picked(
        EndpointKey endpoint, HostPort address, Optional<PathKey> path, Sni.Service name, Set<SpiffeId> serverIds) {
    public Picked {
        serverIds = Set.copyOf(serverIds);
    }
}
