package io.tombolo.model.outcome;

/** Whose doing an outcome is. Only APP and SIDECAR speak against an instance, only NETWORK and GATEWAY against a path. */
public enum Blame {
    CLIENT,
    NETWORK,
    GATEWAY,
    POLICY,
    SIDECAR,
    APP,
    UNKNOWN;

    /** Whether it counts toward ejecting the instance that answered. */
    public boolean againstInstance() {
        return this == APP || this == SIDECAR;
    }

    /** Whether it counts against the path, that is the gateway instance or the network to it. */
    public boolean againstPath() {
        return this == NETWORK || this == GATEWAY;
    }
}
