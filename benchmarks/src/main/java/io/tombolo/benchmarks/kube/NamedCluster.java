package io.tombolo.benchmarks.kube;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.tombolo.benchmarks.place.Pause;
import io.tombolo.benchmarks.place.Workshop;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A Kubernetes cluster that may be written to. What is made in it goes at the end. */
final class TestCluster implements AutoCloseable {
    static final String NAMESPACE = "tombolo-bench";

    private static final String VARIABLE = "TOMBOLO_TEST_KUBECONFIGS";
    private static final String PERMISSION = "tombolo-tests";
    private static final int PAGE = 500;
    private static final ResourceDefinitionContext IMPORTS = new ResourceDefinitionContext.Builder()
            .withGroup("multicluster.x-k8s.io")
            .withVersion("v1beta1")
            .withKind("ServiceImport")
            .withPlural("serviceimports")
            .withNamespaced(true)
            .build();

    private final Path kubeconfig;
    private final KubernetesClient client;

    private TestCluster(Path kubeconfig) {
        this.kubeconfig = kubeconfig;
        this.client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .build();
    }

    /** @throws IllegalStateException if none is named, or one that is not for tests */
    static TestCluster named() {
        String named = System.getenv(VARIABLE);
        if (named == null || named.isBlank()) {
            throw new IllegalStateException(VARIABLE + " names no kubeconfig of a cluster for tests");
        }
        var cluster = new TestCluster(Path.of(named.split(",", 2)[0].strip()));
        if (cluster.client.namespaces().withName(PERMISSION).get() == null) {
            throw new IllegalStateException(cluster.kubeconfig + " is a cluster without the namespace " + PERMISSION
                    + ": make it to permit tests");
        }
        cluster.prepare();
        return cluster;
    }

    private void prepare() {
        remove();
        for (String shipped : new String[] {"crds.yaml", "rbac.yaml"}) {
            try (InputStream file = Files.newInputStream(
                    Workshop.home().resolve("deploy/kubernetes").resolve(shipped))) {
                client.load(file).resources().forEach(one -> one.createOr(there -> there.patch()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
    }

    private void remove() {
        client.namespaces().withName(NAMESPACE).delete();
        long deadline = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (client.namespaces().withName(NAMESPACE).get() != null) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("namespace " + NAMESPACE + " does not go");
            }
            Pause.forAbout(Duration.ofMillis(200));
        }
    }

    Path kubeconfig() {
        return kubeconfig;
    }

    Asked asked() {
        return Asked.of(client.raw("/metrics"));
    }

    /** What the label {@code bench} of each import says, by its name; page by page. */
    Map<String, String> imports() {
        var found = new HashMap<String, String>();
        String next = "";
        do {
            var page = client.genericKubernetesResources(IMPORTS)
                    .inNamespace(NAMESPACE)
                    .list(new ListOptionsBuilder()
                            .withLimit((long) PAGE)
                            .withContinue(next.isEmpty() ? null : next)
                            .build());
            for (GenericKubernetesResource one : page.getItems()) {
                found.put(
                        one.getMetadata().getName(),
                        one.getMetadata().getLabels().getOrDefault("bench", ""));
            }
            next = page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
        return found;
    }

    @Override
    public void close() {
        remove();
        client.close();
    }
}
