package io.tombolo.controller.health;

import io.tombolo.controller.exporting.LocalService;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.RosterEntry;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.name.InstanceHostname;
import io.tombolo.model.name.InstanceId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The health of one service, from its instances. A pure function of them and of what was found of those without a sidecar. */
public final class ServiceHealths {
    private ServiceHealths() {}

    /** Those with a sidecar. */
    public static ServiceHealth of(LocalService service) {
        return of(service, sidecars(service).toList());
    }

    /** All of them; empty while nobody has looked at some of them yet: unknown is not the same as nobody. */
    public static Optional<ServiceHealth> of(LocalService service, EndpointTable endpoints) {
        boolean known = service.reachable().stream().allMatch(endpoints::knows);
        return known
                ? Optional.of(of(
                        service,
                        Stream.concat(sidecars(service), withoutSidecar(service, endpoints))
                                .toList()))
                : Optional.empty();
    }

    private static Stream<RosterEntry> sidecars(LocalService service) {
        Map<InstanceId, InstanceHostname> called = service.called();
        return service.instances().stream()
                .map(proxy -> new RosterEntry(
                        proxy.registration().instance(),
                        proxy.state(),
                        proxy.weight(),
                        proxy.zone(),
                        Optional.ofNullable(called.get(proxy.registration().instance()))));
    }

    private static Stream<RosterEntry> withoutSidecar(LocalService service, EndpointTable endpoints) {
        return service.reachable().stream()
                .map(endpoints::look)
                .map(endpoint ->
                        new RosterEntry(endpoint.instance(), endpoint.state(), endpoint.weight(), endpoint.zone()));
    }

    private static ServiceHealth of(LocalService service, List<RosterEntry> all) {
        List<RosterEntry> roster = all.stream()
                .filter(entry -> entry.state() != InstanceState.NOT_READY)
                .sorted(Comparator.comparing(RosterEntry::instance))
                .limit(ServiceHealth.MAX_ROSTER)
                .toList();
        return new ServiceHealth(
                service.name(),
                count(all, InstanceState.READY),
                all.size(),
                service.capacityPerSecond(weights(all, InstanceState.READY)),
                count(all, InstanceState.DRAINING),
                roster);
    }

    private static long weights(List<RosterEntry> all, InstanceState state) {
        return all.stream()
                .filter(entry -> entry.state() == state)
                .mapToLong(RosterEntry::weight)
                .sum();
    }

    private static int count(List<RosterEntry> all, InstanceState state) {
        return (int) all.stream().filter(entry -> entry.state() == state).count();
    }
}
