package io.tombolo.model.catalog;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceId;

/**
 * What probes through the data port say of one peer gateway.
 * @param rttMicros smoothed round trip in µs; 0 = not measured
 * @param state     UNKNOWN until the first probe ended
 */
public record PathHealth(ClusterId cluster, InstanceId gateway, int rttMicros, State state) {
    /** Whether the path works. */
    public enum State {
        UNKNOWN,
        UP,
        DOWN
    }
}
