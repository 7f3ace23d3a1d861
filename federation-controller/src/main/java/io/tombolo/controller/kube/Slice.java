package io.tombolo.controller.kube;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.tombolo.model.name.InstanceHostname;
import io.tombolo.model.name.ServiceName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What an EndpointSlice says: at which addresses an import is in one cluster.
 * @param name      says what it is of, so that there is never a second one of the same
 * @param lease     by which its cluster counts as alive, as {@code namespace/name}; empty = none is kept
 * @param family    {@code IPv4} or {@code IPv6}
 * @param endpoints by address: whether it is known to work
 * @param hostnames by address: what the instance there is called, if it is called anything
 */
record Slice(
        ServiceName service,
        String name,
        String cluster,
        String lease,
        String family,
        Map<String, Boolean> endpoints,
        Map<String, InstanceHostname> hostnames,
        List<ImportObject.Port> ports) {
    /** Slices of others have another value. */
    static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";

    /** By it the nodes leave a slice out: without it they complain of each that no Service of theirs has. */
    static final String NOT_FOR_NODES = "service.kubernetes.io/headless";

    static final String LEASE = "tombolo.io/lease";

    Slice {
        endpoints = Map.copyOf(endpoints);
        hostnames = Map.copyOf(hostnames);
        ports = List.copyOf(ports);
    }

    /** A new one. */
    EndpointSlice made(GenericKubernetesResource owner) {
        return put(
                new EndpointSliceBuilder()
                        .withNewMetadata()
                        .withNamespace(service.namespace())
                        .withName(name)
                        .endMetadata()
                        .withAddressType(family)
                        .build(),
                owner);
    }

    /** The same object saying this. Its family is for its life; it stands in the name. */
    EndpointSlice put(EndpointSlice now, GenericKubernetesResource owner) {
        var labels = new TreeMap<>(texts(now.getMetadata().getLabels()));
        labels.keySet().removeIf(label -> label.equals(OF_A_SERVICE));
        labels.putAll(labels());
        var annotations = new TreeMap<>(texts(now.getMetadata().getAnnotations()));
        annotations.remove(LEASE);
        if (!lease.isEmpty()) {
            annotations.put(LEASE, lease);
        }
        return new EndpointSliceBuilder(now)
                .editMetadata()
                .withLabels(labels)
                .withAnnotations(annotations)
                .withOwnerReferences(MeshLabels.owner(owner))
                .endMetadata()
                .withEndpoints(new TreeMap<>(endpoints)
                        .entrySet().stream()
                                .map(one -> endpoint(one.getKey(), one.getValue()))
                                .toList())
                .withPorts(ports.stream().map(Slice::port).toList())
                .build();
    }

    /** By it the nodes would lead programs to the endpoints of a Service: never to a proxy of the mesh. */
    private static final String OF_A_SERVICE = "kubernetes.io/service-name";

    private Map<String, String> labels() {
        return Map.of(
                MANAGED_BY,
                ImportObject.US,
                NOT_FOR_NODES,
                "",
                MeshLabels.SERVICE,
                service.name(),
                MeshLabels.CLUSTER,
                cluster);
    }

    /** Of {@code hostnames} those at these addresses. */
    static Map<String, InstanceHostname> of(Set<String> addresses, Map<String, InstanceHostname> hostnames) {
        var some = new TreeMap<>(hostnames);
        some.keySet().retainAll(addresses);
        return some;
    }

    private Endpoint endpoint(String ip, boolean ready) {
        return new EndpointBuilder()
                .withAddresses(ip)
                .withHostname(Optional.ofNullable(hostnames.get(ip))
                        .map(InstanceHostname::label)
                        .orElse(null))
                .withNewConditions()
                .withReady(ready ? true : null)
                .endConditions()
                .build();
    }

    private static EndpointPort port(ImportObject.Port port) {
        return new EndpointPortBuilder()
                .withName(port.name())
                .withProtocol(port.protocol())
                .withAppProtocol(port.appProtocol().isEmpty() ? null : port.appProtocol())
                .withPort(port.port())
                .build();
    }

    /** Whether an object says it. */
    boolean isSaidBy(EndpointSlice object, GenericKubernetesResource owner) {
        Map<String, String> labels = texts(object.getMetadata().getLabels());
        return labels.entrySet().containsAll(labels().entrySet())
                && !labels.containsKey(OF_A_SERVICE)
                && lease.equals(texts(object.getMetadata().getAnnotations()).getOrDefault(LEASE, ""))
                && MeshLabels.isOf(object, owner)
                && ports.equals(object.getPorts().stream().map(Slice::port).toList())
                && endpoints.equals(endpoints(object))
                && hostnameTexts().equals(hostnameTexts(object));
    }

    private Map<String, String> hostnameTexts() {
        var labels = new TreeMap<String, String>();
        hostnames.forEach((ip, hostname) -> labels.put(ip, hostname.label()));
        return labels;
    }

    private static Map<String, String> hostnameTexts(EndpointSlice object) {
        var labels = new TreeMap<String, String>();
        object.getEndpoints().stream()
                .filter(one -> one.getHostname() != null)
                .forEach(one -> one.getAddresses().forEach(ip -> labels.put(ip, one.getHostname())));
        return labels;
    }

    /** Where an object says that something is known to work. */
    static Stream<Proven.Place> ready(EndpointSlice object) {
        return endpoints(object).entrySet().stream()
                .filter(Map.Entry::getValue)
                .flatMap(one -> object.getPorts().stream()
                        .map(port -> new Proven.Place(one.getKey(), port(port).port())));
    }

    private static Map<String, Boolean> endpoints(EndpointSlice object) {
        var endpoints = new TreeMap<String, Boolean>();
        for (Endpoint one : object.getEndpoints()) {
            var conditions = Optional.ofNullable(one.getConditions());
            one.getAddresses()
                    .forEach(ip ->
                            endpoints.put(ip, conditions.map(c -> c.getReady()).orElse(false)));
        }
        return endpoints;
    }

    private static ImportObject.Port port(EndpointPort port) {
        return new ImportObject.Port(
                Optional.ofNullable(port.getName()).orElse(""),
                Optional.ofNullable(port.getProtocol()).orElse("TCP"),
                Optional.ofNullable(port.getAppProtocol()).orElse(""),
                Optional.ofNullable(port.getPort()).orElse(0));
    }

    private static Map<String, String> texts(Map<String, String> said) {
        return said == null ? Map.of() : said;
    }
}
