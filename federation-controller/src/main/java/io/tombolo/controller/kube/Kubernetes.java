package io.tombolo.controller.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tombolo.controller.store.ResourceStore;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationName;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The API server of this cluster, followed: its exports, policies and routes are this
 * cluster's, and the federation's services are there. */
public final class Kubernetes implements AutoCloseable {
    private final KubernetesClient client;
    private final KubeExports exports;
    private final KubeImports imports;
    private final List<KubeDeclared> declared;
    private final KubeProperties properties;

    /** Connects to nobody yet. @param properties of this cluster, by name; none while it is no member */
    public Kubernetes(
            KubeSettings settings,
            ResourceStore store,
            ExportNews exported,
            ImportNews imported,
            DeclaredNews news,
            Supplier<Map<String, String>> properties,
            InstantSource clock) {
        this.client = settings.client();
        this.properties = new KubeProperties(client, properties);
        this.declared = Arrays.stream(DeclaredKind.values())
                .map(kind -> new KubeDeclared(kind, client, store, news, clock))
                .toList();
        this.exports = new KubeExports(client, store, exported, clock);
        this.imports = new KubeImports(client, imported, clock);
    }

    /** What a member says of itself (KEP-2149). */
    public static Map<String, String> properties(ClusterId cluster, FederationName federation) {
        return Map.of(KubeProperties.CLUSTER, cluster.value(), KubeProperties.CLUSTER_SET, federation.value());
    }

    /** Begins to watch. */
    public void start() {
        exports.start();
        imports.start();
        declared.forEach(KubeDeclared::start);
        properties.start();
    }

    @Override
    public void close() {
        exports.close();
        imports.close();
        declared.forEach(KubeDeclared::close);
        properties.close();
        client.close();
    }
}
