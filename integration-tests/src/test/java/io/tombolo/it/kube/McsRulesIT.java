package io.tombolo.it.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpecBuilder;
import io.tombolo.cli.demo.Together;
import io.tombolo.it.actors.Beside;
import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.Federation;
import io.tombolo.it.actors.NameServer;
import io.tombolo.it.actors.kube.ApiServer;
import io.tombolo.it.actors.kube.ServiceOwner;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The rules of the MCS API one by one, between two clusters on Kubernetes, and its names. Each is named by the section of
 * <a href="https://github.com/kubernetes/enhancements/tree/master/keps/sig-multicluster/1645-multi-cluster-services-api">KEP-1645</a> that its conformance tests
 * name. Conflicts are made in both orders of arrival. Slices of endpoints need gateways: {@link KubernetesModeIT}.
 */
@SuppressWarnings("NullAway.Init") // made before all tests
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Beside
class McsRulesIT {
    private static final String CONFLICT = "Conflict=True/";

    /** Nobody is there (RFC 5737). */
    private static final String ELSEWHERE = "192.0.2.7";

    private ApiServer westApi;
    private ApiServer eastApi;
    private Federation federation;
    private int made;

    /** The owners of one name in both clusters. */
    private record Owners(ServiceOwner west, ServiceOwner east) {
        Owners turned() {
            return new Owners(east, west);
        }
    }

    @BeforeAll
    void start() throws IOException {
        westApi = ApiServer.start(0);
        eastApi = ApiServer.start(1);
        federation = Federation.unlinked(Map.of());
        Cluster west = cluster("west", westApi);
        Cluster east = cluster("east", eastApi);
        west.awaitReady();
        east.awaitReady();
        west.operator().founds("demo", federation.backbone().connectionFile());
        federation.link("east");
    }

    private Cluster cluster(String name, ApiServer api) throws IOException {
        return federation.addCluster(
                name,
                "eu",
                Map.of(
                        "kubernetes.config-file",
                        api.kubeconfig(federation.dir().resolve("api-" + name)).toString(),
                        "kubernetes.namespace",
                        "tombolo-system"));
    }

    @AfterAll
    void end() {
        federation.close();
        westApi.close();
        eastApi.close();
    }

    private Owners owners() {
        String namespace = "mcs-" + made++;
        return new Owners(westApi.owner(namespace), eastApi.owner(namespace));
    }

    /** Beside each other: what is younger waits for the next second. */
    private void inBothOrders(Consumer<Owners> shown) {
        var _ = Together.all(Stream.of(owners(), owners().turned())
                .<Supplier<Object>>map(owners -> () -> {
                    shown.accept(owners);
                    return owners;
                })
                .toList());
    }

    private static String text(JsonNode imported, String field) {
        return imported.at("/spec/" + field).asText();
    }

    private static List<String> ports(JsonNode imported) {
        return imported.at("/spec/ports")
                .valueStream()
                .map(port ->
                        port.path("name").asText() + "=" + port.path("port").asInt() + "/"
                                + port.path("protocol").asText())
                .sorted()
                .toList();
    }

    @Test
    @DisplayName(
            "importing-services: an export is an import of type ClusterSetIP in the same namespace of each cluster, until it goes")
    void importsOfAClusterIpService() {
        Owners owners = owners();
        owners.west().has().exports();
        for (ServiceOwner each : List.of(owners.west(), owners.east())) {
            assertThat(text(each.awaitsImportFrom("west"), "type")).isEqualTo("ClusterSetIP");
        }
        owners.west().awaitsCondition("Valid=True/Valid");
        owners.west().awaitsCondition("Ready=True/Exported");
        owners.west().unexports();
        owners.west().awaitsNoImport();
        owners.east().awaitsNoImport();
    }

    @Test
    @DisplayName("importing-services: an import is there as long as one cluster exports")
    void importsAsLongAsOneClusterExports() {
        Owners owners = owners();
        owners.west().has().exports();
        owners.east().has().exports();
        owners.west().awaitsImportFrom("east", "west");
        owners.west().unexports();
        owners.west().awaitsImportFrom("east");
        owners.east().awaitsImportFrom("east");
        owners.east().unexports();
        owners.west().awaitsNoImport();
        owners.east().awaitsNoImport();
    }

    @Test
    @DisplayName("exporting-services: a Service without an export of its own is no part of it")
    void servicesThatAreNotExported() {
        Owners owners = owners();
        owners.east().has();
        owners.west().has().exports();
        owners.east().awaitsImportFrom("west");
        owners.west().awaitsCondition("Conflict=False/NoConflicts");
    }

    @Test
    @DisplayName("exporting-services: an export without a Service is not valid until there is one")
    void exportsWithoutAService() {
        Owners owners = owners();
        owners.west().exports();
        owners.west().awaitsCondition("Valid=False/NoService");
        assertThat(owners.east().imported().isMissingNode()).isTrue();
        owners.west().has();
        owners.west().awaitsCondition("Valid=True/Valid");
        owners.east().awaitsImportFrom("west");
    }

    @Test
    @DisplayName("labels-and-annotations: only those that the export names are taken along")
    void labelsAndAnnotations() {
        Owners owners = owners();
        owners.west()
                .has()
                .exports(Map.of(
                        "exportedLabels", Map.of("a", "label"), "exportedAnnotations", Map.of("an", "annotation")));
        JsonNode metadata = owners.east().awaitsImportFrom("west").path("metadata");
        assertThat(metadata.at("/labels/a").asText()).isEqualTo("label");
        assertThat(metadata.at("/annotations/an").asText()).isEqualTo("annotation");
        assertThat(metadata.toString()).doesNotContain("of-the");
    }

    @Test
    @DisplayName("labels-and-annotations: of two that differ the older export's count, and both exports say so")
    void conflictsOfLabelsAndAnnotations() {
        inBothOrders(owners -> {
            owners.west()
                    .has()
                    .exports(Map.of("exportedLabels", Map.of("by", "old"), "exportedAnnotations", Map.of("by", "old")));
            owners.east()
                    .has()
                    .isYoungerThan(owners.west())
                    .exports(Map.of(
                            "exportedLabels", Map.of("by", "young"), "exportedAnnotations", Map.of("by", "young")));
            conflict(owners, "AnnotationsConflict,LabelsConflict");
            for (ServiceOwner each : List.of(owners.west(), owners.east())) {
                JsonNode metadata = each.awaitsImportFrom("east", "west").path("metadata");
                assertThat(metadata.at("/labels/by").asText()).isEqualTo("old");
                assertThat(metadata.at("/annotations/by").asText()).isEqualTo("old");
            }
        });
    }

    private static void conflict(Owners owners, String reasons) {
        owners.west().awaitsCondition(CONFLICT + reasons);
        owners.east().awaitsCondition(CONFLICT + reasons);
    }

    @Test
    @DisplayName("clustersetip: an import of type ClusterSetIP has an IP of its own")
    void addresses() {
        Owners owners = owners();
        owners.west().has().exports();
        owners.west().awaitsAddress();
        owners.east().awaitsAddress();
    }

    @Test
    @DisplayName("session-affinity: an import has the Service's, with its time")
    void sessionAffinity() {
        Owners owners = owners();
        owners.west().has(McsRulesIT::sticky).exports();
        JsonNode imported = owners.east().awaitsImportFrom("west");
        assertThat(text(imported, "sessionAffinity")).isEqualTo("ClientIP");
        assertThat(imported.at("/spec/sessionAffinityConfig/clientIP/timeoutSeconds")
                        .asInt())
                .isEqualTo(77);
    }

    private static ServiceSpecBuilder sticky(ServiceSpecBuilder spec) {
        return spec.withSessionAffinity("ClientIP")
                .withNewSessionAffinityConfig()
                .withNewClientIP()
                .withTimeoutSeconds(77)
                .endClientIP()
                .endSessionAffinityConfig();
    }

    @Test
    @DisplayName(
            "session-affinity, internal-traffic-policy, traffic-distribution: of two that differ the older one's count, and both say so")
    void conflictsOfWholeValues() {
        UnaryOperator<ServiceSpecBuilder> other =
                spec -> sticky(spec).withInternalTrafficPolicy("Local").withTrafficDistribution("PreferClose");
        inBothOrders(owners -> {
            owners.west().has(other).exports();
            owners.east().has().isYoungerThan(owners.west()).exports();
            conflict(
                    owners,
                    "SessionAffinityConflict,SessionAffinityConfigConflict,InternalTrafficPolicyConflict,TrafficDistributionConflict");
            for (ServiceOwner each : List.of(owners.west(), owners.east())) {
                JsonNode imported = each.awaitsImportFrom("east", "west");
                assertThat(text(imported, "sessionAffinity")).isEqualTo("ClientIP");
                assertThat(text(imported, "internalTrafficPolicy")).isEqualTo("Local");
                assertThat(text(imported, "trafficDistribution")).isEqualTo("PreferClose");
            }
        });
    }

    @Test
    @DisplayName("service-port: an import has the ports of the Service")
    void portsOfTheService() {
        Owners owners = owners();
        owners.west().has().exports();
        assertThat(ports(owners.east().awaitsImportFrom("west"))).containsExactly("tcp=42/TCP", "udp=42/UDP");
    }

    private static ServiceSpecBuilder withPort(ServiceSpecBuilder spec, int first, int number, String protocol) {
        List<ServicePort> ports = spec.buildPorts();
        ports.getFirst().setPort(first);
        return spec.withPorts(ports.getFirst())
                .addNewPort()
                .withName("more")
                .withPort(number)
                .withProtocol(protocol)
                .endPort();
    }

    @Test
    @DisplayName("service-port: an import has the union of the ports of all")
    void unionOfPorts() {
        Owners owners = owners();
        owners.west().has().exports();
        owners.east().has(spec -> withPort(spec, 42, 142, "SCTP")).exports();
        JsonNode imported = owners.west().awaitsImportFrom("east", "west");
        assertThat(ports(imported)).containsExactly("more=142/SCTP", "tcp=42/TCP", "udp=42/UDP");
        conflict(owners, "PortConflict");
    }

    @Test
    @DisplayName("service-port: of two ports of one name the older export's counts, and both exports say so")
    void conflictsOfPorts() {
        inBothOrders(owners -> {
            owners.west().has().exports();
            owners.east()
                    .has(spec -> withPort(spec, 43, 44, "TCP"))
                    .isYoungerThan(owners.west())
                    .exports();
            conflict(owners, "PortConflict");
            for (ServiceOwner each : List.of(owners.west(), owners.east())) {
                assertThat(ports(each.awaitsImportFrom("east", "west")))
                        .containsExactly("more=44/TCP", "tcp=42/TCP", "udp=42/UDP");
            }
        });
    }

    @Test
    @DisplayName("service-types: a headless Service is an import of type Headless, which has no IP")
    void headlessServices() {
        Owners owners = owners();
        owners.west().has(spec -> spec.withClusterIP("None")).exports();
        for (ServiceOwner each : List.of(owners.west(), owners.east())) {
            JsonNode imported = each.awaitsImportFrom("west");
            assertThat(text(imported, "type")).isEqualTo("Headless");
            assertThat(imported.at("/spec/ips").isEmpty()).isTrue();
        }
        owners.west().unexports();
        owners.east().awaitsNoImport();
    }

    @Test
    @DisplayName("service-types: a NodePort and a LoadBalancer are exported as ClusterSetIP")
    void nodePortsAndLoadBalancers() {
        for (String type : List.of("NodePort", "LoadBalancer")) {
            Owners owners = owners();
            owners.west().has(spec -> spec.withType(type)).exports();
            assertThat(text(owners.east().awaitsImportFrom("west"), "type")).isEqualTo("ClusterSetIP");
        }
    }

    @Test
    @DisplayName("service-types: an ExternalName is not exported, and the export says so")
    void externalNames() {
        Owners owners = owners();
        owners.west()
                .has(spec -> spec.withType("ExternalName").withExternalName("example.org"))
                .exports();
        owners.west().awaitsCondition("Valid=False/InvalidServiceType");
        assertThat(owners.west().imported().isMissingNode()).isTrue();
    }

    @Test
    @DisplayName("headlessness: of two that differ the older export's counts, and both exports say so")
    void conflictsOfTypes() {
        inBothOrders(owners -> {
            owners.west().has().exports();
            owners.east()
                    .has(spec -> spec.withClusterIP("None"))
                    .isYoungerThan(owners.west())
                    .exports();
            conflict(owners, "TypeConflict");
            for (ServiceOwner each : List.of(owners.west(), owners.east())) {
                assertThat(text(each.awaitsImportFrom("east", "west"), "type")).isEqualTo("ClusterSetIP");
            }
        });
    }

    private void exports(String name, String more) {
        westApi.applies("""
                apiVersion: v1
                kind: Service
                metadata: {name: %s, namespace: names}
                spec: {%sports: [{name: web, port: 80, appProtocol: http}]}
                """.formatted(name, more));
        westApi.exports("names", name);
    }

    @Test
    @Order(Integer.MAX_VALUE) // it leaves nothing that runs
    @DisplayName(
            "dns: names have what the API server gave, also after a restart while controller and API server are away")
    void names() throws Exception {
        // Given a service, and a headless one with two instances, one of which says that it is on this machine
        Cluster west = federation.cluster("west");
        westApi.hasNamespace("names");
        exports("checkout", "");
        exports("mysql", "clusterIP: None, ");
        String pod = west.startsService("names", "mysql", "pod", Map.of("advertise", ELSEWHERE + ":15006"))
                .sidecar()
                .ready()
                .path("instance")
                .asText();
        west.startsService("names", "mysql", "liar", Map.of("advertise", "127.0.0.1:15006"));
        // When
        NameServer names =
                west.startsNames(westApi.startsPod(federation.dir().resolve("pods"), "tombolo-system", "dns"));
        // Then
        Awaitility.await("names")
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> answers(names, pod, westApi.importedAt("names", "checkout")));
        // When
        List<String> addresses = westApi.importedAt("names", "checkout");
        westApi.network().refuses();
        west.controller().kill();
        names.process().kill();
        names.process().startAgain();
        // Then
        Awaitility.await("the same names")
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> answers(names, pod, addresses));
    }

    private static void answers(NameServer names, String pod, List<String> addresses) {
        assertThat(names.records("dns-version.clusterset.local", "TXT")).containsExactly("1.0.0");
        String checkout = "checkout.names.svc.clusterset.local";
        assertThat(names.records(checkout, "A")).isNotEmpty().isEqualTo(addresses);
        assertThat(names.records("_web._tcp." + checkout, "SRV")).containsExactly("0 100 80 " + checkout + ".");
        String mysql = "mysql.names.svc.clusterset.local";
        String host = pod + ".west." + mysql;
        assertThat(names.records(mysql, "A")).containsExactly(ELSEWHERE);
        assertThat(names.records(host, "A")).containsExactly(ELSEWHERE);
        assertThat(names.records("_web._tcp." + mysql, "SRV")).containsExactly("0 100 80 " + host + ".");
        assertThat(names.records("west." + mysql, "A")).isEmpty();
    }
}
