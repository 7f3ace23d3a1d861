package io.tombolo.controller.kube;

import io.tombolo.model.name.ServiceName;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many imports have addresses, however many other clusters export. Pure.
 * @param services derived Services of this cluster
 * @param ports    of the derived Services of one namespace: the kubelet gives each pod there variables for every port, and a pod that
 *                 gets too many does not start
 */
public record AddressLimits(int services, int ports) {
    static final AddressLimits NONE = new AddressLimits(Integer.MAX_VALUE, Integer.MAX_VALUE);

    /** By which one an import is left out. */
    enum Limit {
        SERVICES("as many as controller.kubernetes.max-addresses have addresses already"),
        PORTS(
                "imports of this namespace with addresses have as many ports as controller.kubernetes.max-namespace-ports already");

        private final String text;

        Limit(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /**
     * Those that get no address. Who has one keeps it where its ports do not become more; the others come by name.
     * @param wanted ports of each
     * @param having ports of those that are there
     */
    SortedMap<ServiceName, Limit> leftOut(Map<ServiceName, Integer> wanted, Map<ServiceName, Integer> having) {
        List<Map.Entry<ServiceName, Integer>> inOrder = wanted.entrySet().stream()
                .sorted(Comparator.comparingInt(
                                (Map.Entry<ServiceName, Integer> one) -> rank(one.getValue(), having.get(one.getKey())))
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        var left = new TreeMap<ServiceName, Limit>();
        Map<String, Integer> used = new HashMap<>();
        int count = 0;
        for (Map.Entry<ServiceName, Integer> one : inOrder) {
            ServiceName name = one.getKey();
            int portsThen = used.getOrDefault(name.namespace(), 0) + one.getValue();
            if (portsThen > ports) {
                left.put(name, Limit.PORTS);
            } else if (count >= services) {
                left.put(name, Limit.SERVICES);
            } else {
                used.put(name.namespace(), portsThen);
                count++;
            }
        }
        return left;
    }

    private static int rank(int ports, @Nullable Integer before) {
        if (before == null) {
            return 2;
        }
        return ports <= before ? 0 : 1;
    }
}
