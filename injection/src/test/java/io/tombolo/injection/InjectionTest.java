package io.tombolo.injection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tombolo.model.fault.TomboloException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InjectionTest {
    private static final SidecarTemplate SIDECAR = new SidecarTemplate(
            "tombolo:1",
            "IfNotPresent",
            List.of("pull"),
            "tombolo-controller.tombolo-system.svc:15010",
            "a".repeat(64),
            "10.96.0.10",
            "cluster.local");

    private static final KnownService CHECKOUT =
            new KnownService("checkout", Map.of("app", "checkout"), List.of(new KnownService.Port(80, "web", "http")));
    private static final KnownService STOCK = new KnownService(
            "stock",
            Map.of("app", "stock"),
            List.of(new KnownService.Port(80, "8080", "http"), new KnownService.Port(90, "9090", "grpc")));
    private static final KnownService ALSO_STOCK =
            new KnownService("also", Map.of("app", "both"), List.of(new KnownService.Port(80, "8080", "tcp")));
    private static final KnownService AND_STOCK =
            new KnownService("and", Map.of("app", "both"), List.of(new KnownService.Port(80, "8080", "tcp")));

    private static final Services NONE = new Services(List.of(), true);

    private static ObjectNode yaml(String text) throws Exception {
        return (ObjectNode) new YAMLMapper().readTree(text);
    }

    private static ObjectNode pod(String labels, String annotations, String spec) throws Exception {
        return yaml("metadata: {labels: %s, annotations: %s}\nspec: %s\n".formatted(labels, annotations, spec));
    }

    private static final String APP = "{containers: [{name: app, ports: [{name: web, containerPort: 8080}]}]}";

    private static JsonNode injected(ObjectNode pod) {
        return ((Injection.Outcome.Injected) Injection.into(
                        pod, "shop", new Services(List.of(CHECKOUT, STOCK, ALSO_STOCK, AND_STOCK), false), SIDECAR))
                .pod();
    }

    private static List<String> arguments(JsonNode pod) {
        return sidecar(pod).path("args").valueStream().map(JsonNode::asText).toList();
    }

    private static JsonNode sidecar(JsonNode pod) {
        return pod.at("/spec/initContainers")
                .valueStream()
                .filter(one -> one.path("name").asText().equals(Injection.CONTAINER))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theOneServiceThatSelectsAPodIsWhatItIsToTheMesh() throws Exception {
        ObjectNode pod = pod("{app: checkout}", "{}", APP);
        // When
        JsonNode with = injected(pod);
        // Then
        assertThat(arguments(with))
                .contains(
                        "--service=checkout",
                        "--service-port=80",
                        "--port=8080",
                        "--app-protocol=http",
                        "--set=controller=tombolo-controller.tombolo-system.svc:15010",
                        "--set=kubernetes.ca-pin=" + "a".repeat(64))
                .doesNotContain("--transparent");
        assertThat(sidecar(with).path("restartPolicy").asText()).isEqualTo("Always");
        assertThat(with.at("/spec/containers")).isEqualTo(pod.at("/spec/containers"));
        // And what came in is as it was
        assertThat(pod.path("spec").has("initContainers")).isFalse();
    }

    @Test
    void aPodThatBeginsToEndTellsItsSidecarAtOnce() throws Exception {
        // Given a pod that others call, and one that only calls
        JsonNode serving = injected(pod("{app: checkout}", "{}", APP));
        JsonNode calling = injected(pod("{app: none}", "{}", APP));
        // Then the kubelet tells the sidecar of the one, and nobody of the other
        assertThat(sidecar(serving).at("/lifecycle/preStop/exec/command").toString())
                .isEqualTo("[\"sh\",\"-c\",\"touch /var/lib/tombolo/sidecar/leave\"]");
        assertThat(sidecar(calling).has("lifecycle")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {httpGet: {path: /ready, port: 8080}}                          | path=/ready port=8080 interval=10s timeout=1s failures=3
            {httpGet: {path: ready, port: admin}, periodSeconds: 2}        | path=/ready port=9000 interval=2s timeout=1s failures=3
            {httpGet: {port: web}, timeoutSeconds: 900}                    | path=/ port=8080 interval=10s timeout=60s failures=3
            {httpGet: {path: "/r?full=1", port: 8080}, failureThreshold: 1} | path=/r?full=1 port=8080 interval=10s timeout=1s failures=1
            {httpGet: {path: /ready, port: 8080, scheme: HTTPS}}           | ''
            {httpGet: {path: /ready, port: nowhere}}                       | ''
            {httpGet: {path: "/$(HOSTNAME)", port: 8080}}                  | ''
            {httpGet: {path: /ready, port: 8080, httpHeaders: [{name: Host, value: shop}]}} | ''
            {tcpSocket: {port: 8080}}                                      | ''
            {exec: {command: [check]}}                                     | ''
            """)
    void callersElsewhereGoByTheApplicationsOwnReadinessProbeWhereItIsAPage(String probe, String settings)
            throws Exception {
        // Given
        String app = "{containers: [{name: log}, {name: app, ports: [{name: web, containerPort: 8080}, "
                + "{name: admin, containerPort: 9000}], readinessProbe: %s}]}".formatted(probe);
        // When
        JsonNode with = injected(pod("{app: checkout}", "{}", app));
        // Then
        assertThat(arguments(with).stream().filter(argument -> argument.startsWith("--set=readiness.")))
                .containsExactlyElementsOf(Stream.of(settings.split(" "))
                        .filter(setting -> !setting.isEmpty())
                        .map(setting -> "--set=readiness." + setting)
                        .toList());
    }

    @Test
    void whoSaysHowReadinessIsFoundOutIsHeard() throws Exception {
        JsonNode with = injected(pod(
                "{app: checkout}",
                "{tombolo.io/settings: 'readiness.path=/mesh'}",
                "{containers: [{name: app, ports: [{name: web, containerPort: 8080}], "
                        + "readinessProbe: {httpGet: {path: /ready, port: 8080}}}]}"));
        assertThat(arguments(with))
                .contains("--set=readiness.path=/mesh")
                .noneMatch(argument -> argument.contains("/ready"));
    }

    private static String named(String fields) {
        return "{" + fields + ", containers: [{name: app, ports: [{name: web, containerPort: 8080}]}]}";
    }

    /** As the endpoints controller of Kubernetes has it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hostname: checkout-0, subdomain: checkout       | checkout-0
            hostname: checkout-0, subdomain: other          | ''
            hostname: checkout-0                            | ''
            subdomain: checkout                             | ''
            hostname: $(POD_IP), subdomain: checkout        | ''
            hostname: elasticsearch, subdomain: checkout    | ''
            """)
    void aPodIsCalledByItsHostNameBelowTheServiceThatItsSubdomainNames(String fields, String hostname)
            throws Exception {
        // When
        JsonNode with = injected(pod("{app: checkout}", "{}", named(fields)));
        // Then
        assertThat(arguments(with).stream().filter(word -> word.startsWith("--set=workload.")))
                .containsExactlyElementsOf(
                        hostname.isEmpty() ? List.of() : List.of("--set=workload.hostname=" + hostname));
        assertThat(sidecar(with).path("env").toString()).doesNotContain("POD_NAME\"");
    }

    @Test
    void whoSaysAnotherHostNameOrOnlyCallsIsHeard() throws Exception {
        String fields = named("hostname: checkout-0, subdomain: checkout");
        assertThat(arguments(
                        injected(pod("{app: checkout}", "{tombolo.io/settings: 'workload.hostname=first'}", fields))))
                .contains("--set=workload.hostname=first")
                .doesNotContain("--set=workload.hostname=checkout-0");
        assertThat(arguments(injected(pod("{app: batch}", "{}", fields))))
                .noneMatch(word -> word.contains("workload.hostname"));
    }

    /** It gives each pod its own name, and the Service that governs it for subdomain, whatever the template says. */
    @Test
    void aPodOfAStatefulSetWillBeCalledByItsOwnName() throws Exception {
        // Given
        ObjectNode template = pod("{app: checkout}", "{}", named("hostname: mine, subdomain: checkout"));
        // Then
        JsonNode governed = template("StatefulSet", "checkout", template);
        assertThat(arguments(governed)).contains("--set=workload.hostname=$(POD_NAME)");
        assertThat(sidecar(governed).path("env").toString())
                .contains("{\"name\":\"POD_NAME\",\"valueFrom\":{\"fieldRef\":{\"fieldPath\":\"metadata.name\"}}}");
        assertThat(arguments(template("StatefulSet", "other", template)))
                .noneMatch(word -> word.contains("workload.hostname"));
        assertThat(arguments(template("Deployment", "", template))).contains("--set=workload.hostname=mine");
    }

    private static JsonNode template(String kind, String governing, ObjectNode template) throws Exception {
        ObjectNode object = yaml("kind: " + kind + "\nspec: {serviceName: '" + governing + "'}\n");
        var services = new Services(List.of(CHECKOUT), false);
        return ((Injection.Outcome.Injected)
                        Injection.into(template, Workloads.governing(object), "shop", services, SIDECAR))
                .pod();
    }

    @Test
    void aPodThatNoServiceSelectsOnlyCalls() throws Exception {
        assertThat(arguments(injected(pod("{app: batch}", "{}", APP)))).noneMatch(word -> word.startsWith("--service"));
        assertThat(arguments(injected(pod("{app: checkout}", "{tombolo.io/service: ''}", APP))))
                .noneMatch(word -> word.startsWith("--service"));
    }

    @Test
    void annotationsSayWhatServicesDoNot() throws Exception {
        assertThat(arguments(injected(pod("{app: stock}", "{tombolo.io/service-port: '90'}", APP))))
                .contains("--service=stock", "--service-port=90", "--port=9090", "--app-protocol=grpc");
        assertThat(arguments(injected(pod(
                        "{}",
                        "{tombolo.io/service: else, tombolo.io/app-port: '7', tombolo.io/app-protocol: h2c}",
                        APP))))
                .contains("--service=else", "--service-port=7", "--port=7", "--app-protocol=h2c");
        assertThat(arguments(injected(pod("{}", "{tombolo.io/settings: \"dial.timeout=1s\\nweight=50\"}", APP))))
                .contains("--set=dial.timeout=1s", "--set=weight=50");
    }

    @Test
    void theSidecarIsFirstAndItsNamesAreAskedBeforeTheClusters() throws Exception {
        JsonNode spec = injected(
                        pod(
                                "{}",
                                "{}",
                                "{initContainers: [{name: migrate}], dnsConfig: {searches: [own.example], options: [{name: ndots, value: '2'}]}}"))
                .path("spec");
        assertThat(spec.at("/initContainers")
                        .valueStream()
                        .map(one -> one.path("name").asText()))
                .containsExactly(Injection.CONTAINER, "migrate");
        assertThat(spec.path("dnsPolicy").asText()).isEqualTo("None");
        assertThat(spec.at("/dnsConfig/nameservers").toString()).isEqualTo("[\"127.0.0.1\",\"10.96.0.10\"]");
        assertThat(spec.at("/dnsConfig/searches").toString())
                .isEqualTo("[\"shop.svc.cluster.local\",\"svc.cluster.local\",\"cluster.local\",\"own.example\"]");
        assertThat(spec.at("/dnsConfig/options").toString()).isEqualTo("[{\"name\":\"ndots\",\"value\":\"2\"}]");
    }

    @Test
    void transparentCaptureTakesOneCapabilityInAContainerThatEnds() throws Exception {
        JsonNode with = injected(pod("{}", "{tombolo.io/capture: transparent}", APP));
        JsonNode rules = with.at("/spec/initContainers/0");
        assertThat(rules.path("name").asText()).isEqualTo("tombolo-capture");
        assertThat(rules.at("/securityContext/capabilities").toString())
                .isEqualTo("{\"drop\":[\"ALL\"],\"add\":[\"NET_ADMIN\"]}");
        String group =
                "--group=" + sidecar(with).at("/securityContext/runAsGroup").asText();
        assertThat(rules.path("args").valueStream().map(JsonNode::asText)).contains(group);
        assertThat(arguments(with)).contains("--transparent", "--dns");
    }

    @Test
    void withoutCaptureNothingOfThePodChangesButWhatTheSidecarNeeds() throws Exception {
        JsonNode spec = injected(pod("{}", "{tombolo.io/capture: none}", "{dnsPolicy: Default, containers: []}"))
                .path("spec");
        assertThat(spec.path("dnsPolicy").asText()).isEqualTo("Default");
        assertThat(spec.has("securityContext")).isFalse();
    }

    @Test
    void whoWantsNoneIsLeftAloneWhateverElseItSays() throws Exception {
        assertThat(Injection.into(
                        pod("{}", "{tombolo.io/inject: 'false', tombolo.io/x: y}", "{hostNetwork: true}"),
                        "shop",
                        NONE,
                        SIDECAR))
                .isInstanceOf(Injection.Outcome.Left.class);
        assertThat(Injection.into(pod("{tombolo.io/inject: disabled}", "{}", APP), "shop", NONE, SIDECAR))
                .isInstanceOf(Injection.Outcome.Left.class);
    }

    @Test
    void aSecondTurnPutsTheSidecarFirstAgainAndChangesNothingElse() throws Exception {
        ObjectNode once = (ObjectNode) injected(pod("{}", "{tombolo.io/capture: transparent}", APP));
        assertThat(injected(once)).isEqualTo(once);
        // When another webhook was there in between
        ObjectNode late = once.deepCopy();
        late.withObject("/spec").withArray("/initContainers").insertObject(0).put("name", "other");
        // Then
        assertThat(injected(late)
                        .at("/spec/initContainers")
                        .valueStream()
                        .map(one -> one.path("name").asText()))
                .containsExactly("tombolo-capture", Injection.CONTAINER, "other");
    }

    @Test
    void whoeverOnlyCallsStartsToo() throws Exception {
        // Given that such a sidecar listens to nobody
        JsonNode probe = sidecar(injected(pod("{}", "{}", APP))).path("startupProbe");
        // Then
        assertThat(probe.has("tcpSocket")).isFalse();
        assertThat(probe.at("/exec/command").toString()).contains("/var/lib/tombolo/sidecar/configured");
    }

    @Test
    void secretsForItsImageAreAddedToThePodsOwn() throws Exception {
        assertThat(injected(pod("{}", "{}", "{imagePullSecrets: [{name: own}]}"))
                        .at("/spec/imagePullSecrets")
                        .toString())
                .isEqualTo("[{\"name\":\"own\"},{\"name\":\"pull\"}]");
    }

    @Test
    void aServiceThatIsNotThereIsRefusedWhereAllAreKnown() throws Exception {
        ObjectNode pod = pod("{}", "{tombolo.io/service: checkout, tombolo.io/app-port: '8080'}", APP);
        assertThatThrownBy(() -> Injection.into(pod, "shop", NONE, SIDECAR))
                .hasMessageContaining("TB-7102")
                .hasMessageContaining("reate it before its pods");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    {app: both}     | {}                                              | {}                          | also, and
                    {app: stock}    | {}                                              | {}                          | 2 such TCP ports
                    {app: checkout} | {}                                              | {containers: []}            | targetPort web
                    {}              | {tombolo.io/service: else}                      | {}                          | app-port
                    {}              | {tombolo.io/servce: checkout}                   | {}                          | servce
                    {}              | {tombolo.io/inject: maybe}                      | {}                          | inject
                    {}              | {tombolo.io/capture: all}                       | {}                          | dns, transparent or none
                    {}              | {tombolo.io/app-port: '70000'}                  | {}                          | 65535
                    {}              | {tombolo.io/settings: 'inbound.port=1'}         | {}                          | eave it out
                    {}              | {tombolo.io/settings: 'kubernetes.ca-pin=1'}    | {}                          | eave it out
                    {}              | {tombolo.io/settings: '--transparent'}          | {}                          | KEY=VALUE
                    {}              | {}                                              | {hostNetwork: true}         | hostNetwork
                    {}              | {}                                              | {os: {name: windows}}       | windows
                    {}              | {}                                              | {dnsConfig: {options: [{name: rotate}]}} | rotate
                    {}              | {}                                              | {securityContext: {sysctls: [{name: net.ipv4.ip_unprivileged_port_start, value: '80'}]}} | port 53
                    {}              | {}                                              | {dnsPolicy: Default}        | dnsPolicy
                    {}              | {}                                              | {dnsConfig: {nameservers: [10.0.0.1, 10.0.0.2]}} | no room
                    """)
    void whatCannotBeMeantIsRefusedWithAWayOut(String labels, String annotations, String spec, String says)
            throws Exception {
        ObjectNode pod = pod(labels, annotations, spec);
        if (annotations.contains("app-port")) {
            ((ObjectNode) pod.at("/metadata/annotations")).put("tombolo.io/service", "checkout");
        }
        assertThatThrownBy(() -> injected(pod))
                .isInstanceOf(TomboloException.class)
                .hasMessageContaining("TB-7102")
                .hasMessageContaining(says);
    }

    @Test
    void servicesAreReadAsTheApiHasThem() throws Exception {
        assertThat(KnownService.of(yaml("""
                        metadata: {name: checkout}
                        spec:
                          selector: {app: checkout}
                          ports:
                          - {name: grpc-calls, port: 80, targetPort: calls}
                          - {port: 81, appProtocol: kubernetes.io/h2c}
                          - {port: 53, protocol: UDP}
                        """)))
                .isEqualTo(new KnownService(
                        "checkout",
                        Map.of("app", "checkout"),
                        List.of(new KnownService.Port(80, "calls", "grpc"), new KnownService.Port(81, "81", "h2c"))));
    }

    @Test
    void aTemplateWithWhatIsNoneIsRefused() {
        Stream.<Runnable>of(
                        () -> new SidecarTemplate(
                                "a b", "Always", List.of(), "c:1", "a".repeat(64), "10.0.0.1", "cluster.local"),
                        () -> new SidecarTemplate(
                                "a", "Often", List.of(), "c:1", "a".repeat(64), "10.0.0.1", "cluster.local"),
                        () -> new SidecarTemplate("a", "Always", List.of(), "c:1", "a", "10.0.0.1", "cluster.local"),
                        () -> new SidecarTemplate(
                                "a", "Always", List.of(), "c:1", "a".repeat(64), "dns", "cluster.local"),
                        () -> new SidecarTemplate(
                                "a", "Always", List.of(), "c:1", "a".repeat(64), "127.0.0.53", "cluster.local"))
                .forEach(wrong -> assertThatThrownBy(wrong::run).hasMessageContaining("TB-1003"));
    }
}
