package io.tombolo.controller.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.name.ServiceName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a {@code ServiceImport} of the MCS API, v1beta1, says of a service, as far as it is this controller's to say.
 * @param labels      without that of who manages it
 * @param annotations of the import
 * @param type        {@code ClusterSetIP} or {@code Headless}
 * @param affinity    {@code None} or {@code ClientIP}
 * @param ports       the union
 */
record ImportObject(
        Map<String, String> labels, Map<String, String> annotations, String type, String affinity, List<Port> ports) {
    static final ResourceDefinitionContext KIND = new ResourceDefinitionContext.Builder()
            .withGroup("multicluster.x-k8s.io")
            .withVersion("v1beta1")
            .withKind("ServiceImport")
            .withPlural("serviceimports")
            .withNamespaced(true)
            .build();

    /** Imports without it are somebody else's. */
    static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    static final String US = "tombolo";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> RESERVED = List.of("kubernetes.io", "k8s.io", "x-k8s.io");
    private static final String RECOMMENDED = "app.kubernetes.io";

    /** @param appProtocol as KEP-3726 names it; empty = bytes */
    record Port(String name, String protocol, String appProtocol, int port) {
        private static Port of(ExportedPort port) {
            return new Port(port.name(), "TCP", appProtocol(port.protocol()), port.port());
        }

        private static Port of(JsonNode said) {
            return new Port(
                    said.path("name").asText(),
                    said.path("protocol").asText("TCP"),
                    said.path("appProtocol").asText(),
                    said.path("port").asInt());
        }

        private static String appProtocol(AppProtocol protocol) {
            return switch (protocol) {
                case TCP -> "";
                case HTTP -> "http";
                case H2C -> "kubernetes.io/h2c";
                case GRPC -> "grpc";
            };
        }

        private Map<String, Object> written() {
            var port = new LinkedHashMap<String, Object>();
            if (!name.isEmpty()) {
                port.put("name", name);
            }
            port.put("protocol", protocol);
            if (!appProtocol.isEmpty()) {
                port.put("appProtocol", appProtocol);
            }
            port.put("port", this.port);
            return port;
        }
    }

    /** What it has to say. */
    static ImportObject of(SharedService shared) {
        ImportedService service = shared.service();
        return new ImportObject(
                ofUsers(shared.labels()),
                ofUsers(shared.annotations()),
                service.type() == ServiceType.HEADLESS ? "Headless" : "ClusterSetIP",
                service.affinity(),
                service.ports().stream().map(Port::of).toList());
    }

    /** Names in the domains of Kubernetes mean something to its controllers: no other cluster says such a thing here. */
    private static Map<String, String> ofUsers(Map<String, String> said) {
        var kept = new TreeMap<String, String>();
        said.forEach((name, value) -> {
            String domain = name.contains("/") ? name.substring(0, name.indexOf('/')) : "";
            boolean reserved = RESERVED.stream().anyMatch(end -> domain.equals(end) || domain.endsWith("." + end));
            if (domain.equals(RECOMMENDED) || !reserved) {
                kept.put(name, value);
            }
        });
        kept.remove(MANAGED_BY);
        return kept;
    }

    /** What it says. */
    static ImportObject of(GenericKubernetesResource object) {
        JsonNode spec = JSON.valueToTree(object.getAdditionalProperties()).path("spec");
        var ports = new ArrayList<Port>();
        spec.path("ports").forEach(port -> ports.add(Port.of(port)));
        return new ImportObject(
                without(texts(object.getMetadata().getLabels())),
                texts(object.getMetadata().getAnnotations()),
                spec.path("type").asText(),
                spec.path("sessionAffinity").asText("None"),
                ports);
    }

    /** Whether this controller made it. */
    static boolean isOurs(GenericKubernetesResource object) {
        return US.equals(texts(object.getMetadata().getLabels()).get(MANAGED_BY));
    }

    private static Map<String, String> texts(Map<String, String> said) {
        return said == null ? Map.of() : new TreeMap<>(said);
    }

    private static Map<String, String> without(Map<String, String> labels) {
        var rest = new TreeMap<>(labels);
        rest.remove(MANAGED_BY);
        return rest;
    }

    /** A new one. */
    GenericKubernetesResource made(ServiceName name) {
        var object = new GenericKubernetesResourceBuilder()
                .withApiVersion("multicluster.x-k8s.io/v1beta1")
                .withKind("ServiceImport")
                .withNewMetadata()
                .withNamespace(name.namespace())
                .withName(name.name())
                .endMetadata()
                .build();
        put(object);
        return object;
    }

    /** Makes an object say it. */
    void put(GenericKubernetesResource object) {
        var all = new TreeMap<>(labels);
        all.put(MANAGED_BY, US);
        object.getMetadata().setLabels(all);
        object.getMetadata().setAnnotations(new TreeMap<>(annotations));
        var spec = new LinkedHashMap<String, Object>();
        spec.put("type", type);
        spec.put("sessionAffinity", affinity);
        spec.put("ports", ports.stream().map(Port::written).toList());
        object.setAdditionalProperty("spec", spec);
    }
}
