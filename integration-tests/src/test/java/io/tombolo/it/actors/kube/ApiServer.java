package io.tombolo.it.actors.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.tombolo.it.actors.FaultProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;

/**
 * An API server that keeps objects as the real one does, and the owner of services on it. Controllers reach it through a network
 * that can fail.
 */
public final class ApiServer implements AutoCloseable {
    private static final CustomResourceDefinitionContext EXPORTS = new CustomResourceDefinitionContext.Builder()
            .withGroup("multicluster.x-k8s.io")
            .withVersion("v1beta1")
            .withKind("ServiceExport")
            .withPlural("serviceexports")
            .withScope("Namespaced")
            .withStatusSubresource(true)
            .build();

    private final KubernetesMockServer server;
    private final KubernetesClient client;
    private final FaultProxy network;

    private ApiServer(KubernetesMockServer server) {
        this.server = server;
        this.client = server.createClient();
        this.network = FaultProxy.before(server.getPort());
    }

    public static ApiServer start() {
        var server = new KubernetesMockServer(
                new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
        server.start();
        server.expectCustomResource(EXPORTS);
        return new ApiServer(server);
    }

    /** For a controller. */
    public Path kubeconfig(Path directory) throws IOException {
        return Files.writeString(
                Files.createDirectories(directory).resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: here
                clusters: [{name: here, cluster: {server: "http://%s"}}]
                users: [{name: controller, user: {}}]
                contexts: [{name: here, context: {cluster: here, user: controller}}]
                """.formatted(network.address()));
    }

    /** Between it and the controllers. */
    public FaultProxy network() {
        return network;
    }

    /** Makes a Service with one port. @param appProtocol such as {@code http} */
    public void hasService(String namespace, String name, String appProtocol) {
        client.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withType("ClusterIP")
                        .withClusterIP("10.96.0.10")
                        .addNewPort()
                        .withPort(80)
                        .withAppProtocol(appProtocol)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
    }

    /** Makes a ServiceExport. */
    public void exports(String namespace, String name) {
        client.genericKubernetesResources(EXPORTS)
                .inNamespace(namespace)
                .resource(new GenericKubernetesResourceBuilder()
                        .withApiVersion("multicluster.x-k8s.io/v1beta1")
                        .withKind("ServiceExport")
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    /** Deletes it. */
    public void unexports(String namespace, String name) {
        client.genericKubernetesResources(EXPORTS)
                .inNamespace(namespace)
                .withName(name)
                .delete();
    }

    /** {@code Ready=True/Exported} and the like, as an export's status has them. */
    public List<String> conditions(String namespace, String name) {
        GenericKubernetesResource export = client.genericKubernetesResources(EXPORTS)
                .inNamespace(namespace)
                .withName(name)
                .get();
        JsonNode conditions = export == null
                ? MissingNode.getInstance()
                : new ObjectMapper().<JsonNode>valueToTree(export).at("/status/conditions");
        return conditions
                .valueStream()
                .map(one -> one.path("type").asText() + "=" + one.path("status").asText() + "/"
                        + one.path("reason").asText())
                .toList();
    }

    @Override
    public void close() {
        network.close();
        client.close();
        server.destroy();
    }
}
