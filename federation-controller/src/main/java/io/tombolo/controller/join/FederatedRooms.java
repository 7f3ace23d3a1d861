package io.tombolo.controller.join;

import java.util.List;
import java.util.Optional;

/** What runs once this cluster is a member. */
public interface FederatedRooms extends AutoCloseable {
    /** How a member stands. */
    enum Standing {
        JOINED,
        /** Another process writes with this identity. */
        CLONED,
        /** A newer writer took over. */
        FENCED,
        LEFT,
        EVICTED
    }

    Standing standing();

    /** Set on authorities. */
    Optional<Authority> authority();

    /** What changes the key that signs this cluster's records. */
    KeyRotation rotation();

    /** Whether the catalog of every member was read to its end and verified. */
    boolean verified();

    /** Pairs of gateways, one of this cluster, one of another, by whether a probe through the data port came back. */
    Pairs pairs();

    /**
     * Gateway pairs.
     * @param gatewayHere false: this cluster has no gateway yet, so waiting would prove nothing
     * @param unproven    {@code west gateway abc…}, at most 20 of them
     */
    record Pairs(boolean gatewayHere, int proven, List<String> unproven) {
        public Pairs {
            unproven = List.copyOf(unproven);
        }
    }

    @Override
    void close();
}
