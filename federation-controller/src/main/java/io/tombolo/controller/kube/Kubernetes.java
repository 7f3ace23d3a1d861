package io.tombolo.controller.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tombolo.controller.store.ResourceStore;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationName;
import io.tombolo.trustbundle.key.KeyPin;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The API server of this cluster, followed: its exports, policies and routes are this
 * cluster's, and the federation's services are there. */
public final class Kubernetes implements AutoCloseable {
    private final KubernetesClient client;
    private final KubeExports exports;
    private final KubeImports imports;
    private final List<KubeDeclared> declared;
    private final KubeProperties properties;
    private final Optional<KubeMesh> mesh;
    private final Optional<KubeInjection> injection;

    /**
     * Connects to nobody yet.
     * @param properties of this cluster, by name; none while it is no member
     * @param roots      PEM of what the API server knows this controller by, where it puts sidecars into pods
     * @param mesh       what proxies are told of this controller, see {@link #mesh(HostPort, KeyPin)}
     */
    public Kubernetes(
            KubeSettings settings,
            ResourceStore store,
            ExportNews exported,
            ImportNews imported,
            DeclaredNews news,
            Supplier<Map<String, String>> properties,
            Supplier<Map<String, String>> mesh,
            Optional<Supplier<String>> roots,
            InstantSource clock) {
        this.client = settings.client();
        this.properties = new KubeProperties(client, properties);
        this.injection = roots.map(pem -> new KubeInjection(client, pem));
        this.mesh = settings.namespace().map(namespace -> new KubeMesh(client, namespace, mesh));
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

    /** How proxies find a controller and know it. */
    public static Map<String, String> mesh(HostPort controller, KeyPin ca) {
        return Map.of(KubeMesh.CONTROLLER, controller.toString(), KubeMesh.CA_PIN, ca.toString());
    }

    /** Begins to watch. */
    public void start() {
        exports.start();
        imports.start();
        declared.forEach(KubeDeclared::start);
        properties.start();
        mesh.ifPresent(KubeMesh::start);
        injection.ifPresent(KubeInjection::start);
    }

    /** What the API server does not do now, each thing once; empty if all is well. */
    public List<String> warnings() {
        return Stream.of(
                        Stream.of(exports.warnings(), imports.warnings(), properties.warnings()),
                        declared.stream().map(KubeDeclared::warnings),
                        mesh.map(KubeMesh::warnings).stream(),
                        injection.map(KubeInjection::warnings).stream())
                .flatMap(all -> all)
                .flatMap(List::stream)
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        exports.close();
        imports.close();
        declared.forEach(KubeDeclared::close);
        properties.close();
        mesh.ifPresent(KubeMesh::close);
        injection.ifPresent(KubeInjection::close);
        client.close();
    }
}
