package io.tombolo.model.catalog;

/** What an instance says of itself. An instance that is absent is unknown, not unhealthy. */
public enum InstanceState {
    NOT_READY,
    READY,
    DRAINING
}
