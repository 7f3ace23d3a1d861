package io.tombolo.controller.store;

import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Locality;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads the workloads without a sidecar that a {@code Service} names. */
final class EndpointReader {
    /** Most of one service: each is named in what the federation hears of its health. */
    private static final int MOST = 64;

    private static final int MOST_WEIGHT = 10_000;
    private static final int USUAL_WEIGHT = 100;

    /** Whether loopback is allowed is this controller's setting; the gateways hold to it when they dial. */
    private static final AddressRules WRITTEN = new AddressRules(true);

    private EndpointReader() {}

    static List<Spec.Endpoint> endpoints(Fields spec, List<ExportedPort> ports) {
        List<Spec.Endpoint> endpoints = spec.list("endpoints", item -> endpoint(item, ports));
        String path = spec.path() + ".endpoints";
        if (endpoints.size() > MOST) {
            throw Fields.bad(path, "has more than " + MOST, "put a balancer in front of them");
        }
        if (!endpoints.isEmpty() && ports.isEmpty()) {
            throw Fields.bad(spec.path() + ".ports", "is missing", "nobody else says which ports endpoints have");
        }
        var hosts = new HashSet<String>();
        if (!endpoints.stream().allMatch(endpoint -> hosts.add(endpoint.host()))) {
            throw Fields.bad(path, "names an address twice", "name each address once");
        }
        return endpoints;
    }

    private static Spec.Endpoint endpoint(Fields.Item item, List<ExportedPort> ports) {
        Fields fields = item.object(Set.of("address", "ports", "weight", "zone"));
        String host = fields.requiredText("address");
        int weight = fields.wholeNumber("weight", USUAL_WEIGHT);
        if (weight < 1 || weight > MOST_WEIGHT) {
            throw Fields.bad(item.path() + ".weight", "is " + weight, "write 1 to " + MOST_WEIGHT);
        }
        Map<Integer, Integer> targets = targets(fields, item.path(), ports);
        targets.values().forEach(target -> check(item.path() + ".address", host, target));
        return new Spec.Endpoint(host, targets, weight, zone(fields, item.path()));
    }

    /** Without any, each port of the service is the same there. */
    private static Map<Integer, Integer> targets(Fields fields, String path, List<ExportedPort> ports) {
        var targets = new TreeMap<Integer, Integer>();
        fields.list("ports", each -> {
            Fields port = each.object(Set.of("port", "target"));
            int number = port.requiredInt("port");
            if (ports.stream().noneMatch(known -> known.port() == number)
                    || targets.put(number, port.wholeNumber("target", number)) != null) {
                throw Fields.bad(
                        each.path() + ".port", "is no port of the service, or named twice", "add it to spec.ports");
            }
            return number;
        });
        if (targets.isEmpty()) {
            ports.forEach(port -> targets.put(port.port(), port.port()));
        }
        return targets;
    }

    private static void check(String path, String host, int target) {
        try {
            Optional<String> refusal = WRITTEN.refusal(new HostPort(host, target));
            if (refusal.isPresent()) {
                throw Fields.bad(path, "is " + refusal.get(), "write an address or a name of the workload itself");
            }
        } catch (TomboloException bad) {
            throw bad.where().startsWith(path) ? bad : bad.in(path);
        }
    }

    private static String zone(Fields fields, String path) {
        try {
            return new Locality("", fields.text("zone", "")).zone();
        } catch (TomboloException bad) {
            throw bad.in(path + ".zone");
        }
    }
}
