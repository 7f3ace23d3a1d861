package io.tombolo.controller.kube;

import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which EndpointSlices imports have. Pure: what is known makes them, not the order in which it came, and how a path fares is no part
 * of it once it worked.
 * @param leases in which namespace there is a lease of each cluster; empty = in none
 * @param proven gateways to which a path has worked since their clusters' leases began
 */
record Slices(EndpointNews.Known known, Optional<String> leases, Set<InstanceId> proven) {
    /** As many as Kubernetes itself puts into one. */
    static final int MOST_ENDPOINTS = 100;

    private static final int MOST_SLICES = 1 << 10;

    /** Of endpoints in one slice: of one family, at one port. */
    private record Kind(boolean ipv6, int port) {}

    /** All of a service's, by name. */
    Map<String, Slice> of(ImportedService service) {
        Map<String, Slice> all = new TreeMap<>();
        for (ImportedService.Source source : service.sources()) {
            Map<Kind, Map<String, Boolean>> kinds = new HashMap<>();
            endpoints(service, source.cluster())
                    .forEach(one -> kinds.computeIfAbsent(new Kind(one.isIpv6(), one.port()), _ -> new TreeMap<>())
                            .merge(one.ip(), one.ready(), Boolean::logicalOr));
            kinds.forEach((kind, endpoints) ->
                    slices(service, source, kind, endpoints).forEach(slice -> all.put(slice.name(), slice)));
        }
        return all;
    }

    /**
     * Instances are called one by one where a service is headless, and those of other clusters have no address here: such a service has
     * endpoints in this cluster only.
     */
    private Stream<SliceEndpoint> endpoints(ImportedService service, ClusterId cluster) {
        Optional<OriginFacts> origin =
                Optional.ofNullable(known.origins().get(cluster)).filter(facts -> !facts.over());
        if (known.own().filter(cluster::equals).isPresent()) {
            return origin.stream().flatMap(_ -> here(service.service()));
        }
        return service.type() == ServiceType.HEADLESS
                ? Stream.empty()
                : origin.stream().flatMap(this::gateways);
    }

    private Stream<SliceEndpoint> here(ServiceName service) {
        return known.local().getOrDefault(service, List.of()).stream()
                .filter(instance -> instance.state() == InstanceState.READY)
                .flatMap(instance -> instance.addresses().stream())
                .flatMap(at -> SliceEndpoint.of(at, true).stream());
    }

    private Stream<SliceEndpoint> gateways(OriginFacts origin) {
        return origin.gateways().stream()
                .filter(gateway -> !gateway.draining())
                .flatMap(gateway -> gateway.addresses().stream()
                        .flatMap(at -> SliceEndpoint.of(at, proven.contains(gateway.instance())).stream()));
    }

    private Stream<Slice> slices(
            ImportedService service, ImportedService.Source source, Kind kind, Map<String, Boolean> endpoints) {
        int parts = 1;
        while (endpoints.size() > parts * MOST_ENDPOINTS && parts < MOST_SLICES) {
            parts *= 2;
        }
        Map<Integer, Map<String, Boolean>> byPart = new TreeMap<>();
        for (var one : endpoints.entrySet()) {
            byPart.computeIfAbsent(part(one.getKey(), parts), _ -> new TreeMap<>())
                    .put(one.getKey(), one.getValue());
        }
        List<ImportObject.Port> ports = ports(service, source, kind.port());
        var made = new ArrayList<Slice>();
        byPart.forEach((part, some) -> made.add(new Slice(
                service.service(),
                name(service.service(), source.cluster(), kind) + (part == 0 ? "" : "-" + part),
                source.cluster().value(),
                leases.map(namespace -> namespace + "/" + OriginLease.name(source.cluster()))
                        .orElse(""),
                kind.ipv6() ? "IPv6" : "IPv4",
                some,
                ports)));
        return made.stream();
    }

    /** Where one comes or goes the others stay in their slices. */
    private static int part(String ip, int parts) {
        byte[] hash = DerivedName.sha256(ip);
        return (Byte.toUnsignedInt(hash[0]) << Byte.SIZE | Byte.toUnsignedInt(hash[1])) % parts;
    }

    private static String name(ServiceName service, ClusterId cluster, Kind kind) {
        return DerivedName.of(service) + "-" + cluster + (kind.ipv6() ? "-6-" : "-4-") + kind.port();
    }

    /** Those that the cluster exposes, each at the one port where its proxy listens. */
    private static List<ImportObject.Port> ports(ImportedService service, ImportedService.Source source, int at) {
        return ImportObject.Port.named(ImportObject.Port.of(service.ports())).stream()
                .filter(port -> source.ports().contains(port.port()))
                .map(port -> port.at(at))
                .toList();
    }
}
