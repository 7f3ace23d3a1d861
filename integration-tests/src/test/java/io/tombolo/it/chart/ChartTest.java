package io.tombolo.it.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.tombolo.it.actors.Terminal;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart by Helm's own rules, by the schemas of the API, and by the Pod Security Standards. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "Helm is here for Linux on x86_64 only")
class ChartTest {
    private static final Chart CHART = new Chart(Terminal.checkout().resolve("deploy/helm/tombolo"));
    private static final Path MANIFESTS = Terminal.checkout().resolve("deploy/kubernetes");

    private static final String HEADER = """
            # Controller, gateways and DNS of one cluster, made of the chart in deploy/helm. The words in capitals are yours to say, as
            # deploy/kustomize does.
            """;

    private static final String SMALL = "cluster: west\n";
    private static final String LARGE = """
            cluster: east
            region: eu
            zone: eu-1
            image: {repository: registry.example.org/tombolo, tag: "1", pullSecrets: [pull]}
            controller:
              advertise: east.example.org
              settings: {"proxies.svid-life": 12h, "labels.residency": eu}
              storage: {size: 2Gi, className: fast}
              service: {type: LoadBalancer, annotations: {example.org/a: b}, sourceRanges: [198.51.100.0/24]}
            backbone: {embedded: true, advertise: kafka.east.example.org, storage: {className: fast}}
            gateway:
              advertise: "gw.east.example.org:15443"
              replicas: 3
              settings: {dial.timeout: 1s}
              service: {type: NodePort, externalTrafficPolicy: Local, nodePorts: {mesh: 31443, health: 31521}}
            dns: {replicas: 3, clusterIP: 10.96.0.53, settings: {dns.max-questions: 1000}}
            networkPolicies: {enabled: true}
            join: {secretName: token-of-east}
            """;

    @TempDir
    private Path scratch;

    @Test
    void helmHasNothingToSayAgainstIt() {
        var linted = CHART.linted();
        assertThat(linted.isFailed()).as(linted.getMessages().toString()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {SMALL, LARGE})
    void theApiServerKnowsEveryFieldOfIt(String values) throws Exception {
        for (HasMetadata object : CHART.rendered(scratch, values).objects()) {
            assertThat(new UnknownFields().in(object))
                    .as(object.getFullResourceName())
                    .isEmpty();
            assertThat(object.getMetadata().getNamespace())
                    .isEqualTo(object.getKind().matches("ClusterRole.*|MutatingWebhook.*") ? null : "tombolo-system");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SMALL, LARGE})
    void whatRunsIsRestrictedByThePodSecurityStandards(String values) throws Exception {
        List<PodSpec> pods = CHART.rendered(scratch, values).pods();
        assertThat(pods).isNotEmpty();
        for (PodSpec pod : pods) {
            assertThat(Restricted.violations(pod)).isEmpty();
        }
    }

    /** {@code helm upgrade --reuse-values} takes the former chart's values, and none that this one brings. */
    @Test
    void whoKeepsTheValuesOfAnEarlierChartGetsTheSame() throws Exception {
        String former = "join: null\n"
                + "gateway: {service: {nodePorts: null, sourceRanges: null, externalTrafficPolicy: null}}\n"
                + "controller: {replicas: null, service: {sourceRanges: null}}\n";
        assertThat(withoutDigests(SMALL + former)).isEqualTo(withoutDigests(SMALL));
    }

    @Test
    void whoKeepsTheValuesOfAChartWithoutDnsGetsNone() throws Exception {
        assertThat(CHART.rendered(scratch, SMALL + "dns: null\n").objects())
                .isNotEmpty()
                .noneMatch(object -> object.getMetadata().getName().endsWith("dns"));
    }

    @Test
    void namesAreAnsweredForWhoeverAsksAtAnAddressThatCanBeSaid() throws Exception {
        // When
        Chart.Rendered rendered = CHART.rendered(scratch, LARGE);
        // Then
        assertThat(rendered.the(Service.class, "tombolo-dns").getSpec().getClusterIP())
                .isEqualTo("10.96.0.53");
        assertThat(CHART.rendered(scratch, SMALL)
                        .the(Service.class, "tombolo-dns")
                        .getSpec()
                        .getClusterIP())
                .isNull();
        assertThat(rendered.the(ConfigMap.class, "tombolo-dns").getData().get("sidecar.properties"))
                .contains("sidecar.dns.answers=cluster\n", "sidecar.dns.max-questions=1000");
        PodSpec pod = rendered.the(Deployment.class, "tombolo-dns")
                .getSpec()
                .getTemplate()
                .getSpec();
        assertThat(pod.getServiceAccountName()).isEqualTo("dns");
        assertThat(pod.getContainers().getFirst().getEnv())
                .anyMatch(variable -> "-Xmx128m -XX:MaxDirectMemorySize=16m".equals(variable.getValue()));
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(rights(rendered.text()).toString()).doesNotContain("\"dns\"");
    }

    /** A digest of the values is in the pods, so that they start again for others. */
    private String withoutDigests(String values) throws Exception {
        return CHART.rendered(scratch, values).objects().toString().replaceAll("[0-9a-f]{64}", "");
    }

    /** A load balancer would show it to everybody. */
    @Test
    void theHealthPortIsOpenedByNodePortsOnly() throws Exception {
        Service balanced = CHART.rendered(scratch, LARGE.replace("type: NodePort", "type: LoadBalancer"))
                .the(Service.class, "tombolo-gateway");
        assertThat(balanced.getSpec().getPorts())
                .extracting(ServicePort::getPort)
                .containsExactly(15_443);
    }

    @Test
    void whatAServiceLeadsToIsThere() throws Exception {
        Chart.Rendered rendered = CHART.rendered(scratch, LARGE);
        Map<String, PodSpec> byComponent = Map.of(
                "controller",
                rendered.the(StatefulSet.class, "tombolo-controller")
                        .getSpec()
                        .getTemplate()
                        .getSpec(),
                "gateway",
                rendered.the(Deployment.class, "tombolo-gateway")
                        .getSpec()
                        .getTemplate()
                        .getSpec(),
                "dns",
                rendered.the(Deployment.class, "tombolo-dns")
                        .getSpec()
                        .getTemplate()
                        .getSpec());
        for (HasMetadata object : rendered.objects()) {
            if (object instanceof Service service) {
                PodSpec pod = Objects.requireNonNull(
                        byComponent.get(service.getSpec().getSelector().get("app.kubernetes.io/component")));
                assertThat(ports(pod))
                        .as(service.getMetadata().getName())
                        .containsAll(service.getSpec().getPorts().stream()
                                .map(ServicePort::getTargetPort)
                                .map(IntOrString::getStrVal)
                                .toList());
            }
        }
    }

    @Test
    void theControllerFindsATokenInASecretThatMayComeLater() throws Exception {
        // Given
        Chart.Rendered rendered = CHART.rendered(scratch, LARGE);
        PodSpec pod = rendered.the(StatefulSet.class, "tombolo-controller")
                .getSpec()
                .getTemplate()
                .getSpec();
        // Then
        var secret = pod.getVolumes().stream()
                .filter(volume -> volume.getName().equals("join"))
                .map(volume -> volume.getSecret())
                .findFirst()
                .orElseThrow();
        assertThat(secret.getSecretName()).isEqualTo("token-of-east");
        assertThat(secret.getOptional()).isTrue();
        assertThat(secret.getDefaultMode()).isEqualTo(0b100_100_000); // r--r-----, as the controller asks for
        String mounted = pod.getContainers().getFirst().getVolumeMounts().stream()
                .filter(mount -> mount.getName().equals("join"))
                .map(mount -> mount.getMountPath())
                .findFirst()
                .orElseThrow();
        assertThat(rendered.the(ConfigMap.class, "tombolo-controller").getData().get("controller.properties"))
                .contains("controller.join.token-file=" + mounted + "/"
                        + secret.getItems().getFirst().getPath() + "\n");
        // And without a Secret nothing is looked for
        assertThat(CHART.rendered(scratch, SMALL).text()).doesNotContain("tombolo-join", "join.token");
    }

    @Test
    void whoCallsALoadBalancerCanBeSaid() throws Exception {
        Chart.Rendered rendered = CHART.rendered(scratch, LARGE);
        assertThat(rendered.the(Service.class, "tombolo-controller").getSpec().getLoadBalancerSourceRanges())
                .containsExactly("198.51.100.0/24");
        var gateway = rendered.the(Service.class, "tombolo-gateway").getSpec();
        assertThat(gateway.getLoadBalancerSourceRanges()).isEmpty();
        assertThat(gateway.getExternalTrafficPolicy()).isEqualTo("Local");
        assertThat(gateway.getPorts().stream()
                        .collect(Collectors.toMap(ServicePort::getPort, ServicePort::getNodePort)))
                .isEqualTo(Map.of(15443, 31443, 15021, 31521));
    }

    private static List<String> ports(PodSpec pod) {
        return pod.getContainers().stream()
                .flatMap(container -> container.getPorts().stream())
                .map(port -> port.getName())
                .toList();
    }

    @Test
    void gatewaysRunOnceItIsSaidWhereTheyAreReached() throws Exception {
        assertThat(CHART.rendered(scratch, SMALL).objects())
                .noneMatch(object -> object instanceof Deployment
                        && object.getMetadata().getName().equals("tombolo-gateway"));
        Chart.Rendered rendered = CHART.rendered(scratch, LARGE);
        assertThat(rendered.the(ConfigMap.class, "tombolo-gateway").getData().get("gateway.properties"))
                .contains("gateway.advertise=gw.east.example.org:15443", "gateway.dial.timeout=1s", "=50s");
        Container gateway = rendered.the(Deployment.class, "tombolo-gateway")
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst();
        assertThat(gateway.getImage()).isEqualTo("registry.example.org/tombolo:1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    region: eu                                       | cluster
                    cluster: West                                    | cluster
                    {cluster: west, gatway: {}}                      | gatway
                    {cluster: west, gateway: {advertise: gw}}        | advertise
                    {cluster: west, gateway: {replicas: 0}}          | replicas
                    {cluster: west, backbone: {embedded: true}}      | advertise
                    {cluster: west, controller: {settings: {a: []}}} | settings
                    {cluster: west, region: "eu\\nzone=x"}           | region
                    {cluster: west, controller: {settings: {a: "b\\nc"}}}          | one line
                    {cluster: west, controller: {settings: {proxies.port: 1}}}     | proxies.port
                    {cluster: west, controller: {settings: {join.token-file: a}}}  | join.token-file
                    {cluster: west, join: {secretName: A_B}}         | secretName
                    {cluster: west, gateway: {service: {sourceRanges: [all]}}}     | sourceRanges
                    {cluster: west, gateway: {service: {nodePorts: {mesh: 0}}}}    | mesh
                    {cluster: west, dns: {clusterIP: any}}           | clusterIP
                    {cluster: west, dns: {settings: {dns.answers: own}}}           | dns.answers
                    {cluster: west, gateway: {advertise: "g:1", settings: {health.port: 1}}} | health.port
                    """)
    void wrongValuesAreRefusedByName(String values, String name) {
        assertThatThrownBy(() -> CHART.rendered(scratch, values)).hasMessageContaining(name);
    }

    @Test
    void valuesArriveInThePropertiesAsTheyAreWritten() throws Exception {
        Chart.Rendered rendered = CHART.rendered(scratch, """
                cluster: west
                controller: {settings: {a.number: 1048576, a.part: 0.5, a.word: 'c:\\d ${HOME}', a.flag: true}}
                """);
        var properties = new Properties();
        properties.load(new StringReader(
                rendered.the(ConfigMap.class, "tombolo-controller").getData().get("controller.properties")));
        assertThat(properties)
                .containsEntry("controller.a.number", "1048576")
                .containsEntry("controller.a.part", "0.5")
                .containsEntry("controller.a.word", "c:\\d \\${HOME}") // of which SmallRye Config makes ${HOME}
                .containsEntry("controller.a.flag", "true");
    }

    @Test
    void anotherNamespaceIsRefusedBecauseItCouldHaveNoIdentities() {
        assertThatThrownBy(() -> CHART.rendered(scratch, "default", SMALL)).hasMessageContaining("tombolo-system");
    }

    @Test
    void itHasTheRightsOfTheManifests() throws Exception {
        List<JsonNode> rights = rights(Files.readString(MANIFESTS.resolve("rbac.yaml")));
        assertThat(rights).hasSize(4);
        assertThat(rights(CHART.rendered(scratch, SMALL).text())).containsExactlyInAnyOrderElementsOf(rights);
    }

    private static List<JsonNode> rights(String manifests) {
        return Chart.objects(manifests).stream()
                .filter(object -> object.getApiVersion().startsWith("rbac."))
                .<JsonNode>map(new ObjectMapper()::valueToTree)
                .toList();
    }

    /** Written anew with {@code -Dtombolo.pages.write=true}. */
    @Test
    void theManifestsForThoseWithoutHelmAreTheChart() throws Exception {
        String rendered = CHART.rendered(scratch, """
                        cluster: name-of-this-cluster
                        gateway: {advertise: "address-of-its-load-balancer:15443"}
                        """)
                .text()
                // A name that is none: who does not say the cluster's own is told so when it starts.
                .replace("name-of-this-cluster", "NAME-OF-THIS-CLUSTER")
                .replace("address-of-its-load-balancer", "ADDRESS-OF-ITS-LOAD-BALANCER");
        String programs = Stream.of(rendered.split("(?m)^---\n"))
                .filter(document ->
                        !document.contains("apiVersion: rbac.") && !document.contains("name: controller\n  namespace"))
                .map(document -> document.lines()
                        .filter(line -> !line.matches(
                                "# Source: .*| +(helm.sh/chart|app.kubernetes.io/(instance|managed-by)):.*"))
                        .collect(Collectors.joining("\n", "", "\n")))
                .filter(document -> !document.isBlank())
                .collect(Collectors.joining("---\n", HEADER, ""));
        Path file = MANIFESTS.resolve("programs.yaml");
        if (Boolean.getBoolean("tombolo.pages.write")) {
            Files.writeString(file, programs);
        }
        assertThat(file).hasContent(programs);
    }
}
