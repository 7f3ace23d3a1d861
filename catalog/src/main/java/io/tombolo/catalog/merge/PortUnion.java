package io.tombolo.catalog.merge;

import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.name.ClusterId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The union of ports: merge key first the name, also the empty one, then the number; no name and no number twice. */
final class PortUnion {
    private final List<Owned> union = new ArrayList<>();
    private final List<Conflict> conflicts = new ArrayList<>();

    private record Owned(ExportedPort port, ClusterId owner) {}

    /** @param exports by precedence */
    PortUnion(List<Export> exports) {
        for (Export export : exports) {
            List<ExportedPort> ports = export.service().ports().stream()
                    .sorted(Comparator.comparing(ExportedPort::port))
                    .toList();
            ports.forEach(port -> add(port, export.cluster()));
        }
        exports.forEach(this::findMissing);
    }

    List<ExportedPort> ports() {
        return union.stream()
                .map(Owned::port)
                .sorted(Comparator.comparing(ExportedPort::port))
                .toList();
    }

    List<Conflict> conflicts() {
        return conflicts;
    }

    /** Ports of the union that an export really exposes: by number, which is what the wire carries. */
    Set<Integer> exposedBy(Export export) {
        Set<Integer> numbers =
                export.service().ports().stream().map(ExportedPort::port).collect(Collectors.toSet());
        return ports().stream()
                .map(ExportedPort::port)
                .filter(numbers::contains)
                .collect(Collectors.toSet());
    }

    private void add(ExportedPort port, ClusterId cluster) {
        Optional<Owned> sameName = first(
                held -> held.port().name().equals(port.name()) && !held.owner().equals(cluster));
        Optional<Owned> sameNumber = first(held -> held.port().port() == port.port());
        Optional<Owned> held = sameName.filter(each -> each.port().port() == port.port())
                .or(() -> sameNumber)
                .or(() -> sameName);
        if (held.isEmpty()) {
            union.add(new Owned(port, cluster));
        } else if (!held.get().port().equals(port)) {
            conflicts.add(new Conflict(
                    Conflict.Reason.PORT,
                    held.get().owner(),
                    cluster,
                    "port " + text(port) + " is merged as " + text(held.get().port())));
        }
    }

    /** Ports that are not the same everywhere are a conflict, although the union has them. */
    private void findMissing(Export export) {
        var byNumber = new TreeMap<Integer, Owned>();
        union.forEach(held -> byNumber.put(held.port().port(), held));
        export.service().ports().forEach(port -> byNumber.remove(port.port()));
        byNumber.values().stream()
                .filter(held -> !held.owner().equals(export.cluster()))
                .forEach(held -> conflicts.add(new Conflict(
                        Conflict.Reason.PORT,
                        held.owner(),
                        export.cluster(),
                        "port " + text(held.port()) + " is not exposed here and gets no traffic")));
    }

    private Optional<Owned> first(Predicate<Owned> wanted) {
        return union.stream().filter(wanted).findFirst();
    }

    private static String text(ExportedPort port) {
        String name = port.name().isEmpty() ? "" : port.name() + "=";
        return name + port.port() + "/" + port.protocol().text();
    }
}
