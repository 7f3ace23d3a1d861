package io.tombolo.it.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.tombolo.it.actors.ModuleTests;
import io.tombolo.it.actors.Terminal;
import io.tombolo.it.actors.Terraform;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the module {@code kubernetes} says is what the chart takes, which refuses values that it does not know. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "Helm is here for Linux on x86_64 only")
class ModuleValuesTest {
    private static final Chart CHART = new Chart(Terminal.checkout().resolve("deploy/helm/tombolo"));
    private static final Map<String, Object> LEAST = Map.of(
            "name", "west",
            "chart", Map.of("name", "deploy/helm/tombolo"),
            "image", Map.of("repository", "registry.example.org/tombolo"));

    private static final Map<String, Object> ALL = Map.ofEntries(
            Map.entry("name", "east"),
            Map.entry("region", "eu"),
            Map.entry("zone", "eu-1"),
            Map.entry("labels", Map.of("residency", "eu", "example.com/cost", "low")),
            Map.entry("chart", Map.of("name", "tombolo")),
            Map.entry("image", Map.of("repository", "r.example.org/t", "tag", "1", "pull_secrets", List.of("pull"))),
            Map.entry(
                    "gateway",
                    Map.of(
                            "advertise",
                            "gw.example.org:15443",
                            "replicas",
                            3,
                            "announce_after",
                            "25s",
                            "service",
                            Map.of(
                                    "type", "NodePort",
                                    "annotations", Map.of("example.org/a", "b"),
                                    "source_ranges", List.of("198.51.100.7/32"),
                                    "external_traffic_policy", "Local",
                                    "node_ports", Map.of("mesh", 31443, "health", 31521)))),
            Map.entry(
                    "controller",
                    Map.of(
                            "replicas",
                            2,
                            "storage_class",
                            "fast",
                            "storage_size",
                            "2Gi",
                            "settings",
                            Map.of("proxies.svid-life", "12h"))),
            Map.entry("join_token", "not-a-token"),
            Map.entry("join_token_version", 2));

    @BeforeEach
    void withTerraform() {
        Terraform.isHere();
    }

    @Test
    void theChartTakesThemAndDoesWhatTheySay(@TempDir Path dir, @TempDir Path scratch) throws Exception {
        var values = new ModuleValues(new ModuleTests(dir, Map.of()));
        // When
        Chart.Rendered least = CHART.rendered(scratch, values.of(LEAST));
        Chart.Rendered all = CHART.rendered(scratch, values.of(ALL));
        // Then
        assertThat(least.objects())
                .noneMatch(one ->
                        one instanceof Deployment && one.getMetadata().getName().equals("tombolo-gateway"));
        assertThat(least.text()).doesNotContain("join.token-file");
        assertThat(properties(all, "controller"))
                .contains(
                        "controller.region=eu\n",
                        "controller.zone=eu-1\n",
                        "controller.labels.residency=eu\n",
                        "controller.labels.\"example.com/cost\"=low\n",
                        "controller.proxies.svid-life=12h\n",
                        "controller.join.token-file=");
        assertThat(properties(all, "gateway"))
                .contains("gateway.advertise=gw.example.org:15443\n", "gateway.drain.announce-after=25s\n");
        assertThat(replicas(least)).isEqualTo(1);
        assertThat(replicas(all)).isEqualTo(2);
        PodSpec controller = pod(all);
        assertThat(controller.getContainers().getFirst().getImage()).isEqualTo("r.example.org/t:1");
        assertThat(controller.getImagePullSecrets()).hasSize(1);
        assertThat(controller.getVolumes())
                .anyMatch(volume -> volume.getSecret() != null
                        && volume.getSecret().getSecretName().equals("tombolo-join"));
        Service gateway = all.the(Service.class, "tombolo-gateway");
        assertThat(gateway.getMetadata().getAnnotations()).containsEntry("example.org/a", "b");
        assertThat(gateway.getSpec().getLoadBalancerSourceRanges()).containsExactly("198.51.100.7/32");
        assertThat(gateway.getSpec().getExternalTrafficPolicy()).isEqualTo("Local");
        assertThat(gateway.getSpec().getPorts())
                .anyMatch(port -> Integer.valueOf(31521).equals(port.getNodePort()));
        assertThat(all.text()).contains("kind: NetworkPolicy", "storageClassName: fast", "storage: 2Gi");
    }

    private static String properties(Chart.Rendered rendered, String program) {
        return rendered.the(ConfigMap.class, "tombolo-" + program).getData().getOrDefault(program + ".properties", "");
    }

    private static int replicas(Chart.Rendered rendered) {
        return rendered.the(StatefulSet.class, "tombolo-controller").getSpec().getReplicas();
    }

    private static PodSpec pod(Chart.Rendered rendered) {
        return rendered.the(StatefulSet.class, "tombolo-controller")
                .getSpec()
                .getTemplate()
                .getSpec();
    }
}
