package io.tombolo.controller.health;

import io.tombolo.controller.enrol.LiveProxy;
import io.tombolo.controller.exporting.LocalService;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.RosterEntry;
import io.tombolo.model.catalog.ServiceHealth;
import java.util.Comparator;
import java.util.List;

/** The health of one service, from its instances. A pure function. */
public final class ServiceHealths {
    private ServiceHealths() {}

    public static ServiceHealth of(LocalService service) {
        List<LiveProxy> instances = service.instances();
        int ready = count(instances, InstanceState.READY);
        int draining = count(instances, InstanceState.DRAINING);
        List<RosterEntry> roster = instances.stream()
                .filter(proxy -> proxy.state() != InstanceState.NOT_READY)
                .sorted(Comparator.comparing(proxy -> proxy.registration().instance()))
                .limit(ServiceHealth.MAX_ROSTER)
                .map(proxy ->
                        new RosterEntry(proxy.registration().instance(), proxy.state(), proxy.weight(), proxy.zone()))
                .toList();
        return new ServiceHealth(service.name(), ready, instances.size(), 0, draining, roster);
    }

    private static int count(List<LiveProxy> instances, InstanceState state) {
        return (int) instances.stream().filter(proxy -> proxy.state() == state).count();
    }
}
