package io.tombolo.controller.kube;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.tombolo.model.catalog.ServiceAddresses;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ServiceName;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The Service that the API server gives an import its addresses by. It selects nothing, and nobody gives it endpoints that the nodes
 * would lead to: a program that is not in the mesh is refused at its addresses, at once.
 * @param ports of the import that calls go to, named as a Service's must be
 */
record DerivedService(ServiceName service, String affinity, List<ImportObject.Port> ports) {
    private static final String BOTH_IF_POSSIBLE = "PreferDualStack";
    private static final String TYPE = "ClusterIP";
    private static final String NO_AFFINITY = "None";
    private static final String NO_ADDRESS = "None";

    DerivedService {
        ports = List.copyOf(ports);
    }

    static DerivedService of(ServiceName service, ImportObject says) {
        return new DerivedService(
                service, says.traffic().affinity(), ImportObject.Port.named(ImportObject.Port.carried(says.ports())));
    }

    /** A new one. @param before addresses to ask for; none = any */
    Service made(GenericKubernetesResource owner, List<InetAddress> before) {
        var made = new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(service.namespace())
                .withName(DerivedName.of(service))
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .build();
        if (!before.isEmpty()) {
            List<String> ips = before.stream().map(IpText::of).toList();
            made.getSpec().setClusterIP(ips.getFirst());
            made.getSpec().setClusterIPs(ips);
        }
        return put(made, owner);
    }

    /** The same object saying this; its addresses are the API server's to give, and stay. */
    Service put(Service now, GenericKubernetesResource owner) {
        var labels =
                new TreeMap<>(Optional.ofNullable(now.getMetadata().getLabels()).orElse(Map.of()));
        labels.put(ImportObject.MANAGED_BY, ImportObject.US);
        labels.put(MeshLabels.SERVICE, service.name());
        Service said = new ServiceBuilder(now)
                .editMetadata()
                .withLabels(labels)
                .withOwnerReferences(MeshLabels.owner(owner))
                .endMetadata()
                .editSpec()
                .withType(TYPE)
                .withSessionAffinity(affinity)
                .withIpFamilyPolicy(BOTH_IF_POSSIBLE)
                .withExternalIPs(List.of())
                .withPorts(ports.stream().map(DerivedService::port).toList())
                .endSpec()
                .build();
        if (affinity.equals(NO_AFFINITY)) {
            said.getSpec().setSessionAffinityConfig(null); // the API server refuses one of no affinity
        }
        return said;
    }

    private static ServicePort port(ImportObject.Port port) {
        return new ServicePortBuilder()
                .withName(port.name().isEmpty() ? null : port.name())
                .withProtocol(port.protocol())
                .withAppProtocol(port.appProtocol().isEmpty() ? null : port.appProtocol())
                .withPort(port.port())
                .withTargetPort(new IntOrString(port.port()))
                .build();
    }

    /** Whether an object says it. */
    boolean isSaidBy(Service object, GenericKubernetesResource owner) {
        var spec = object.getSpec();
        return isLabelled(object)
                && MeshLabels.isOf(object, owner)
                && affinity.equals(spec.getSessionAffinity())
                && BOTH_IF_POSSIBLE.equals(spec.getIpFamilyPolicy())
                && spec.getExternalIPs().isEmpty()
                && ports.equals(
                        spec.getPorts().stream().map(DerivedService::port).toList());
    }

    /** Of which import it is; empty if it only looks like one of ours. */
    static Optional<ServiceName> derivedFrom(Service object) {
        String namespace = object.getMetadata().getNamespace();
        String service = object.getMetadata().getLabels().getOrDefault(MeshLabels.SERVICE, "");
        return ExportObject.name(namespace, service)
                .filter(name -> DerivedName.of(name).equals(object.getMetadata().getName()));
    }

    /** Whether its labels say that it is this one. */
    boolean isLabelled(Service object) {
        return ImportObject.isOurs(object)
                && service.name().equals(object.getMetadata().getLabels().get(MeshLabels.SERVICE));
    }

    private static ImportObject.Port port(ServicePort port) {
        return new ImportObject.Port(
                Optional.ofNullable(port.getName()).orElse(""),
                Optional.ofNullable(port.getProtocol()).orElse("TCP"),
                Optional.ofNullable(port.getAppProtocol()).orElse(""),
                port.getPort());
    }

    /**
     * Whether somebody made something else of it, which leads to somewhere or has no address any more. Endpoints that it got by that
     * would outlive a change back: it is made anew.
     */
    static boolean isBent(Service object) {
        var selector = object.getSpec().getSelector();
        return selector != null && !selector.isEmpty()
                || !TYPE.equals(object.getSpec().getType())
                || NO_ADDRESS.equals(object.getSpec().getClusterIP());
    }

    /** The addresses of an object; empty if it has none. */
    static Optional<ServiceAddresses> addresses(ServiceName service, Service object) {
        var spec = object.getSpec();
        Stream<String> said =
                spec.getClusterIPs().isEmpty() ? Stream.ofNullable(spec.getClusterIP()) : spec.getClusterIPs().stream();
        List<InetAddress> addresses =
                said.flatMap(text -> IpText.read(text).stream()).toList();
        try {
            return addresses.isEmpty() ? Optional.empty() : Optional.of(new ServiceAddresses(service, addresses));
        } catch (TomboloException noService) {
            return Optional.empty(); // an API server that gives such an address gives it to nobody
        }
    }
}
