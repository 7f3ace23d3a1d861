package io.tombolo.model.catalog;

/** The two types of the MCS API. */
public enum ServiceType {
    CLUSTER_SET_IP,
    HEADLESS
}
