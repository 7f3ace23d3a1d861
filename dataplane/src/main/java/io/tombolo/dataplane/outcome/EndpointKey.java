package io.tombolo.dataplane.outcome;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServicePort;
import java.util.Optional;

/**
 * What answers: one instance of one port of a service in one cluster. Never a gateway, which is only a path.
 * @param instance empty = whoever answers, when instances are not known one by one
 */
public record EndpointKey(ServicePort port, ClusterId cluster, Optional<InstanceId> instance) {
    /** The same, whoever answers. */
    public EndpointKey anybody() {
        return new EndpointKey(port, cluster, Optional.empty());
    }

    @Override
    public String toString() {
        return port + " in " + cluster + instance.map(id -> " at " + id).orElse("");
    }
}
