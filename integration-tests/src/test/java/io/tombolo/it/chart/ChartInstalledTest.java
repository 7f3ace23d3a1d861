package io.tombolo.it.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tombolo.it.actors.Terminal;
import io.tombolo.it.actors.kube.NamedApiServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The chart installed by Helm on a real API server, whose controllers make its pods; nothing runs them. */
@EnabledIfEnvironmentVariable(
        named = NamedApiServer.VARIABLE,
        matches = ".+",
        disabledReason = "it names no real API server")
@SuppressWarnings("NullAway.Init") // made before each test
class ChartInstalledTest {
    private static final String NAMESPACE = "tombolo-system";
    private static final Path CHART = Terminal.checkout().resolve("deploy/helm/tombolo");

    private Path kubeconfig;
    private KubernetesClient client;

    @TempDir
    private Path scratch;

    @BeforeEach
    void start() {
        kubeconfig = NamedApiServer.kubeconfig().orElseThrow();
        client = NamedApiServer.client(kubeconfig);
        remove();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .withLabels(Map.of("pod-security.kubernetes.io/enforce", "restricted"))
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterEach
    void end() {
        remove();
        client.close();
    }

    private void remove() {
        client.rbac().clusterRoleBindings().withName("tombolo-controller").delete();
        client.rbac().clusterRoles().withName("tombolo-controller").delete();
        client.namespaces().withName(NAMESPACE).delete();
        Awaitility.await("no namespace")
                .atMost(Duration.ofMinutes(1))
                .until(() -> client.namespaces().withName(NAMESPACE).get() == null);
    }

    private Set<String> pods() {
        var pods = new TreeSet<String>();
        for (Pod pod : client.pods().inNamespace(NAMESPACE).list().getItems()) {
            pods.add(pod.getMetadata().getName().replaceFirst("^(tombolo-gateway)-.*", "$1"));
        }
        return pods;
    }

    private void awaitPods(String... names) {
        Awaitility.await("pods").atMost(Duration.ofMinutes(1)).until(() -> pods().equals(Set.of(names)));
    }

    @Test
    void itIsInstalledUpgradedAndRemovedUnderTheStandardRestricted() throws Exception {
        // When
        new Helm(CHART)
                .install()
                .withName("tombolo")
                .withNamespace(NAMESPACE)
                .withKubeConfig(kubeconfig)
                .withValuesFile(Files.writeString(scratch.resolve("values.yaml"), "cluster: west\n"))
                .call();
        // Then
        awaitPods("tombolo-controller-0");
        // When
        new Helm(CHART)
                .upgrade()
                .withName("tombolo")
                .withNamespace(NAMESPACE)
                .withKubeConfig(kubeconfig)
                .reuseValues()
                .withValuesFile(Files.writeString(
                        scratch.resolve("more.yaml"), "gateway: {advertise: \"gw.example.org:15443\"}\n"))
                .call();
        // Then
        awaitPods("tombolo-controller-0", "tombolo-gateway");
        // When
        Helm.uninstall("tombolo")
                .withNamespace(NAMESPACE)
                .withKubeConfig(kubeconfig)
                .call();
        // Then nothing runs, and what users declared stays: the kinds, and the controller's state
        Awaitility.await("no pods").atMost(Duration.ofMinutes(1)).until(() -> pods().isEmpty());
        assertThat(client.apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName("failoverpolicies.tombolo.io")
                        .get())
                .isNotNull();
        assertThat(client.persistentVolumeClaims().inNamespace(NAMESPACE).list().getItems())
                .hasSize(1);
    }
}
