package io.tombolo.model.catalog;

/** Where TLS of an export ends. */
public enum ExportMode {
    /** At the destination sidecar; the gateway sees the server name only. */
    PASSTHROUGH,
    /** At the exporting cluster's gateway. */
    TERMINATE
}
