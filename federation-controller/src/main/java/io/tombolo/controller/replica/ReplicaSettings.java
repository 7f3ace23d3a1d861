package io.tombolo.controller.replica;

import java.nio.file.Path;
import java.time.Duration;

/**
 * This process as one of several.
 * @param name          its pod's; the one that ends in {@code -0} is the first that leads
 * @param host          where the others reach it
 * @param tokenFile     of its pod's service account, for the audience {@code tombolo-controller}; replaced now and then
 * @param takeoverAfter how long nothing is heard of the leader before another one takes over; 500 ms to 1 min
 * @param maxForwarded  connections that are handed on to the leader at a time, 1 to 100000
 */
public record ReplicaSettings(String name, String host, Path tokenFile, Duration takeoverAfter, int maxForwarded) {
    /** Whether it may lead where nobody ever did: the first of a StatefulSet. */
    boolean isFirst() {
        return name.endsWith("-0");
    }
}
