package io.tombolo.benchmarks.kube;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A Kubernetes cluster that may be written to. */
sealed interface TestCluster extends AutoCloseable permits NamedCluster, ImitatedCluster {
    /** Where everything of the benchmark is. */
    String NAMESPACE = "tombolo-bench";

    long PAGE = 500;

    CustomResourceDefinitionContext IMPORTS = new CustomResourceDefinitionContext.Builder()
            .withGroup("multicluster.x-k8s.io")
            .withVersion("v1beta1")
            .withKind("ServiceImport")
            .withPlural("serviceimports")
            .withScope("Namespaced")
            .build();

    /** The one that the environment names, with an API server that is a program of its own, or else an imitated one. */
    static TestCluster open() {
        return NamedCluster.named().orElseGet(ImitatedCluster::new);
    }

    /** What answers there. */
    String server();

    KubernetesClient client();

    Path kubeconfig();

    /** Until now. */
    Asked asked();

    default void makeNamespace() {
        client().resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
    }

    /** What the label {@code bench} of each import says, by its name; page by page. */
    default Map<String, String> imports() {
        var found = new HashMap<String, String>();
        String next = "";
        do {
            var page = client().genericKubernetesResources(IMPORTS)
                    .inNamespace(NAMESPACE)
                    .list(new ListOptionsBuilder()
                            .withLimit(PAGE)
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
    void close();
}
