package io.tombolo.catalog.merge;

import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.ExportedService;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.OtherPort;
import io.tombolo.model.catalog.ServiceTraits;
import io.tombolo.model.catalog.ServiceTraits.Distribution;
import io.tombolo.model.name.ServiceName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Merges exports. */
public final class Merge {
    /** What a proxy takes of one import, which is 1,024, without those that the importing cluster has itself. */
    private static final int MOST_CARRIED = 1_024 - ExportedService.MAX_PORTS;

    private static final PortUnion.Kind<ExportedPort, Integer> CARRIED = new PortUnion.Kind<>(
            ExportedService::ports,
            ExportedPort::port,
            ExportedPort::name,
            port -> port.port() + "/" + port.protocol().text(),
            MOST_CARRIED,
            "is not exposed here and gets no traffic");
    private static final PortUnion.Kind<OtherPort, String> OTHERS = new PortUnion.Kind<>(
            service -> service.traits().otherPorts(),
            Merge::number,
            OtherPort::name,
            Merge::number,
            OtherPort.MOST,
            "is not listed here");

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
        var ports = new PortUnion<>(CARRIED, exports);
        var others = new PortUnion<>(OTHERS, exports);
        others.withoutNames(ports::ownerOf);
        ExportedService first = exports.getFirst().service();
        var imported = new ImportedService(
                first.service(),
                ports.ports(),
                first.type(),
                first.affinity(),
                sources(exports, ports.ports()),
                Optional.empty());
        List<Conflict> conflicts = new ArrayList<>(ports.conflicts());
        conflicts.addAll(others.conflicts());
        conflicts.addAll(differences(exports, Conflict.Reason.TYPE, ExportedService::type));
        conflicts.addAll(differences(exports, Conflict.Reason.SESSION_AFFINITY, ExportedService::affinity));
        conflicts.addAll(differences(
                exports,
                Conflict.Reason.SESSION_AFFINITY_CONFIG,
                s -> seconds(s.traits().affinitySeconds())));
        conflicts.addAll(differences(exports, Conflict.Reason.ANNOTATIONS, s -> new TreeMap<>(s.annotations())));
        conflicts.addAll(differences(exports, Conflict.Reason.LABELS, s -> new TreeMap<>(s.labels())));
        conflicts.addAll(differences(
                exports,
                Conflict.Reason.INTERNAL_TRAFFIC_POLICY,
                s -> s.traits().internalTraffic().text()));
        conflicts.addAll(differences(
                exports,
                Conflict.Reason.TRAFFIC_DISTRIBUTION,
                s -> s.traits().distribution().map(Distribution::text).orElse("no wish")));
        return new Merged(
                imported,
                first.labels(),
                first.annotations(),
                new ServiceTraits(
                        first.traits().affinitySeconds(),
                        first.traits().internalTraffic(),
                        first.traits().distribution(),
                        others.ports()),
                exports.stream().map(Export::cluster).toList(),
                conflicts);
    }

    private static List<ImportedService.Source> sources(List<Export> exports, List<ExportedPort> union) {
        return exports.stream()
                .sorted(Comparator.comparing(Export::cluster))
                .map(export -> new ImportedService.Source(
                        export.cluster(),
                        export.locality(),
                        exposed(export, union),
                        Set.copyOf(export.service().serverIds()),
                        export.service().mode(),
                        export.health(),
                        export.createdAt()))
                .toList();
    }

    /** Ports of the union that an export really exposes: by number, which is what the wire carries. */
    private static Set<Integer> exposed(Export export, List<ExportedPort> union) {
        Set<Integer> numbers =
                export.service().ports().stream().map(ExportedPort::port).collect(Collectors.toSet());
        return union.stream().map(ExportedPort::port).filter(numbers::contains).collect(Collectors.toSet());
    }

    /** A number means nothing without its transport. */
    private static String number(OtherPort port) {
        return port.port() + "/" + port.transport();
    }

    private static String seconds(OptionalInt affinity) {
        return affinity.isPresent() ? affinity.getAsInt() + " s" : "no time";
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
