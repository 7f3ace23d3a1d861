package io.tombolo.benchmarks.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.tombolo.benchmarks.place.Workshop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** One in this JVM that keeps objects in memory and counts what it is asked. How fast it answers says nothing. */
final class ImitatedCluster implements TestCluster {
    /** What a controller writes; of the kinds that it only reads there is nothing here. */
    private static final CustomResourceDefinitionContext PROPERTIES = new CustomResourceDefinitionContext.Builder()
            .withGroup("about.k8s.io")
            .withVersion("v1alpha1")
            .withKind("ClusterProperty")
            .withPlural("clusterproperties")
            .withScope("Cluster")
            .build();

    /** It tells each request; kept here, for loggers that nobody has are forgotten. */
    private static final Logger SILENT = Logger.getLogger("io.fabric8.mockwebserver");

    private final CountingDispatcher dispatcher = new CountingDispatcher();
    private final KubernetesMockServer server =
            new KubernetesMockServer(new Context(), new MockWebServer(), dispatcher.answers(), dispatcher, false);
    private final KubernetesClient client;
    private final Path kubeconfig = Workshop.open("imitated").file("kubeconfig");

    ImitatedCluster() {
        SILENT.setLevel(Level.WARNING);
        server.start();
        client = server.createClient();
        Stream.of(IMPORTS, PROPERTIES).forEach(server::expectCustomResource);
        try {
            Files.writeString(kubeconfig, """
                    apiVersion: v1
                    kind: Config
                    current-context: here
                    clusters: [{name: here, cluster: {server: "http://127.0.0.1:%d"}}]
                    users: [{name: controller, user: {token: controller}}]
                    contexts: [{name: here, context: {cluster: here, user: controller}}]
                    """.formatted(server.getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        makeNamespace();
    }

    @Override
    public String server() {
        return "an imitated API server";
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public Path kubeconfig() {
        return kubeconfig;
    }

    @Override
    public Asked asked() {
        return dispatcher.asked();
    }

    @Override
    public void close() {
        client.close();
        server.destroy();
    }
}
