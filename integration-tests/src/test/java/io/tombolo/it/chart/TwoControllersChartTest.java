package io.tombolo.it.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.tombolo.it.actors.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chart with a second controller that stands by. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "Helm is here for Linux on x86_64 only")
class TwoControllersChartTest {
    private static final Chart CHART = new Chart(Terminal.checkout().resolve("deploy/helm/tombolo"));
    private static final String ONE = "{cluster: west, networkPolicies: {enabled: true}}";
    private static final String TWO = "{cluster: west, networkPolicies: {enabled: true}, controller: {replicas: 2}}";

    @TempDir
    private Path scratch;

    @Test
    void theApiServerKnowsEveryFieldAndThePodsAreRestricted() throws Exception {
        // When
        Chart.Rendered rendered = CHART.rendered(scratch, TWO);
        // Then
        for (HasMetadata object : rendered.objects()) {
            assertThat(new UnknownFields().in(object))
                    .as(object.getFullResourceName())
                    .isEmpty();
        }
        assertThat(rendered.pods())
                .isNotEmpty()
                .allMatch(pod -> Restricted.violations(pod).isEmpty());
    }

    @Test
    void eachIsToldItsOwnNameAndWhereTheOtherOneReachesIt() throws Exception {
        // When
        Container controller = pod(CHART.rendered(scratch, TWO)).getContainers().getFirst();
        // Then
        assertThat(controller.getArgs()).contains("--set=replica.name=$(POD_NAME)", "--set=replica.host=$(POD_IP)");
        assertThat(controller.getEnv().stream()
                        .filter(variable -> variable.getValueFrom() != null)
                        .collect(Collectors.toMap(
                                variable -> variable.getName(),
                                variable ->
                                        variable.getValueFrom().getFieldRef().getFieldPath())))
                .isEqualTo(Map.of("POD_NAME", "metadata.name", "POD_IP", "status.podIP"));
        // And what a kustomization changes is where it was
        assertThat(controller.getArgs().get(2)).isEqualTo("--cluster=west");
    }

    @Test
    void eachFindsATokenForTheOtherOneWhereItsSettingsSay() throws Exception {
        // Given
        Chart.Rendered rendered = CHART.rendered(scratch, TWO);
        // When
        ServiceAccountTokenProjection token = pod(rendered).getVolumes().stream()
                .filter(volume -> volume.getName().equals("replica"))
                .map(volume -> volume.getProjected().getSources().getFirst().getServiceAccountToken())
                .findFirst()
                .orElseThrow();
        String mounted = pod(rendered).getContainers().getFirst().getVolumeMounts().stream()
                .filter(mount -> mount.getName().equals("replica"))
                .map(VolumeMount::getMountPath)
                .findFirst()
                .orElseThrow();
        // Then
        assertThat(token.getAudience()).isEqualTo("tombolo-controller");
        assertThat(token.getExpirationSeconds()).isEqualTo(3_600);
        assertThat(rendered.the(ConfigMap.class, "tombolo-controller").getData().get("controller.properties"))
                .contains("controller.replica.token-file=" + mounted + "/" + token.getPath() + "\n");
    }

    @Test
    void theyAreApartWhereThereIsRoomAndNeverBothTakenAway() throws Exception {
        // When
        Chart.Rendered rendered = CHART.rendered(scratch, TWO);
        // Then
        var set = rendered.the(StatefulSet.class, "tombolo-controller").getSpec();
        Map<String, String> labels = set.getSelector().getMatchLabels();
        assertThat(set.getReplicas()).isEqualTo(2);
        assertThat(set.getPodManagementPolicy()).isNull();
        assertThat(pod(rendered).getTopologySpreadConstraints())
                .allMatch(spread -> spread.getWhenUnsatisfiable().equals("ScheduleAnyway"))
                .allMatch(spread -> spread.getLabelSelector().getMatchLabels().equals(labels))
                .extracting(TopologySpreadConstraint::getTopologyKey)
                .containsExactly("kubernetes.io/hostname", "topology.kubernetes.io/zone");
        var budget =
                rendered.the(PodDisruptionBudget.class, "tombolo-controller").getSpec();
        assertThat(budget.getMinAvailable()).isEqualTo(new IntOrString(1));
        assertThat(budget.getSelector().getMatchLabels()).isEqualTo(labels);
    }

    /** Of the pods of this namespace, whose policy it is. */
    @ParameterizedTest
    @CsvSource({"proxies", "enrolment", "injection"})
    void oneReachesTheOtherAtEachPortThatItHandsOn(String port) throws Exception {
        // When
        var policy = CHART.rendered(scratch, TWO).the(NetworkPolicy.class, "tombolo-controller");
        // Then
        assertThat(policy.getSpec().getIngress())
                .anyMatch(rule ->
                        rule.getPorts().stream().anyMatch(open -> open.getPort().equals(new IntOrString(port)))
                                && rule.getFrom().stream().allMatch(TwoControllersChartTest::isAnyNamespace));
    }

    private static boolean isAnyNamespace(NetworkPolicyPeer from) {
        return from.getPodSelector() == null
                && from.getIpBlock() == null
                && from.getNamespaceSelector().getMatchLabels().isEmpty()
                && from.getNamespaceSelector().getMatchExpressions().isEmpty();
    }

    @Test
    void whoHasOneControllerGetsNothingOfIt() throws Exception {
        // When
        Chart.Rendered one = CHART.rendered(scratch, ONE);
        // Then
        assertThat(CHART.rendered(
                                scratch, "{controller: {replicas: 1}, networkPolicies: {enabled: true}, cluster: west}")
                        .text())
                .isEqualTo(one.text());
        assertThat(one.text()).doesNotContain("tombolo-replica", "replica.", "POD_NAME", "POD_IP", "minReadySeconds");
        assertThat(one.the(StatefulSet.class, "tombolo-controller").getSpec().getReplicas())
                .isEqualTo(1);
        assertThat(pod(one).getTopologySpreadConstraints()).isEmpty();
        assertThat(names(one, PodDisruptionBudget.class)).doesNotContain("tombolo-controller");
        assertThat(names(CHART.rendered(scratch, TWO), PodDisruptionBudget.class))
                .contains("tombolo-controller");
    }

    private static List<String> names(Chart.Rendered rendered, Class<? extends HasMetadata> kind) {
        return rendered.objects().stream()
                .filter(kind::isInstance)
                .map(object -> object.getMetadata().getName())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    {cluster: west, controller: {replicas: 0}}                                                   | replicas
                    {cluster: west, controller: {replicas: 3}}                                                   | replicas
                    {cluster: west, controller: {replicas: 2}, backbone: {embedded: true, advertise: k.example}} | external Kafka
                    {cluster: west, controller: {replicas: 2, settings: {replica.name: a}}}                      | replica.name
                    {cluster: west, controller: {settings: {replica.host: a}}}                                   | replica.host
                    {cluster: west, controller: {settings: {replica.token-file: a}}}                             | replica.token-file
                    """)
    void whatCannotBeIsRefusedWithWhatToDo(String values, String words) {
        assertThatThrownBy(() -> CHART.rendered(scratch, values)).hasMessageContaining(words);
    }

    @Test
    void howSoonTheOtherOneTakesOverCanBeSaid() throws Exception {
        // When
        Chart.Rendered rendered = CHART.rendered(
                scratch, "{cluster: west, controller: {replicas: 2, settings: {replica.takeover-after: 4s}}}");
        // Then
        assertThat(rendered.the(ConfigMap.class, "tombolo-controller").getData().get("controller.properties"))
                .contains("controller.replica.takeover-after=4s\n");
    }

    @Test
    void theDocumentedCommandSwitchesItOn() throws Exception {
        // Given
        String section = Files.readString(Terminal.checkout().resolve("docs/kubernetes.md"))
                .split("(?m)^## Two controllers$")[1];
        Matcher command = Pattern.compile("(?m)^helm upgrade tombolo (\\S+) .*--set (\\S+)=(\\S+)$")
                .matcher(section);
        assertThat(command.find()).isTrue();
        // When
        String manifests = new Helm(Terminal.checkout().resolve(command.group(1)))
                .template()
                .withName("tombolo")
                .withNamespace("tombolo-system")
                .set("cluster", "west")
                .set(command.group(2), command.group(3))
                .call();
        // Then
        var rendered = new Chart.Rendered(manifests, Chart.objects(manifests));
        assertThat(rendered.the(StatefulSet.class, "tombolo-controller")
                        .getSpec()
                        .getReplicas())
                .isEqualTo(2);
    }

    private static PodSpec pod(Chart.Rendered rendered) {
        return rendered.the(StatefulSet.class, "tombolo-controller")
                .getSpec()
                .getTemplate()
                .getSpec();
    }
}
