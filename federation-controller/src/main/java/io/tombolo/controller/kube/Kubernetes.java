package io.tombolo.controller.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tombolo.controller.store.ResourceStore;
import java.time.InstantSource;

/** The API server of this cluster, followed: its exports are this cluster's, and the federation's services are there. */
public final class Kubernetes implements AutoCloseable {
    private final KubernetesClient client;
    private final KubeExports exports;
    private final KubeImports imports;

    /** Connects to nobody yet. */
    public Kubernetes(
            KubeSettings settings, ResourceStore store, ExportNews exported, ImportNews imported, InstantSource clock) {
        this.client = settings.client();
        this.exports = new KubeExports(client, store, exported, clock);
        this.imports = new KubeImports(client, imported, clock);
    }

    /** Begins to watch. */
    public void start() {
        exports.start();
        imports.start();
    }

    @Override
    public void close() {
        exports.close();
        imports.close();
        client.close();
    }
}
