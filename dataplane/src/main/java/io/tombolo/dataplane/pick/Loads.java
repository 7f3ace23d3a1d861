package io.tombolo.dataplane.pick;

import io.tombolo.model.name.InstanceId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Connections that this gateway has to each instance, being dialled or relayed. Any thread; idle instances take no room. */
public final class Loads {
    private final Map<InstanceId, Integer> connections = new ConcurrentHashMap<>();

    /** One connection more. */
    public void began(InstanceId instance) {
        connections.merge(instance, 1, Integer::sum);
    }

    /** One less. */
    public void ended(InstanceId instance) {
        connections.computeIfPresent(instance, (id, count) -> count == 1 ? null : count - 1);
    }

    /** How many there are now. */
    public int of(InstanceId instance) {
        return connections.getOrDefault(instance, 0);
    }
}
