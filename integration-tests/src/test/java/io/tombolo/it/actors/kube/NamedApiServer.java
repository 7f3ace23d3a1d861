package io.tombolo.it.actors.kube;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.Optional;

/** The real API server that tests may use: the first that {@value #VARIABLE} names. */
public final class NamedApiServer {
    /** Names kubeconfigs, separated by commas. */
    public static final String VARIABLE = "TOMBOLO_TEST_KUBECONFIGS";

    private static final String PERMISSION = "tombolo-tests";

    private NamedApiServer() {}

    /** Its kubeconfig; empty if none is named. */
    public static Optional<Path> kubeconfig() {
        return Optional.ofNullable(System.getenv(VARIABLE))
                .map(files -> files.split(",", 2)[0])
                .filter(file -> !file.isBlank())
                .map(Path::of);
    }

    /**
     * Everything may be done with it.
     * @throws IllegalStateException unless the namespace {@value #PERMISSION} is there, which says that the cluster is for tests
     */
    public static KubernetesClient client(Path kubeconfig) {
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .build();
        if (client.namespaces().withName(PERMISSION).get() == null) {
            throw new IllegalStateException(kubeconfig + " is a cluster without the namespace " + PERMISSION
                    + ": make it to say that tests may delete objects there");
        }
        return client;
    }
}
