package io.tombolo.it.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.tombolo.cli.demo.Together;
import io.tombolo.it.actors.Beside;
import io.tombolo.it.actors.Caller;
import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.Federation;
import io.tombolo.it.actors.FreePorts;
import io.tombolo.it.actors.ServiceInstance;
import io.tombolo.it.actors.Terminal;
import io.tombolo.it.actors.kube.ApiServer;
import io.tombolo.it.actors.kube.ImportPlaces;
import io.tombolo.it.actors.kube.NamedApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Real controllers, one of them on an API server, and calls between the two clusters. */
@SuppressWarnings("NullAway.Init") // made before all tests
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Beside
class KubernetesModeIT {
    private ApiServer api;
    private Federation federation;
    private Cluster plain;
    private Cluster kube;
    private ServiceInstance checkout;
    private Caller caller;

    @BeforeAll
    void start() throws Exception {
        api = ApiServer.start();
        int injection = FreePorts.one();
        api.asksAboutPodsAt(injection);
        federation = Federation.unlinked(Map.of());
        plain = federation.addCluster("plain", "eu");
        kube = federation.addCluster(
                "kube",
                "eu",
                Map.of(
                        "kubernetes.config-file",
                        api.kubeconfig(federation.dir().resolve("api")).toString(),
                        "kubernetes.namespace",
                        "tombolo-system",
                        "injection.image",
                        "tombolo:1",
                        "injection.cluster-dns",
                        "10.96.0.10",
                        "injection.port",
                        String.valueOf(injection)));
        plain.awaitReady();
        kube.awaitReady();
        plain.operator().founds("demo", federation.backbone().connectionFile());
        federation.link("kube");
        List<Object> started = Together.all(List.<Supplier<Object>>of(
                () -> plain.startsGateway("gateway", Map.of("listen.host", ImportPlaces.here())),
                () -> kube.startsGateway("gateway"),
                () -> kube.startsService("shop", "checkout", "pod"),
                () -> plain.startsCaller("shop", "frontend", "checkout.shop:80", Map.of())));
        checkout = (ServiceInstance) started.get(2);
        caller = (Caller) started.getLast();
    }

    @AfterAll
    void end() {
        federation.close();
        api.close();
    }

    private void awaitsCondition(String condition) {
        Awaitility.await(condition)
                .atMost(Duration.ofSeconds(20))
                .until(() -> api.conditions("shop", "checkout").contains(condition));
    }

    @Test
    @Order(1)
    void aServiceExportOfKubernetesIsCalledFromAClusterThatIsNotOnIt() {
        // Given
        api.hasNamespace("shop");
        api.exports("shop", "checkout");
        awaitsCondition("Valid=False/NoService");
        // When
        api.hasService("shop", "checkout", "http");
        // Then
        awaitsCondition("Ready=True/Exported");
        assertThat(api.conditions("shop", "checkout")).contains("Valid=True/Valid", "Conflict=False/NoConflicts");
        caller.awaitsAnswerOf("kube pod");
    }

    @Test
    @Order(2)
    void aCheckIsWellOnlyWhileCallsWorkAndNamesThePathByWhichTheyDoNot() {
        // Given
        var terminal = new Terminal(federation.dir().resolve("checker"))
                .with(
                        "TOMBOLO_CONTEXTS",
                        plain.operator().contexts().toAbsolutePath().toString());
        plain.operator().awaitsPathTo("kube");
        awaitsCheck(terminal, 0, "all of it is well");
        // When the gateway takes calls, and the only instance behind it none
        checkout.sidecar().process().pause();
        Terminal.Outcome paused = terminal.tombolo("check");
        checkout.sidecar().process().resume();
        // Then, by the handshake as long as its cluster takes it for ready, and by its cluster's word afterwards
        assertThat(paused.exitCode()).as(paused.output()).isEqualTo(1);
        assertThat(paused.output()).containsAnyOf("TB-9224 CALL_LOST_BEHIND_GATEWAY", "TB-9212");
        // When
        kube.gateway().kill();
        caller.awaitsStatus(503);
        // Then
        assertThat(terminal.tombolo("check").exitCode()).isNotZero();
        plain.operator().awaitsNoPathTo("kube");
        awaitsCheck(terminal, 1, "TB-9205 PATH_NOT_PROVEN path to cluster kube");
        // When
        kube.gateway().startAgain();
        // Then
        caller.awaitsAnswerOf("kube pod");
        plain.operator().awaitsPathTo("kube");
        awaitsCheck(terminal, 0, "all of it is well");
    }

    private static void awaitsCheck(Terminal terminal, int code, String said) {
        Awaitility.await("a check that says " + said)
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> {
                    Terminal.Outcome check = terminal.tombolo("check");
                    assertThat(check.output()).as(check.errors()).contains(said);
                    assertThat(check.exitCode()).as(check.output()).isEqualTo(code);
                });
    }

    @Test
    @Order(2)
    void aCheckOfARealApiServerNamesAnExportWithoutServiceAndWhatIsNotInstalled() {
        // Given
        Optional<Path> kubeconfig = NamedApiServer.kubeconfig();
        Assumptions.assumeTrue(kubeconfig.isPresent(), NamedApiServer.VARIABLE + " names no API server");
        Terminal.assumeInstalled("kubectl");
        var terminal = new Terminal(federation.dir().resolve("checker"))
                .with("KUBECONFIG", kubeconfig.get().toString());
        String context =
                terminal.sh("kubectl config current-context").ok().output().strip();
        api.exports("shop", "orphan");
        Awaitility.await("what becomes of it")
                .atMost(Duration.ofSeconds(20))
                .until(() -> api.conditions("shop", "orphan").contains("Valid=False/NoService"));
        // When
        Terminal.Outcome check = terminal.tombolo("check", "--kube-context", context);
        Terminal.Outcome before = terminal.tombolo("check", "--kube-context", context, "--before");
        api.unexports("shop", "orphan");
        // Then
        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.output())
                .contains(
                        "TB-9215 EXPORT_INVALID ServiceExport shop/orphan, Valid: is False (NoService)",
                        "TB-9120 NOT_INSTALLED")
                .doesNotContain("TB-9125", "TB-9105", "TB-9102");
        assertThat(before.output()).doesNotContain("TB-9106", "TB-9215", "TB-9109");
    }

    @Test
    @Order(2)
    void anExportThatSaysOtherwiseIsAConflictOfBoth() {
        // When
        plain.operator()
                .api()
                .postYaml(
                        "/resources",
                        "apiVersion: tombolo.io/v1\nkind: ServiceExport\nmetadata: {name: checkout, namespace: shop}\n"
                                + "spec: {ports: [{port: 80, appProtocol: grpc}]}\n");
        // Then
        awaitsCondition("Conflict=True/PortConflict");
        Awaitility.await("the same elsewhere")
                .until(() -> plain.operator()
                        .api()
                        .get("/resources/ServiceExport/shop/checkout")
                        .toString()
                        .contains("PortConflict"));
        // When
        plain.operator().unexports("shop", "checkout");
        // Then
        awaitsCondition("Conflict=False/NoConflicts");
    }

    @Test
    @Order(3)
    void aServiceOfAClusterThatIsNotOnKubernetesIsAServiceImportThereAndIsCalledByAPodUnderItsName() throws Exception {
        // Given
        api.hasNamespace("stock");
        plain.startsService("stock", "parts", "machine");
        // When
        plain.operator().exports("stock", "parts");
        // Then
        Awaitility.await("the import")
                .atMost(Duration.ofSeconds(20))
                .until(() -> api.importedFrom("stock", "parts").equals(List.of("plain")));
        // And it has addresses by a Service of its own, and there it says where it is and which clusters are alive
        ImportPlaces places = api.places();
        places.awaitAddresses("stock", "parts");
        places.awaitEndpoints("stock", "plain", ImportPlaces.here());
        places.awaitLeases("plain", "kube");
        places.spoilsDerived("stock", "parts");
        places.awaitPorts("stock", "parts", 80);
        // And a pod needs no token of an operator: its service account says who it is
        Caller pod = kube.startsCallerInPod(
                "clerk", api.startsPod(federation.dir().resolve("pods"), "stock", "clerk"), "parts.stock:80");
        pod.awaitsAnswerOf("plain machine");
        assertThat(pod.gets("/").body()).contains("spiffe://kube.demo.tombolo/ns/stock/sa/clerk");
        // When
        plain.operator()
                .api()
                .postYaml(
                        "/resources",
                        "apiVersion: tombolo.io/v1\nkind: ServiceExport\nmetadata: {name: parts, namespace: stock}\n"
                                + "spec: {ports: [{port: 80, appProtocol: http}, {port: 81, name: more}]}\n");
        // Then
        Awaitility.await("the other port")
                .atMost(Duration.ofSeconds(20))
                .until(() -> api.importedPorts("stock", "parts").equals(List.of(80, 81)));
        places.awaitPorts("stock", "parts", 80, 81);
        // When
        plain.operator().unexports("stock", "parts");
        // Then
        Awaitility.await("no import")
                .atMost(Duration.ofSeconds(20))
                .until(() -> api.importedFrom("stock", "parts").isEmpty());
        places.awaitNothing("stock");
    }

    private void awaitsCondition(String kind, String condition) {
        Awaitility.await(kind + " " + condition)
                .atMost(Duration.ofSeconds(20))
                .until(() -> api.conditions(kind, "shop", "checkout").contains(condition));
    }

    @Test
    @Order(4)
    void aPolicyThatIsAppliedOnKubernetesDecidesAboutCallsAndSaysWhatBecameOfIt() {
        // Given
        caller.awaitsAnswerOf("kube pod");
        // When
        String nobodyElse = """
                apiVersion: tombolo.io/v1
                kind: AuthorizationPolicy
                metadata: {name: checkout, namespace: shop}
                spec: {targetRef: {name: checkout}, action: Deny, rules: [{from: [{clusters: [plain]}]}]}
                """;
        api.applies(nobodyElse);
        // Then
        assertThat(caller.awaitsStatus(403).body()).contains("TB-2029");
        awaitsCondition("AuthorizationPolicy", "Accepted=True/Accepted");
        // When it is mistyped, then it goes on to say No
        api.applies(nobodyElse.replace("clusters", "clutsers"));
        awaitsCondition("AuthorizationPolicy", "Accepted=False/Invalid");
        assertThat(caller.gets("/").statusCode()).isEqualTo(403);
        // When
        api.deletes("AuthorizationPolicy", "shop", "checkout");
        // Then
        caller.awaitsAnswerOf("kube pod");
    }

    @Test
    @Order(5)
    void eachKindIsFollowed() {
        // When
        String target = "metadata: {name: checkout, namespace: shop}\nspec: {targetRef: {name: checkout}, %s}\n";
        api.applies("apiVersion: tombolo.io/v1\nkind: FailoverPolicy\n" + target.formatted("hold: 10s"));
        api.applies("apiVersion: tombolo.io/v1\nkind: TrafficPolicy\n" + target.formatted("balance: {by: RoundRobin}"));
        String route = """
                apiVersion: gateway.networking.k8s.io/v1
                kind: %s
                metadata: {name: checkout, namespace: shop}
                spec:
                  parentRefs: [{group: "", kind: Service, name: checkout}]
                  rules: [{backendRefs: [{group: "", kind: Service, name: checkout, port: 80, weight: 1}]}]
                """;
        api.applies(route.formatted("HTTPRoute"));
        api.applies(route.formatted("GRPCRoute"));
        // Then
        for (String kind : List.of("FailoverPolicy", "TrafficPolicy", "HTTPRoute", "GRPCRoute")) {
            awaitsCondition(kind, "Accepted=True/Accepted");
            assertThat(kube.operator()
                            .api()
                            .get("/resources/" + kind + "/shop/checkout")
                            .path("kind")
                            .asText())
                    .isEqualTo(kind);
        }
    }

    @Test
    @Order(6)
    void otherProgramsReadThereWhichClusterItIs() {
        assertThat(api.property("clusterset.k8s.io")).isEqualTo("demo");
        api.spoilsProperty("cluster.clusterset.k8s.io");
        Awaitility.await("its name again")
                .atMost(Duration.ofSeconds(20))
                .until(() -> api.property("cluster.clusterset.k8s.io").equals("kube"));
    }

    @Test
    @Order(7)
    void proxiesReadThereWhereTheirControllerIsAndHowToKnowIt() {
        String pin = kube.operator().api().context().caPin();
        Map<String, String> said = api.configMap("tombolo-system", "tombolo-mesh");
        assertThat(said).containsEntry("ca-pin", pin);
        assertThat(said.get("controller")).startsWith("127.0.0.1:");
        // When somebody deletes it
        api.deletesConfigMap("tombolo-system", "tombolo-mesh");
        // Then
        Awaitility.await("it again")
                .atMost(Duration.ofSeconds(20))
                .until(() -> api.configMap("tombolo-system", "tombolo-mesh").equals(said));
        // When somebody says something else there
        api.spoilsConfigMap("tombolo-system", "tombolo-mesh");
        // Then
        Awaitility.await("the truth again")
                .atMost(Duration.ofSeconds(20))
                .until(() -> api.configMap("tombolo-system", "tombolo-mesh").equals(said));
    }

    @Test
    @Order(8)
    void aPodGetsASidecarWhereItsNamespaceSaysSoAndIsRefusedInWordsWhereItCannotHaveOne() throws Exception {
        // Given
        api.hasNamespaceWithSidecars("bakery");
        api.hasService("bakery", "bread", "http");
        api.hasAccount("bakery", "default");
        Awaitility.await("the CA").atMost(Duration.ofSeconds(20)).until(api::believesWhomItAsks);
        String pod = """
                apiVersion: v1
                kind: Pod
                metadata: {name: bread, namespace: bakery, annotations: {%s}}
                spec: {containers: [{name: app, image: nowhere.invalid/app}]}
                """;
        // When
        Pod kept = api.admitted(pod.formatted("tombolo.io/service: bread"));
        // Then
        assertThat(kept.getSpec().getContainers()).hasSize(1);
        assertThat(kept.getSpec().getInitContainers().getFirst().getArgs())
                .contains(
                        "--service=bread",
                        "--set=kubernetes.ca-pin="
                                + kube.operator().api().context().caPin());
        assertThatThrownBy(() -> api.admitted(pod.formatted("tombolo.io/capture: all")))
                .hasMessageContaining("TB-7102")
                .hasMessageContaining("dns, transparent or none");
    }

    @Test
    @Order(9)
    void aControllerInAPodIsReachedByKubectlAndNothingOfItStays() throws Exception {
        // Given a kubectl that finds the pod's files and ports on this machine
        Path home = Files.createDirectories(federation.dir().resolve("operator"));
        var terminal = new Terminal(home);
        Files.writeString(
                home.resolve("bin/kubectl"), """
                        #!/bin/sh
                        [ "$1 $2" = "--context=kube --namespace=tombolo-system" ] || exit 9
                        case "$*" in
                            *' exec '*' cat /var/lib/tombolo/contexts.yaml') exec cat '%s' ;;
                            *' exec '*' cat '*) for file; do :; done; exec cat "$file" ;;
                            *' port-forward '*)
                                echo $$ > '%s'
                                for port; do :; done
                                echo "Forwarding from 127.0.0.1${port} -> ${port#:}"
                                exec sleep 600 ;;
                        esac
                        """.formatted(kube.operator().contexts(), home.resolve("forwarding")));
        assertThat(home.resolve("bin/kubectl").toFile().setExecutable(true)).isTrue();
        // When
        Terminal.Outcome clusters = terminal.tombolo("clusters", "--kube-context", "kube");
        // Then
        assertThat(clusters.ok().output()).contains("kube", "plain");
        long forwarding =
                Long.parseLong(Files.readString(home.resolve("forwarding")).strip());
        Awaitility.await("the end of kubectl")
                .atMost(Duration.ofSeconds(20))
                .until(() -> ProcessHandle.of(forwarding)
                        .filter(ProcessHandle::isAlive)
                        .isEmpty());
        // And one that fails is named
        assertThat(terminal.tombolo("clusters", "--kube-context", "other"))
                .satisfies(refused -> assertThat(refused.exitCode()).isEqualTo(5))
                .satisfies(refused -> assertThat(refused.errors()).contains("TB-8002", "--context other"));
    }

    @Test
    @Order(10)
    void aRightThatIsMissingIsNamedAndAllElseGoesOn() {
        // Given a controller that may not make imports
        api.forbidsImports("stock");
        // When it would have to make one
        plain.startsService("stock", "shelves", "shelves");
        plain.operator().exports("stock", "shelves");
        // Then its status says which right it lacks
        awaitsWarnings(all -> all.contains("TB-7103")
                && all.contains("create serviceimports.multicluster.x-k8s.io in the namespace stock"));
        assertThat(api.importedFrom("stock", "shelves")).isEmpty();
        // And all else is followed
        api.hasService("shop", "till", "http");
        api.exports("shop", "till");
        Awaitility.await("another export")
                .atMost(Duration.ofSeconds(20))
                .until(() -> api.conditions("shop", "till").contains("Ready=True/Exported"));
        // When it has the right
        api.forbidsNothing();
        // Then
        Awaitility.await("the import")
                .atMost(Duration.ofSeconds(20))
                .until(() -> api.importedFrom("stock", "shelves").equals(List.of("plain")));
        awaitsWarnings(all -> !all.contains("TB-71"));
    }

    private void awaitsWarnings(Predicate<String> expected) {
        Awaitility.await("warnings of the status")
                .atMost(Duration.ofSeconds(20))
                .until(() -> expected.test(
                        kube.operator().api().get("/status").path("warnings").toString()));
    }

    @Test
    @Order(11)
    void whatIsExportedStaysSoWhileTheApiServerIsAwayAlsoIfTheControllerStartsAgainMeanwhile() {
        // Given
        api.network().refuses();
        kube.controller().kill();
        // When
        kube.startControllerAgain();
        // Then
        assertThat(kube.operator()
                        .api()
                        .get("/resources/ServiceExport/shop/checkout")
                        .at("/spec/ports/0/port")
                        .asInt())
                .isEqualTo(80);
        caller.awaitsAnswerOf("kube pod");
        // When it is back, then it is followed again
        api.network().passes();
        api.unexports("shop", "checkout");
        assertThat(caller.awaitsStatus(503).body()).containsAnyOf("TB-2009", "TB-2024");
    }

    @Test
    @Order(12)
    void theControllerIsAllowedWhatItNeedsAndNothingElse() throws IOException {
        Set<String> allowed = new TreeSet<>();
        for (JsonNode document : new YAMLMapper()
                .readerFor(JsonNode.class)
                .<JsonNode>readValues(Terminal.checkout()
                        .resolve("deploy/kubernetes/rbac.yaml")
                        .toFile())
                .readAll()) {
            document.path("rules")
                    .valueStream()
                    .filter(rule -> !isForTwoControllers(rule))
                    .forEach(rule -> rule.path("apiGroups")
                            .forEach(group -> rule.path("resources")
                                    .forEach(resource -> rule.path("verbs")
                                            .forEach(verb -> allowed.add(
                                                    verb.asText() + " " + group.asText() + "/" + resource.asText())))));
        }
        Optional<Set<String>> asked = api.asked();
        Assumptions.assumeTrue(asked.isPresent(), "a real API server does not tell us what it was asked");
        // Given that nothing is left that it does not do in the tests above
        assertThat(asked).contains(allowed);
    }

    /** Nobody else reads the lease that says which one leads. */
    private static boolean isForTwoControllers(JsonNode rule) {
        return rule.path("resources").toString().equals("[\"leases\"]")
                && rule.path("resourceNames").toString().equals("[\"tombolo-controller\"]");
    }
}
