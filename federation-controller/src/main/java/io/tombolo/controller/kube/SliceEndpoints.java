package io.tombolo.controller.kube;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The endpoints of one cluster that go into slices of an import. Pure.
 * @param byKind  by address: whether it is known to work
 * @param leftOut how many there were no slices for
 */
record SliceEndpoints(Map<EndpointKind, Map<String, Boolean>> byKind, int leftOut) {
    /** As many as Kubernetes itself puts into one. */
    static final int MOST_IN_ONE = 100;

    /** Into how many slices endpoints of one kind go at most. */
    private static final int MOST_PARTS = 1 << 10;

    private record One(EndpointKind kind, String ip, boolean ready) {}

    /** All of them. */
    static SliceEndpoints of(Stream<SliceEndpoint> endpoints) {
        Map<EndpointKind, Map<String, Boolean>> byKind = new TreeMap<>();
        endpoints.forEach(one -> byKind.computeIfAbsent(EndpointKind.of(one), _ -> new TreeMap<>())
                .merge(one.ip(), one.ready(), Boolean::logicalOr));
        return new SliceEndpoints(byKind, 0);
    }

    /** As many as so many slices are for: those that are known to work first, then by kind and address. */
    SliceEndpoints inSlices(int most) {
        Map<EndpointKind, Map<String, Boolean>> taken = new TreeMap<>();
        int left = 0;
        int slices = 0;
        for (One one : inOrder()) {
            Map<String, Boolean> same = taken.getOrDefault(one.kind(), Map.of());
            int then = slices - parts(same.size()) + parts(same.size() + 1);
            if (then > most) {
                left++;
            } else {
                slices = then;
                taken.computeIfAbsent(one.kind(), _ -> new TreeMap<>()).put(one.ip(), one.ready());
            }
        }
        return new SliceEndpoints(taken, left);
    }

    private Iterable<One> inOrder() {
        return byKind.entrySet().stream()
                .flatMap(kind -> kind.getValue().entrySet().stream()
                        .map(one -> new One(kind.getKey(), one.getKey(), one.getValue())))
                .sorted(Comparator.comparing(One::ready)
                        .reversed()
                        .thenComparing(One::kind)
                        .thenComparing(One::ip))
                .toList();
    }

    /**
     * Into how many slices so many endpoints of one kind go. Where one comes or goes the others stay in their slices, but where the count
     * goes over a power of two: there about half of them move.
     */
    static int parts(int endpoints) {
        if (endpoints == 0) {
            return 0;
        }
        int parts = 1;
        while (endpoints > parts * MOST_IN_ONE && parts < MOST_PARTS) {
            parts *= 2;
        }
        return parts;
    }
}
