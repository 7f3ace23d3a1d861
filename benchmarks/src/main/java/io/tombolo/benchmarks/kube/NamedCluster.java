package io.tombolo.benchmarks.kube;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.tombolo.benchmarks.place.Pause;
import io.tombolo.benchmarks.place.Workshop;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** One that the environment names, by the kubeconfig of somebody who may do everything. What is made in it goes at the end. */
final class NamedCluster implements TestCluster {
    private static final String VARIABLE = "TOMBOLO_TEST_KUBECONFIGS";
    private static final String PERMISSION = "tombolo-tests";

    private final Path kubeconfig;
    private final KubernetesClient client;

    private NamedCluster(Path kubeconfig) {
        this.kubeconfig = kubeconfig;
        this.client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .build();
    }

    /**
     * Empty if none is named.
     * @throws IllegalStateException if it is not for tests
     */
    static Optional<TestCluster> named() {
        return Optional.ofNullable(System.getenv(VARIABLE))
                .filter(named -> !named.isBlank())
                .map(named -> permitted(Path.of(named.split(",", 2)[0].strip())));
    }

    private static NamedCluster permitted(Path kubeconfig) {
        var cluster = new NamedCluster(kubeconfig);
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
        makeNamespace();
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

    @Override
    public String server() {
        return "kube-apiserver " + client.getKubernetesVersion().getGitVersion();
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
        return Asked.of(client.raw("/metrics"));
    }

    @Override
    public void close() {
        remove();
        client.close();
    }
}
