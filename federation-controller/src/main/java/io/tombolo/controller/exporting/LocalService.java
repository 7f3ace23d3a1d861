package io.tombolo.controller.exporting;

import io.tombolo.controller.enrol.LiveProxy;
import io.tombolo.controller.store.Spec;
import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.model.catalog.CapacityGrants;
import io.tombolo.model.catalog.Consumer;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.ExportedService;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.ServedService;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.catalog.WorkloadEndpoint;
import io.tombolo.model.name.Hostname;
import io.tombolo.model.name.InstanceHostname;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A service of this cluster.
 * @param ports     empty = nobody has said yet
 * @param accounts  of the service's namespace; they may answer for it
 * @param export    set if it is exported
 * @param instances sidecars that answer for it
 * @param endpoints workloads without a sidecar, as they were declared
 * @param hostnames what requests may have for Host beside its own names
 * @param createdAt of the resource; of an offer alone, the epoch
 */
public record LocalService(
        ServiceName name,
        List<ExportedPort> ports,
        Set<String> accounts,
        Optional<Spec.Export> export,
        List<LiveProxy> instances,
        List<WorkloadEndpoint> endpoints,
        Set<Hostname> hostnames,
        Instant createdAt) {
    public LocalService {
        ports = List.copyOf(ports);
        accounts = Set.copyOf(accounts);
        instances = List.copyOf(instances);
        endpoints = List.copyOf(endpoints);
        hostnames = Set.copyOf(hostnames);
    }

    /** Of its workloads without a sidecar, those that somebody can reach: only gateways do, and only in terminate mode. */
    public List<WorkloadEndpoint> reachable() {
        return mode() == ExportMode.TERMINATE ? endpoints : List.of();
    }

    /** Whether a sidecar of this role may answer for it. */
    public boolean isServedBy(ProxyRole role) {
        return role instanceof ProxyRole.Workload workload
                && workload.namespace().equals(name.namespace())
                && accounts.contains(workload.account());
    }

    /** The ids that may answer for it. */
    public Set<SpiffeId> serverIds(TrustDomain trustDomain) {
        return accounts.stream()
                .map(account -> new SpiffeId(trustDomain, name.namespace(), account))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What the proxies that answer for it know. */
    public ServedService served(TrustDomain trustDomain) {
        List<Consumer> consumers = export.map(Spec.Export::consumers).orElse(List.of());
        return new ServedService(name, ports, export.isPresent(), mode(), consumers, serverIds(trustDomain), hostnames);
    }

    /** How its gateways treat callers from elsewhere; without an export nobody comes. */
    public ExportMode mode() {
        return export.map(Spec.Export::mode).orElse(ExportMode.PASSTHROUGH);
    }

    /** What the federation hears of it; empty if it is not exported, or its ports are not known yet. */
    public Optional<ExportedService> exported(TrustDomain trustDomain) {
        return export.filter(_ -> !ports.isEmpty())
                .map(spec -> new ExportedService(
                        name,
                        ports,
                        spec.type(),
                        spec.affinity(),
                        spec.labels(),
                        spec.annotations(),
                        spec.mode(),
                        List.copyOf(serverIds(trustDomain)),
                        spec.consumers(),
                        spec.capacity().map(Spec.Capacity::grants).orElse(CapacityGrants.NONE),
                        spec.traits(),
                        createdAt));
    }

    /** The same, for its own cluster only. */
    public LocalService unexported() {
        return new LocalService(name, ports, accounts, Optional.empty(), instances, endpoints, hostnames, createdAt);
    }

    /** What its instances can take whose weights have that sum, as its export says; 0 = not said. */
    public long capacityPerSecond(long weights) {
        return export.flatMap(Spec.Export::capacity)
                .map(capacity -> capacity.of(weights))
                .orElse(0L);
    }

    /** Its type as callers see it. */
    public ServiceType type() {
        return export.map(Spec.Export::type).orElse(ServiceType.CLUSTER_SET_IP);
    }

    /** Ports that one instance answers on. */
    public static Set<Integer> portsOf(LiveProxy proxy, ServiceName service) {
        return proxy.offers().stream()
                .filter(offer -> offer.service().equals(service))
                .map(offer -> offer.port().port())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What its ready instances say that they are called, each as often as it is said. */
    public Stream<InstanceHostname> saidHostnames() {
        return instances.stream()
                .filter(proxy -> proxy.state() == InstanceState.READY)
                .flatMap(proxy -> proxy.hostname().stream());
    }

    /** What its ready instances are called: what several say is nobody's. */
    public Map<InstanceId, InstanceHostname> called() {
        Set<InstanceHostname> unshared = InstanceHostname.unshared(saidHostnames());
        Map<InstanceId, InstanceHostname> called = new HashMap<>();
        instances.stream()
                .filter(proxy -> proxy.state() == InstanceState.READY)
                .forEach(proxy -> proxy.hostname()
                        .filter(unshared::contains)
                        .ifPresent(hostname -> called.put(proxy.registration().instance(), hostname)));
        return called;
    }

    /** Labels, for lists. */
    public Map<String, String> labels() {
        return export.map(Spec.Export::labels).orElse(Map.of());
    }
}
