package io.tombolo.controller.importing;

import io.tombolo.controller.enrol.LiveProxy;
import io.tombolo.controller.exporting.LocalService;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.LocalInstance;
import io.tombolo.model.name.InstanceHostname;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.TrustDomain;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The instances of one service in this cluster, as their neighbours dial them. */
public final class LocalInstances {
    private LocalInstances() {}

    /** Those that can be dialled, whatever their state. */
    public static List<LocalInstance> of(LocalService service, TrustDomain trustDomain) {
        return those(service, LiveProxy::connected, trustDomain);
    }

    /** Those that are not known to be gone: who is not heard for a moment may only not be heard. */
    public static List<LocalInstance> there(LocalService service, TrustDomain trustDomain) {
        return those(service, _ -> true, trustDomain);
    }

    private static List<LocalInstance> those(
            LocalService service, Predicate<LiveProxy> wanted, TrustDomain trustDomain) {
        Map<InstanceId, InstanceHostname> called = service.called();
        return service.instances().stream()
                .filter(wanted.and(proxy -> !proxy.addresses().isEmpty()))
                .map(proxy -> instance(service, proxy, trustDomain, called))
                .filter(instance -> !instance.ports().isEmpty())
                .toList();
    }

    private static LocalInstance instance(
            LocalService service, LiveProxy proxy, TrustDomain trustDomain, Map<InstanceId, InstanceHostname> called) {
        Set<Integer> ports = new TreeSet<>(LocalService.portsOf(proxy, service.name()));
        ports.retainAll(service.ports().stream().map(ExportedPort::port).toList());
        return new LocalInstance(
                service.name(),
                proxy.registration().instance(),
                proxy.addresses(),
                proxy.state(),
                proxy.weight(),
                proxy.zone(),
                ports,
                proxy.registration().role().idIn(trustDomain),
                Optional.ofNullable(called.get(proxy.registration().instance())));
    }
}
