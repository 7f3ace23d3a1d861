package io.tombolo.controller.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tombolo.controller.store.ResourceStore;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;

/** The API server of this cluster, followed: its exports, policies and routes are this
 * cluster's, and the federation's services are there. */
public final class Kubernetes implements AutoCloseable {
    private final KubernetesClient client;
    private final KubeExports exports;
    private final KubeImports imports;
    private final List<KubeDeclared> declared;

    /** Connects to nobody yet. */
    public Kubernetes(
            KubeSettings settings,
            ResourceStore store,
            ExportNews exported,
            ImportNews imported,
            DeclaredNews news,
            InstantSource clock) {
        this.client = settings.client();
        this.declared = Arrays.stream(DeclaredKind.values())
                .map(kind -> new KubeDeclared(kind, client, store, news, clock))
                .toList();
        this.exports = new KubeExports(client, store, exported, clock);
        this.imports = new KubeImports(client, imported, clock);
    }

    /** Begins to watch. */
    public void start() {
        exports.start();
        imports.start();
        declared.forEach(KubeDeclared::start);
    }

    @Override
    public void close() {
        exports.close();
        imports.close();
        declared.forEach(KubeDeclared::close);
        client.close();
    }
}
