package io.tombolo.it.actors.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.tombolo.it.actors.FaultProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An API server that keeps objects as the real one does, and the owner of services on it. Controllers reach it through a network
 * that can fail.
 */
public final class ApiServer implements AutoCloseable {
    private static final String MCS = "multicluster.x-k8s.io/v1beta1";
    private static final String GATEWAY_API = "gateway.networking.k8s.io/v1";
    private static final String OURS = "tombolo.io/v1";

    private static final CustomResourceDefinitionContext EXPORTS = kind(MCS, "ServiceExport", "serviceexports");
    private static final CustomResourceDefinitionContext IMPORTS = kind(MCS, "ServiceImport", "serviceimports");
    private static final CustomResourceDefinitionContext PROPERTIES = new CustomResourceDefinitionContext.Builder()
            .withGroup("about.k8s.io")
            .withVersion("v1alpha1")
            .withKind("ClusterProperty")
            .withPlural("clusterproperties")
            .withScope("Cluster")
            .build();
    private static final List<CustomResourceDefinitionContext> DECLARED = List.of(
            kind(OURS, "AuthorizationPolicy", "authorizationpolicies"),
            kind(OURS, "FailoverPolicy", "failoverpolicies"),
            kind(OURS, "TrafficPolicy", "trafficpolicies"),
            kind(GATEWAY_API, "HTTPRoute", "httproutes"),
            kind(GATEWAY_API, "GRPCRoute", "grpcroutes"),
            kind("gateway.networking.k8s.io/v1beta1", "ReferenceGrant", "referencegrants"));

    private final Behind behind;
    private final KubernetesClient client;

    private ApiServer(Behind behind) {
        this.behind = behind;
        this.client = behind.client();
    }

    private static CustomResourceDefinitionContext kind(String apiVersion, String kind, String plural) {
        String[] parts = apiVersion.split("/", 2);
        return new CustomResourceDefinitionContext.Builder()
                .withGroup(parts[0])
                .withVersion(parts[1])
                .withKind(kind)
                .withPlural(plural)
                .withScope("Namespaced")
                .withStatusSubresource(true)
                .build();
    }

    /** The first of those that {@code TOMBOLO_TEST_KUBECONFIGS} names; without them an imitated one. */
    public static ApiServer start() {
        return start(0);
    }

    /** @param index of that one among them, from 0; where so many are not named it is an imitated one */
    public static ApiServer start(int index) {
        List<CustomResourceDefinitionContext> kinds = Stream.concat(
                        Stream.of(EXPORTS, IMPORTS, PROPERTIES), DECLARED.stream())
                .toList();
        return new ApiServer(NamedApiServer.kubeconfig(index)
                .<Behind>map(first -> new RealApi(first, kinds))
                .orElseGet(() -> new ImitatedApi(kinds)));
    }

    /** Starts a pod. @return the file with its service account's token, as it is mounted there */
    public Path startsPod(Path directory, String namespace, String account) throws IOException {
        return Files.writeString(
                Files.createDirectories(directory).resolve(account + ".token"), behind.podToken(namespace, account));
    }

    /** From now on controllers may not make imports there. */
    /** Which replica of a controller the lease names, and behind a slash which one is in step; empty texts for nobody. */
    public String leader() {
        return Optional.ofNullable(client.leases()
                        .inNamespace("tombolo-system")
                        .withName("tombolo-controller")
                        .get())
                .map(lease -> lease.getSpec().getHolderIdentity() + "/"
                        + lease.getMetadata().getAnnotations().get("tombolo.io/in-step"))
                .orElse("/");
    }

    public void forbidsImports(String namespace) {
        behind.forbidsToMake(IMPORTS, namespace);
    }

    /** Controllers may do again what our rbac.yaml says. */
    public void forbidsNothing() {
        behind.forbidsNothing();
    }

    /** For a controller. */
    public Path kubeconfig(Path directory) throws IOException {
        return Files.writeString(Files.createDirectories(directory).resolve("kubeconfig"), behind.kubeconfig());
    }

    /**
     * What controllers asked for until now, each once; not known of a real one.
     * @return such as {@code list multicluster.x-k8s.io/serviceexports}; the core group is empty
     */
    public Optional<Set<String>> asked() {
        return behind.asked();
    }

    /** Between it and the controllers. */
    public FaultProxy network() {
        return behind.network();
    }

    /** Makes a namespace in which pods get sidecars. */
    public void hasNamespaceWithSidecars(String name) {
        hasNamespace(name);
        client.namespaces()
                .withName(name)
                .edit(namespace -> new NamespaceBuilder(namespace)
                        .editMetadata()
                        .addToLabels("tombolo.io/inject", "enabled")
                        .endMetadata()
                        .build());
    }

    /** Makes a namespace. */
    public void hasNamespace(String name) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(RealApi.OURS)
                        .endMetadata()
                        .build())
                .create();
    }

    /** The addresses of a ServiceImport. */
    public List<String> importedAt(String namespace, String name) {
        return object(IMPORTS, namespace, name)
                .at("/spec/ips")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
    }

    /** The clusters that a ServiceImport names; empty if there is none, or it names none yet. */
    public List<String> importedFrom(String namespace, String name) {
        return object(IMPORTS, namespace, name)
                .at("/status/clusters")
                .valueStream()
                .map(one -> one.path("cluster").asText())
                .toList();
    }

    /** The ports of a ServiceImport. */
    public List<Integer> importedPorts(String namespace, String name) {
        return object(IMPORTS, namespace, name)
                .at("/spec/ports")
                .valueStream()
                .map(one -> one.path("port").asInt())
                .toList();
    }

    /** The namespace of an owner of services, made anew. */
    public ServiceOwner owner(String namespace) {
        hasNamespace(namespace);
        return new ServiceOwner(this, client, namespace);
    }

    /** A ServiceImport as it is; missing if there is none. */
    JsonNode imported(String namespace, String name) {
        return object(IMPORTS, namespace, name);
    }

    /** Where imports are in its network. */
    public ImportPlaces places() {
        return new ImportPlaces(client, (namespace, name) -> object(IMPORTS, namespace, name));
    }

    private JsonNode object(CustomResourceDefinitionContext kind, String namespace, String name) {
        GenericKubernetesResource found = client.genericKubernetesResources(kind)
                .inNamespace(namespace)
                .withName(name)
                .get();
        return found == null ? MissingNode.getInstance() : new ObjectMapper().<JsonNode>valueToTree(found);
    }

    /** Makes a Service with one port. @param appProtocol such as {@code http} */
    public void hasService(String namespace, String name, String appProtocol) {
        hasService(namespace, name, appProtocol, Map.of("", 80));
    }

    /** Makes a Service. @param ports by name; that of a single one may be empty */
    public void hasService(String namespace, String name, String appProtocol, Map<String, Integer> ports) {
        var service = new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withType("ClusterIP");
        ports.forEach((port, number) -> service.addNewPort()
                .withName(port.isEmpty() ? null : port)
                .withPort(number)
                .withAppProtocol(appProtocol)
                .endPort());
        client.resource(service.endSpec().build()).create();
    }

    /** Makes a service account, unless it is there. */
    public void hasAccount(String namespace, String name) {
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .build())
                .createOr(there -> there.patch());
    }

    /** Makes a ServiceExport. @param accounts who may answer; none = whose name is the service's */
    public void exports(String namespace, String name, String... accounts) {
        client.genericKubernetesResources(EXPORTS)
                .inNamespace(namespace)
                .resource(new GenericKubernetesResourceBuilder()
                        .withApiVersion("multicluster.x-k8s.io/v1beta1")
                        .withKind("ServiceExport")
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .withAnnotations(
                                accounts.length == 0
                                        ? Map.of()
                                        : Map.of("tombolo.io/server-accounts", String.join(",", accounts)))
                        .endMetadata()
                        .build())
                .create();
    }

    /** Deletes it. */
    public void unexports(String namespace, String name) {
        client.genericKubernetesResources(EXPORTS)
                .inNamespace(namespace)
                .withName(name)
                .delete();
    }

    /** Has pods of namespaces with the label of ours asked about at a port of this machine, as the chart does by a Service. */
    public void asksAboutPodsAt(int port) {
        client.resource(new MutatingWebhookConfigurationBuilder()
                        .withNewMetadata()
                        .withName("tombolo-inject")
                        .endMetadata()
                        .addNewWebhook()
                        .withName("inject.tombolo.io")
                        .withAdmissionReviewVersions("v1")
                        .withSideEffects("None")
                        .withFailurePolicy("Fail")
                        .withNewNamespaceSelector()
                        .addToMatchLabels("tombolo.io/inject", "enabled")
                        .endNamespaceSelector()
                        .addNewRule()
                        .withApiGroups("")
                        .withApiVersions("v1")
                        .withOperations("CREATE")
                        .withResources("pods")
                        .endRule()
                        .withNewClientConfig()
                        .withUrl("https://127.0.0.1:" + port + "/inject")
                        .endClientConfig()
                        .endWebhook()
                        .build())
                .create();
    }

    /** Whether the webhook's configuration says whom to believe there. */
    public boolean believesWhomItAsks() {
        String bundle = client.admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName("tombolo-inject")
                .get()
                .getWebhooks()
                .getFirst()
                .getClientConfig()
                .getCaBundle();
        return bundle != null && !bundle.isEmpty();
    }

    /** What would be kept of a pod that somebody makes. @throws Exception with the words of who refuses it */
    public Pod admitted(String pod) throws Exception {
        return behind.admitted(client.getKubernetesSerialization().unmarshal(pod, Pod.class));
    }

    /** What a ConfigMap says, by key; nothing if there is none. */
    public Map<String, String> configMap(String namespace, String name) {
        ConfigMap found =
                client.configMaps().inNamespace(namespace).withName(name).get();
        return found == null ? Map.of() : found.getData();
    }

    /** Somebody writes something else into one that is there. */
    public void spoilsConfigMap(String namespace, String name) {
        client.configMaps()
                .inNamespace(namespace)
                .withName(name)
                .edit(map -> new ConfigMapBuilder(map)
                        .withData(Map.of("ca-pin", "spoiled"))
                        .build());
    }

    /** Somebody deletes it. */
    public void deletesConfigMap(String namespace, String name) {
        client.configMaps().inNamespace(namespace).withName(name).delete();
    }

    /** What a ClusterProperty says; empty if there is none. */
    public String property(String name) {
        GenericKubernetesResource found =
                client.genericKubernetesResources(PROPERTIES).withName(name).get();
        return found == null ? "" : found.get("spec", "value");
    }

    /** Somebody writes something else into one that is there. */
    public void spoilsProperty(String name) {
        GenericKubernetesResource found =
                client.genericKubernetesResources(PROPERTIES).withName(name).get();
        found.setAdditionalProperty("spec", Map.of("value", "spoiled"));
        client.resource(found).update();
    }

    /** Applies objects of a policy's, a route's or a grant's kind, as {@code kubectl apply} does. */
    public void applies(String yaml) {
        GenericKubernetesResource wanted =
                client.getKubernetesSerialization().unmarshal(yaml, GenericKubernetesResource.class);
        client.resource(wanted).createOr(there -> there.patch());
    }

    /** Deletes one of them. */
    public void deletes(String kind, String namespace, String name) {
        client.genericKubernetesResources(declared(kind))
                .inNamespace(namespace)
                .withName(name)
                .delete();
    }

    /** {@code Accepted=True/Accepted} and the like, as a policy's status, or that of a route at its first parent, has them. */
    public List<String> conditions(String kind, String namespace, String name) {
        JsonNode status = object(declared(kind), namespace, name).path("status");
        return said(status.has("parents") ? status.at("/parents/0/conditions") : status.path("conditions"));
    }

    /** A policy, a route or a grant as it is; missing if there is none. */
    public JsonNode declared(String kind, String namespace, String name) {
        return object(declared(kind), namespace, name);
    }

    private static CustomResourceDefinitionContext declared(String kind) {
        return DECLARED.stream()
                .filter(one -> one.getKind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    /** {@code Ready=True/Exported} and the like, as an export's status has them. */
    public List<String> conditions(String namespace, String name) {
        return said(object(EXPORTS, namespace, name).at("/status/conditions"));
    }

    private static List<String> said(JsonNode conditions) {
        return conditions
                .valueStream()
                .map(one -> one.path("type").asText() + "=" + one.path("status").asText() + "/"
                        + one.path("reason").asText())
                .toList();
    }

    @Override
    public void close() {
        behind.close();
    }
}
