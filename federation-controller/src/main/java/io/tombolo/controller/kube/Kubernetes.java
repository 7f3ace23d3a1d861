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
    private static final String WRITES = "tombolo.kubernetes.writes";

    private final KubernetesClient client;
    private final List<Following> all;

    /**
     * Connects to nobody yet.
     * @param placing    empty = imports have no addresses
     * @param properties of this cluster, by name; none while it is no member
     * @param roots      PEM of what the API server knows this controller by, where it puts sidecars into pods
     * @param mesh       what proxies are told of this controller, see {@link #mesh(HostPort, KeyPin)}
     */
    public Kubernetes(
            KubeSettings settings,
            ResourceStore store,
            ExportNews exported,
            ImportNews imported,
            Optional<Placing> placing,
            DeclaredNews news,
            Supplier<Map<String, String>> properties,
            Supplier<Map<String, String>> mesh,
            Optional<Supplier<String>> roots,
            InstantSource clock) {
        this.client = settings.client();
        var writes = new ApiWrites(WRITES, settings.writes(), System::nanoTime);
        this.all = Stream.of(
                        Stream.of(new KubeExports(client, store, exported, writes, clock)),
                        imports(client, settings, imported, placing, writes, clock),
                        Arrays.stream(DeclaredKind.values())
                                .map(kind -> new KubeDeclared(kind, client, store, news, writes, clock)),
                        Stream.of(new KubeProperties(client, properties, writes)),
                        settings.namespace().stream().map(namespace -> new KubeMesh(client, namespace, mesh, writes)),
                        roots.stream().map(pem -> new KubeInjection(client, pem, writes)))
                .<Following>flatMap(some -> some)
                .toList();
    }

    private static Stream<Following> imports(
            KubernetesClient client,
            KubeSettings settings,
            ImportNews imported,
            Optional<Placing> placing,
            ApiWrites writes,
            InstantSource clock) {
        if (placing.isEmpty()) {
            return Stream.of(
                    new KubeImports(client, imported, Optional.empty(), writes, clock),
                    new KubeLeftovers(client, settings.namespace(), writes));
        }
        EndpointNews endpoints = placing.get().endpoints();
        Optional<String> leases = settings.namespace();
        // A lease that waits behind thousands of imports would be over.
        var ofLeases = new ApiWrites(WRITES, settings.writes(), System::nanoTime);
        var ofSlices = new ApiWrites("tombolo.kubernetes.slice.writes", settings.sliceWrites(), System::nanoTime);
        var given = new GivenAddresses(placing.get().before(), placing.get().told());
        var imports = new KubeImports(client, imported, Optional.of(given), writes, clock);
        return Stream.concat(
                Stream.of(
                        imports,
                        new KubeDerived(client, imports, given, settings.limits(), writes),
                        new KubeSlices(client, endpoints, imports, leases, ofSlices)),
                leases.stream().map(namespace -> new KubeLeases(client, namespace, endpoints, ofLeases)));
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
        all.forEach(Following::start);
    }

    /** What the federation exports is another thing now: looks soon. Safe on any thread; never blocks. */
    public void federationChanged() {
        all.forEach(one -> one.follower().changed());
    }

    /** What the API server does not do now, each thing once; empty if all is well. */
    public List<String> warnings() {
        return all.stream()
                .flatMap(one -> one.warnings().stream())
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        all.forEach(Following::close);
        client.close();
    }
}
