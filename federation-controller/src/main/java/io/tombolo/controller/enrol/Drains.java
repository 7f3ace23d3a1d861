package io.tombolo.controller.enrol;

import io.tombolo.controller.identity.JsonState;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What operators want to be left alone: instances, which may be gateways, and services, of which all instances here are. New requests
 * do not go there; what is in work ends by itself. On disk before it is answered. Safe on any thread; a change blocks for an fsync.
 */
public final class Drains {
    record Ledger(List<String> instances, List<Service> services) {}

    record Service(String namespace, String name) {}

    /** All of them, sorted. */
    public record Drained(Set<InstanceId> instances, Set<ServiceName> services) {
        public Drained {
            instances = Set.copyOf(instances);
            services = Set.copyOf(services);
        }
    }

    private final JsonState<Ledger> file;
    private volatile Drained now;

    public Drains(StateDirectory state) {
        this.file = new JsonState<>(state.file("drains.state"), "DRAN", Ledger.class);
        this.now = file.read().map(Drains::drained).orElse(new Drained(Set.of(), Set.of()));
    }

    public Drained all() {
        return now;
    }

    /** Whether {@code proxy} is to be left alone. */
    public boolean has(LiveProxy proxy) {
        Drained all = now;
        return all.instances().contains(proxy.registration().instance())
                || proxy.offers().stream().anyMatch(offer -> all.services().contains(offer.service()));
    }

    /** Begins or ends to drain an instance; false if it was so before. */
    public boolean set(InstanceId instance, boolean drain) {
        return changed(instances -> toggle(instances, instance, drain), _ -> {});
    }

    /** Begins or ends to drain the instances of a service here; false if it was so before. */
    public boolean set(ServiceName service, boolean drain) {
        return changed(_ -> {}, services -> toggle(services, service, drain));
    }

    private synchronized boolean changed(Consumer<Set<InstanceId>> instances, Consumer<Set<ServiceName>> services) {
        var nextInstances = new TreeSet<>(now.instances());
        var nextServices = new TreeSet<>(now.services());
        instances.accept(nextInstances);
        services.accept(nextServices);
        var next = new Drained(nextInstances, nextServices);
        if (next.equals(now)) {
            return false;
        }
        file.write(new Ledger(
                nextInstances.stream().map(InstanceId::value).toList(),
                nextServices.stream()
                        .map(service -> new Service(service.namespace(), service.name()))
                        .toList()));
        now = next;
        return true;
    }

    private static <T> void toggle(Set<T> set, T value, boolean there) {
        if (there) {
            set.add(value);
        } else {
            set.remove(value);
        }
    }

    private static Drained drained(Ledger ledger) {
        var instances = new TreeSet<InstanceId>();
        ledger.instances().forEach(instance -> instances.add(new InstanceId(instance)));
        var services = new TreeSet<ServiceName>();
        ledger.services().forEach(service -> services.add(new ServiceName(service.namespace(), service.name())));
        return new Drained(instances, services);
    }
}
