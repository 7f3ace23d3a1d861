package io.tombolo.it.actors.kube;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/** The real API servers that tests may use: those that {@value #VARIABLE} names. */
public final class NamedApiServer {
    /** Names kubeconfigs, separated by commas. */
    public static final String VARIABLE = "TOMBOLO_TEST_KUBECONFIGS";

    private static final String PERMISSION = "tombolo-tests";

    private NamedApiServer() {}

    /** The first one's kubeconfig; empty if none is named. */
    public static Optional<Path> kubeconfig() {
        return kubeconfig(0);
    }

    /** @param index from 0, in the order in which they are named */
    static Optional<Path> kubeconfig(int index) {
        return Arrays.stream(
                        Objects.requireNonNullElse(System.getenv(VARIABLE), "").split(","))
                .map(String::strip)
                .filter(file -> !file.isEmpty())
                .skip(index)
                .findFirst()
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
