package io.tombolo.controller.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.OtherPort;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.name.Labels;
import io.tombolo.model.name.ServiceName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a {@code ServiceImport} of the MCS API, v1beta1, says of a service, as far as it is this controller's to say.
 * @param labels      without that of who manages it
 * @param annotations of the import
 * @param type        {@code ClusterSetIP} or {@code Headless}
 * @param traffic     how its calls are spread
 * @param ports       the union, of all protocols
 * @param place       in the network of this cluster
 */
record ImportObject(
        Map<String, String> labels,
        Map<String, String> annotations,
        String type,
        ImportTraffic traffic,
        List<Port> ports,
        ImportPlace place) {
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

    private static final String HEADLESS = "Headless";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> RESERVED = List.of("kubernetes.io", "k8s.io", "x-k8s.io", "tombolo.io");
    private static final int LONGEST_ANNOTATION = 1024;

    /** Which labels and annotations of an import are ours to change: the others are of whoever put them there. */
    private static final String OUR_LABELS = "tombolo.io/exported-labels";

    private static final String OUR_ANNOTATIONS = "tombolo.io/exported-annotations";
    private static final String RECOMMENDED = "app.kubernetes.io";

    /** @param appProtocol as KEP-3726 names it; empty = bytes */
    record Port(String name, String protocol, String appProtocol, int port) {
        /** As callers see them. */
        static List<Port> of(List<ExportedPort> ports) {
            return ports.stream().map(Port::of).toList();
        }

        /** Those that calls go to. */
        static List<Port> carried(List<Port> ports) {
            return ports.stream().filter(port -> port.protocol.equals("TCP")).toList();
        }

        /** The same at another port. */
        Port at(int other) {
            return new Port(name, protocol, appProtocol, other);
        }

        private static Port of(ExportedPort port) {
            return new Port(port.name(), "TCP", appProtocol(port.protocol()), port.port());
        }

        private static Port of(OtherPort port) {
            return new Port(port.name(), port.transport().name(), "", port.port());
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

        /** As ports of a Service, and of endpoints, have to be named: one alone need not be, several have names of their own. */
        static List<Port> named(List<Port> ports) {
            if (ports.size() < 2) {
                return List.copyOf(ports);
            }
            Set<String> taken = ports.stream().map(Port::name).collect(Collectors.toCollection(HashSet::new));
            Set<String> seen = new HashSet<>();
            return ports.stream()
                    .map(one -> one.name.isEmpty() || !seen.add(one.name) ? one.named(taken) : one)
                    .toList();
        }

        /** By a name that none of these is, and that is one of them then. */
        private Port named(Set<String> taken) {
            String name = "port-" + port;
            for (int i = 2; !taken.add(name); i++) {
                name = "port-" + port + "-" + i;
            }
            return new Port(name, protocol, appProtocol, port);
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
                ofUsers(shared.labels(), Labels::isLabel),
                ofUsers(shared.annotations(), ImportObject::isAnnotation),
                service.type() == ServiceType.HEADLESS ? HEADLESS : "ClusterSetIP",
                ImportTraffic.of(shared),
                Stream.concat(
                                Port.of(service.ports()).stream(),
                                shared.traits().otherPorts().stream().map(Port::of))
                        .toList(),
                ImportPlace.NOWHERE);
    }

    /** The same, at these addresses. */
    ImportObject at(ImportPlace place) {
        return new ImportObject(labels, annotations, type, traffic, ports, isHeadless() ? ImportPlace.NOWHERE : place);
    }

    /** The same, with one address at most. */
    ImportObject atOne() {
        return new ImportObject(labels, annotations, type, traffic, ports, place.atOne());
    }

    /** What the other one does not say as this one does, sorted. */
    List<String> lostIn(ImportObject other) {
        Stream<String> rest = Stream.of(
                        labels.equals(other.labels) ? "" : "labels",
                        annotations.equals(other.annotations) ? "" : "annotations",
                        type.equals(other.type) ? "" : "type",
                        ports.equals(other.ports) ? "" : "ports",
                        place.ips().equals(other.place.ips()) ? "" : "ips",
                        place.families().equals(other.place.families()) ? "" : "ipFamilies",
                        place.derived().equals(other.place.derived()) ? "" : ImportPlace.DERIVED_SERVICE)
                .filter(field -> !field.isEmpty());
        return Stream.concat(rest, traffic.lostIn(other.traffic)).sorted().toList();
    }

    /** Whether its instances are called one by one, so that it has no address. */
    boolean isHeadless() {
        return type.equals(HEADLESS);
    }

    /** What the API server would not take must not keep the rest of the object back. */
    private static boolean isAnnotation(String name, String value) {
        return Labels.isLabel(name, "") && value.length() <= LONGEST_ANNOTATION;
    }

    /** Names in the domains of Kubernetes mean something to its controllers: no other cluster says such a thing here. */
    private static Map<String, String> ofUsers(Map<String, String> said, BiPredicate<String, String> isKept) {
        var kept = new TreeMap<String, String>();
        said.forEach((name, value) -> {
            String domain = name.contains("/") ? name.substring(0, name.indexOf('/')) : "";
            boolean reserved = RESERVED.stream().anyMatch(end -> domain.equals(end) || domain.endsWith("." + end));
            if ((domain.equals(RECOMMENDED) || !reserved) && isKept.test(name, value)) {
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
                ours(object, OUR_LABELS, object.getMetadata().getLabels()),
                ours(object, OUR_ANNOTATIONS, object.getMetadata().getAnnotations()),
                spec.path("type").asText(),
                ImportTraffic.of(spec),
                ports,
                ImportPlace.of(spec, texts(object.getMetadata().getAnnotations())));
    }

    /** Whether this controller made it. */
    static boolean isOurs(HasMetadata object) {
        return US.equals(texts(object.getMetadata().getLabels()).get(MANAGED_BY));
    }

    private static Map<String, String> texts(Map<String, String> said) {
        return said == null ? Map.of() : new TreeMap<>(said);
    }

    private static Map<String, String> ours(GenericKubernetesResource object, String list, Map<String, String> all) {
        var ours = new TreeMap<>(texts(all));
        ours.keySet().retainAll(names(object, list));
        return ours;
    }

    private static Set<String> names(GenericKubernetesResource object, String list) {
        String said = texts(object.getMetadata().getAnnotations()).getOrDefault(list, "");
        return Set.copyOf(List.of(said.split(",")));
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
        var allLabels = new TreeMap<>(texts(object.getMetadata().getLabels()));
        allLabels.keySet().removeAll(names(object, OUR_LABELS));
        allLabels.putAll(labels);
        allLabels.put(MANAGED_BY, US);
        var allAnnotations = new TreeMap<>(texts(object.getMetadata().getAnnotations()));
        allAnnotations.keySet().removeAll(names(object, OUR_ANNOTATIONS));
        allAnnotations.putAll(annotations);
        allAnnotations.put(OUR_LABELS, String.join(",", labels.keySet()));
        allAnnotations.put(OUR_ANNOTATIONS, String.join(",", annotations.keySet()));
        if (place.derived().isEmpty()) {
            allAnnotations.remove(ImportPlace.DERIVED_SERVICE);
        } else {
            allAnnotations.put(ImportPlace.DERIVED_SERVICE, place.derived());
        }
        object.getMetadata().setLabels(allLabels);
        object.getMetadata().setAnnotations(allAnnotations);
        var spec = new LinkedHashMap<String, Object>();
        spec.put("type", type);
        spec.putAll(traffic.written());
        spec.put("ports", ports.stream().map(Port::written).toList());
        spec.putAll(place.written());
        object.setAdditionalProperty("spec", spec);
    }
}
