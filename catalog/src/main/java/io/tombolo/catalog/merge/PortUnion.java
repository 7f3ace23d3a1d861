package io.tombolo.catalog.merge;

import io.tombolo.model.catalog.ExportedService;
import io.tombolo.model.name.ClusterId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The union of ports: merge key first the name, also the empty one, then the number; no name and no number twice.
 * @param <P> ports of one kind
 * @param <N> their numbers
 */
final class PortUnion<P, N extends Comparable<N>> {
    private final Kind<P, N> kind;
    private final List<Owned<P>> union = new ArrayList<>();
    private final List<Conflict> conflicts = new ArrayList<>();

    private record Owned<P>(P port, ClusterId owner) {}

    /**
     * Which ports are merged.
     * @param of     an export's
     * @param number that each has once in an export
     * @param text   for people
     * @param most    of the union; who comes later by precedence is left out
     * @param without what it means that a cluster does not have one, for people
     */
    record Kind<P, N extends Comparable<N>>(
            Function<ExportedService, List<P>> of,
            Function<P, N> number,
            Function<P, String> name,
            Function<P, String> text,
            int most,
            String without) {
        private String shown(P port) {
            String called = name.apply(port);
            return (called.isEmpty() ? "" : called + "=") + text.apply(port);
        }
    }

    /** @param exports by precedence */
    PortUnion(Kind<P, N> kind, List<Export> exports) {
        this.kind = kind;
        for (Export export : exports) {
            sorted(kind.of().apply(export.service())).forEach(port -> add(port, export.cluster()));
        }
        exports.forEach(this::findMissing);
    }

    List<P> ports() {
        return sorted(union.stream().map(Owned::port).toList());
    }

    List<Conflict> conflicts() {
        return conflicts;
    }

    /** Whose port has that name, if one has it. */
    Optional<ClusterId> ownerOf(String name) {
        return first(held -> name(held).equals(name)).map(Owned::owner);
    }

    /** Leaves out those whose name another port of the service has already. @param taken by whom */
    void withoutNames(Function<String, Optional<ClusterId>> taken) {
        for (Owned<P> held : List.copyOf(union)) {
            String name = kind.name().apply(held.port());
            if (!name.isEmpty()) {
                taken.apply(name).ifPresent(by -> leaveOut(held, by));
            }
        }
    }

    private void leaveOut(Owned<P> held, ClusterId by) {
        union.remove(held);
        conflicts.add(new Conflict(
                Conflict.Reason.PORT,
                by,
                held.owner(),
                "port " + kind.shown(held.port()) + " is left out: a port that calls go to has its name"));
    }

    private List<P> sorted(List<P> ports) {
        return ports.stream().sorted(Comparator.comparing(kind.number())).toList();
    }

    private void add(P port, ClusterId cluster) {
        Optional<Owned<P>> sameName = first(held ->
                name(held).equals(kind.name().apply(port)) && !held.owner().equals(cluster));
        Optional<Owned<P>> sameNumber = first(held -> number(held).equals(number(port)));
        Optional<Owned<P>> held = sameName.filter(each -> number(each).equals(number(port)))
                .or(() -> sameNumber)
                .or(() -> sameName);
        if (held.isEmpty() && union.size() < kind.most()) {
            union.add(new Owned<>(port, cluster));
        } else if (held.isEmpty()) {
            conflicts.add(new Conflict(
                    Conflict.Reason.PORT,
                    union.getFirst().owner(),
                    cluster,
                    "port " + kind.shown(port) + " is left out: there are " + kind.most() + " already"));
        } else if (!held.get().port().equals(port)) {
            conflicts.add(new Conflict(
                    Conflict.Reason.PORT,
                    held.get().owner(),
                    cluster,
                    "port " + kind.shown(port) + " is merged as "
                            + kind.shown(held.get().port())));
        }
    }

    /** Ports that are not the same everywhere are a conflict, although the union has them. */
    private void findMissing(Export export) {
        var byNumber = new LinkedHashMap<N, Owned<P>>();
        union.stream().sorted(Comparator.comparing(this::number)).forEach(held -> byNumber.put(number(held), held));
        kind.of().apply(export.service()).forEach(port -> byNumber.remove(number(port)));
        byNumber.values().stream()
                .filter(held -> !held.owner().equals(export.cluster()))
                .forEach(held -> conflicts.add(new Conflict(
                        Conflict.Reason.PORT,
                        held.owner(),
                        export.cluster(),
                        "port " + kind.shown(held.port()) + " " + kind.without())));
    }

    private Optional<Owned<P>> first(Predicate<Owned<P>> wanted) {
        return union.stream().filter(wanted).findFirst();
    }

    private String name(Owned<P> held) {
        return kind.name().apply(held.port());
    }

    private N number(Owned<P> held) {
        return number(held.port());
    }

    private N number(P port) {
        return kind.number().apply(port);
    }
}
