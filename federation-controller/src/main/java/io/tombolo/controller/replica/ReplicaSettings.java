package io.tombolo.controller.replica;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * This process as one of several.
 * @param name          its pod's; the one that ends in {@code -0} is the first that leads
 * @param host          where the others reach it
 * @param tokenFile     of its pod's service account, for the audience {@code tombolo-controller}; replaced now and then
 * @param takeoverAfter how long nothing is heard of the leader before another one takes over; 500 ms to 1 min
 * @param maxForwarded  connections that are handed on to the leader at a time, 1 to 100000
 * @param maxWaitingBytes of changes, and of a first copy, that a follower has not taken yet
 */
public record ReplicaSettings(
        String name, String host, Path tokenFile, Duration takeoverAfter, int maxForwarded, int maxWaitingBytes) {
    /** Whether it may lead where nobody ever did: the first of a StatefulSet. */
    boolean isFirst() {
        return name.endsWith("-0");
    }

    /**
     * The token of this pod, as its file says now: the kubelet renews it.
     * @throws TomboloException BAD_SETTING
     */
    public String token() {
        try {
            return Files.readString(tokenFile, StandardCharsets.US_ASCII).strip();
        } catch (IOException missing) {
            throw new TomboloException(
                    Fault.BAD_SETTING,
                    "controller.replica.token-file = " + tokenFile,
                    "cannot be read",
                    "mount a serviceAccountToken volume with audience tombolo-controller there",
                    missing);
        }
    }
}
