package io.tombolo.model.catalog;

/** Where a cluster stands in the federation. */
public enum MemberState {
    ADMITTED,
    LEFT,
    EVICTED
}
