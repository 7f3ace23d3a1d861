package io.tombolo.dataplane.outcome;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceId;

/** A way into another cluster: one of its gateway processes. */
public record PathKey(ClusterId cluster, InstanceId gateway) {
    @Override
    public String toString() {
        return "gateway " + gateway + " of " + cluster;
    }
}
