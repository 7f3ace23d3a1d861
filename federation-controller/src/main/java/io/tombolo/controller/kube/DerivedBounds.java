package io.tombolo.controller.kube;

import io.tombolo.model.name.ServiceName;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds to {@link AddressLimits}, and says whom they leave out. One thread's own. */
final class DerivedBounds {
    private final AddressLimits limits;
    private final LeftOut services = leftOut(AddressLimits.Limit.SERVICES, "addresses");
    private final LeftOut ports = leftOut(AddressLimits.Limit.PORTS, "ports");

    DerivedBounds(AddressLimits limits) {
        this.limits = limits;
    }

    private static LeftOut leftOut(AddressLimits.Limit limit, String what) {
        return new LeftOut(what, "these imports have no address: " + limit.text());
    }

    /** Those that get no address. @param having ports of those that are there */
    Map<ServiceName, AddressLimits.Limit> without(Map<ServiceName, Owner> wanted, Map<ServiceName, Integer> having) {
        Map<ServiceName, Integer> needed = new HashMap<>();
        wanted.forEach((name, owner) -> needed.put(name, owner.ports()));
        Map<ServiceName, AddressLimits.Limit> without = limits.leftOut(needed, having);
        tell(services, AddressLimits.Limit.SERVICES, without);
        tell(ports, AddressLimits.Limit.PORTS, without);
        return without;
    }

    private static void tell(LeftOut left, AddressLimits.Limit limit, Map<ServiceName, AddressLimits.Limit> without) {
        Set<String> names = without.entrySet().stream()
                .filter(one -> one.getValue() == limit)
                .map(one -> one.getKey().toString())
                .collect(Collectors.toSet());
        left.are(names, names.size());
    }
}
