package io.tombolo.controller.kube;

import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceHostname;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which EndpointSlices imports have. Pure: what is known makes them, not the order in which it came, and how a path fares is no part
 * of it once it worked.
 * @param leases in which namespace there is a lease of each cluster; empty = in none
 * @param proven gateways to which a path has worked since their clusters' leases began
 */
record Slices(EndpointNews.Known known, Optional<String> leases, Set<InstanceId> proven) {
    /** Another cluster says how many gateways it has, and at how many ports: here that makes so many objects at most. */
    static final int MOST_OF_ANOTHER_CLUSTER = 4;

    /**
     * All slices of a service.
     * @param byName  may be changed
     * @param leftOut endpoints of other clusters for which there are none
     */
    record Made(Map<String, Slice> byName, Map<ClusterId, Integer> leftOut) {}

    Made of(ImportedService service) {
        Map<String, Slice> all = new TreeMap<>();
        Map<ClusterId, Integer> leftOut = new TreeMap<>();
        for (ImportedService.Source source : service.sources()) {
            SliceEndpoints endpoints = SliceEndpoints.of(endpoints(service, source.cluster()));
            if (!isOwn(source.cluster())) {
                endpoints = endpoints.inSlices(MOST_OF_ANOTHER_CLUSTER);
            }
            if (endpoints.leftOut() > 0) {
                leftOut.put(source.cluster(), endpoints.leftOut());
            }
            endpoints
                    .byKind()
                    .forEach((kind, some) ->
                            slices(service, source, kind, some).forEach(slice -> all.put(slice.name(), slice)));
        }
        return new Made(all, leftOut);
    }

    private boolean isOwn(ClusterId cluster) {
        return known.own().filter(cluster::equals).isPresent();
    }

    /**
     * Instances are called one by one where a service is headless, and those of other clusters have no address here: such a service has
     * endpoints in this cluster only.
     */
    private Stream<SliceEndpoint> endpoints(ImportedService service, ClusterId cluster) {
        Optional<OriginFacts> origin =
                Optional.ofNullable(known.origins().get(cluster)).filter(facts -> !facts.over());
        if (isOwn(cluster)) {
            return origin.stream().flatMap(_ -> here(service.service()));
        }
        return service.type() == ServiceType.HEADLESS
                ? Stream.empty()
                : origin.stream().flatMap(this::gateways);
    }

    private Stream<SliceEndpoint> here(ServiceName service) {
        return known.local().getOrDefault(service, List.of()).stream()
                .filter(instance -> instance.state() == InstanceState.READY)
                .flatMap(instance -> instance.addresses().stream()
                        .flatMap(at -> SliceEndpoint.of(at, true, instance.hostname()).stream()));
    }

    /**
     * What instances here are called, by address: names of headless services lead to one of them (KEP-1645). Where two are at one
     * address it is called nothing.
     */
    private Map<String, InstanceHostname> hostnames(ImportedService service, ClusterId cluster, EndpointKind kind) {
        Map<String, Set<InstanceHostname>> said = new TreeMap<>();
        if (isOwn(cluster) && service.type() == ServiceType.HEADLESS) {
            here(service.service())
                    .filter(one -> EndpointKind.of(one).equals(kind))
                    .forEach(one -> one.hostname()
                            .ifPresent(hostname -> said.computeIfAbsent(one.ip(), _ -> new TreeSet<>())
                                    .add(hostname)));
        }
        Map<String, InstanceHostname> hostnames = new TreeMap<>();
        said.forEach((ip, all) -> all.stream().filter(_ -> all.size() == 1).forEach(one -> hostnames.put(ip, one)));
        return hostnames;
    }

    private Stream<SliceEndpoint> gateways(OriginFacts origin) {
        return origin.gateways().stream()
                .filter(gateway -> !gateway.draining())
                .flatMap(gateway -> gateway.addresses().stream()
                        .flatMap(at -> SliceEndpoint.of(at, proven.contains(gateway.instance())).stream()));
    }

    private Stream<Slice> slices(
            ImportedService service, ImportedService.Source source, EndpointKind kind, Map<String, Boolean> endpoints) {
        int parts = SliceEndpoints.parts(endpoints.size());
        Map<Integer, Map<String, Boolean>> byPart = new TreeMap<>();
        for (var one : endpoints.entrySet()) {
            byPart.computeIfAbsent(part(one.getKey(), parts), _ -> new TreeMap<>())
                    .put(one.getKey(), one.getValue());
        }
        List<ImportObject.Port> ports = ports(service, source, kind.port());
        Map<String, InstanceHostname> hostnames = hostnames(service, source.cluster(), kind);
        var made = new ArrayList<Slice>();
        byPart.forEach((part, some) -> made.add(new Slice(
                service.service(),
                name(service.service(), source.cluster(), kind) + (part == 0 ? "" : "-" + part),
                source.cluster().value(),
                leases.map(namespace -> namespace + "/" + OriginLease.name(source.cluster()))
                        .orElse(""),
                kind.ipv6() ? "IPv6" : "IPv4",
                some,
                Slice.of(some.keySet(), hostnames),
                ports)));
        return made.stream();
    }

    /** By the address alone, see {@link SliceEndpoints#parts}. */
    private static int part(String ip, int parts) {
        byte[] hash = DerivedName.sha256(ip);
        return (Byte.toUnsignedInt(hash[0]) << Byte.SIZE | Byte.toUnsignedInt(hash[1])) % parts;
    }

    private static String name(ServiceName service, ClusterId cluster, EndpointKind kind) {
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
