package io.tombolo.model.httproute;

/** As what a route or a grant names a service. Both lead to the service of that name; a grant for one is none for the other. */
public enum ServiceKind {
    SERVICE("Service", ""),
    /** Of the MCS API: there as long as some cluster exports it. */
    SERVICE_IMPORT("ServiceImport", "multicluster.x-k8s.io");

    private final String text;
    private final String group;

    ServiceKind(String text, String group) {
        this.text = text;
        this.group = group;
    }

    /** As in YAML. */
    public String text() {
        return text;
    }

    /** As in YAML; empty = Kubernetes' own. */
    public String group() {
        return group;
    }
}
