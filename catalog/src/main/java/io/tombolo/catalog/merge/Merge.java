package io.tombolo.catalog.merge;

import io.tombolo.model.catalog.ExportedService;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.name.ServiceName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Merges exports. */
public final class Merge {
    private Merge() {}

    /**
     * All imports, by service name. The same set gives the same result in any order.
     * @param exports of admitted members, the own cluster included; each cluster at most once per service
     */
    public static List<Merged> of(Collection<Export> exports) {
        Map<ServiceName, List<Export>> byService = exports.stream()
                .collect(
                        Collectors.groupingBy(export -> export.service().service(), TreeMap::new, Collectors.toList()));
        return byService.values().stream().map(Merge::one).toList();
    }

    private static Merged one(List<Export> unordered) {
        List<Export> exports = unordered.stream().sorted(Export.PRECEDENCE).toList();
        var ports = new PortUnion(exports);
        ExportedService first = exports.getFirst().service();
        var imported = new ImportedService(
                first.service(),
                ports.ports(),
                first.type(),
                first.affinity(),
                sources(exports, ports),
                Optional.empty());
        List<Conflict> conflicts = new ArrayList<>(ports.conflicts());
        conflicts.addAll(differences(exports, Conflict.Reason.TYPE, ExportedService::type));
        conflicts.addAll(differences(exports, Conflict.Reason.SESSION_AFFINITY, ExportedService::affinity));
        conflicts.addAll(differences(exports, Conflict.Reason.ANNOTATIONS, s -> new TreeMap<>(s.annotations())));
        conflicts.addAll(differences(exports, Conflict.Reason.LABELS, s -> new TreeMap<>(s.labels())));
        return new Merged(
                imported,
                first.labels(),
                first.annotations(),
                exports.stream().map(Export::cluster).toList(),
                conflicts);
    }

    private static List<ImportedService.Source> sources(List<Export> exports, PortUnion ports) {
        return exports.stream()
                .sorted(Comparator.comparing(Export::cluster))
                .map(export -> new ImportedService.Source(
                        export.cluster(),
                        export.locality(),
                        ports.exposedBy(export),
                        java.util.Set.copyOf(export.service().serverIds()),
                        export.service().mode(),
                        export.health(),
                        export.createdAt()))
                .toList();
    }

    /** Whole values by precedence: the first export's counts, every other one that differs is told. */
    private static List<Conflict> differences(
            List<Export> exports, Conflict.Reason reason, Function<ExportedService, Object> value) {
        Export winner = exports.getFirst();
        Object counts = value.apply(winner.service());
        return exports.stream()
                .filter(export -> !value.apply(export.service()).equals(counts))
                .map(export -> new Conflict(
                        reason,
                        winner.cluster(),
                        export.cluster(),
                        value.apply(export.service()) + " is overruled by " + counts))
                .toList();
    }
}
