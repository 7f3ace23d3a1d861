package io.tombolo.controller.subscribe;

/**
 * The way to Kafka, at one moment.
 * @param state            CONNECTING, CONNECTED, UNREACHABLE or DENIED
 * @param lastContactAgeMs since Kafka last answered; -1 = never in this process
 */
public record BackboneContact(State state, long lastContactAgeMs) {
    /** How it is. */
    public enum State {
        CONNECTING,
        CONNECTED,
        UNREACHABLE,
        /** Kafka refuses this credential. */
        DENIED
    }
}
