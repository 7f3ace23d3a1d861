package io.tombolo.it.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.tombolo.it.actors.Scratch;
import io.tombolo.it.actors.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What {@code kubectl apply -k} would send. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "Helm is here for Linux on x86_64 only")
class KustomizationTest {
    private static final Path EXAMPLE = Terminal.checkout().resolve("deploy/kustomize");

    private final Path home = Scratch.directory("kustomization");
    private final Terminal terminal = new Terminal(home);

    @TempDir
    private Path scratch;

    @BeforeEach
    void withKubectl() {
        Terminal.assumeInstalled("kubectl");
        Assumptions.assumeTrue(
                terminal.sh("kubectl version --client").output().contains("Kustomize Version: v5"),
                "kubectl on this machine is older than 1.27: its kustomize may know no components");
    }

    private Chart.Rendered rendered(Path directory) {
        String text = terminal.sh("kubectl kustomize '" + directory + "'").ok().output();
        return new Chart.Rendered(text, Chart.objects(text));
    }

    /** The example's own, with a second controller. */
    private Chart.Rendered withTwo() throws IOException {
        Path own = Files.createDirectories(home.resolve("own"));
        String example = own.relativize(EXAMPLE).toString();
        Files.writeString(
                own.resolve("kustomization.yaml"),
                "resources: [" + example + "]\ncomponents: [" + example + "/two-controllers]\n");
        return rendered(own);
    }

    @Test
    void theApiServerKnowsEveryFieldOfTheExampleAndThePodsAreRestricted() throws Exception {
        Chart.Rendered example = rendered(EXAMPLE);
        for (Chart.Rendered each : new Chart.Rendered[] {example, withTwo()}) {
            for (HasMetadata object : each.objects()) {
                assertThat(new UnknownFields().in(object))
                        .as(object.getFullResourceName())
                        .isEmpty();
            }
            assertThat(each.pods())
                    .isNotEmpty()
                    .allMatch(pod -> Restricted.violations(pod).isEmpty());
        }
        assertThat(example.the(StatefulSet.class, "tombolo-controller")
                        .getSpec()
                        .getReplicas())
                .isEqualTo(1);
    }

    @Test
    void aSecondControllerIsTheOneOfTheChart() throws Exception {
        // Given
        Chart.Rendered chart = new Chart(Terminal.checkout().resolve("deploy/helm/tombolo"))
                .rendered(scratch, "{cluster: west, controller: {replicas: 2}}");
        // When
        Chart.Rendered own = withTwo();
        // Then
        var ofChart = chart.the(StatefulSet.class, "tombolo-controller").getSpec();
        var ofOwn = own.the(StatefulSet.class, "tombolo-controller").getSpec();
        assertThat(ofOwn.getReplicas()).isEqualTo(ofChart.getReplicas()).isEqualTo(2);
        assertThat(ofOwn.getMinReadySeconds()).isEqualTo(ofChart.getMinReadySeconds());
        PodSpec pod = ofOwn.getTemplate().getSpec();
        PodSpec wanted = ofChart.getTemplate().getSpec();
        assertThat(pod.getTopologySpreadConstraints()).isEqualTo(wanted.getTopologySpreadConstraints());
        assertThat(pod.getVolumes()).containsExactlyInAnyOrderElementsOf(wanted.getVolumes());
        var controller = pod.getContainers().getFirst();
        var ofTheChart = wanted.getContainers().getFirst();
        assertThat(controller.getVolumeMounts()).containsExactlyInAnyOrderElementsOf(ofTheChart.getVolumeMounts());
        assertThat(controller.getEnv()).containsExactlyInAnyOrderElementsOf(ofTheChart.getEnv());
        assertThat(controller.getArgs())
                .containsAll(ofTheChart.getArgs())
                .contains("--set=replica.token-file=/var/run/secrets/tombolo-replica/token");
        assertThat(own.the(PodDisruptionBudget.class, "tombolo-controller").getSpec())
                .isEqualTo(chart.the(PodDisruptionBudget.class, "tombolo-controller")
                        .getSpec());
    }
}
