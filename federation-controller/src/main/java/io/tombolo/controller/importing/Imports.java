package io.tombolo.controller.importing;

import io.tombolo.catalog.view.CatalogView;
import io.tombolo.controller.exporting.LocalService;
import io.tombolo.controller.exporting.LocalServices;
import io.tombolo.controller.health.ServiceHealths;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.ExportedService;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.ImportedService.Source;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.catalog.ServiceTraits.InternalTraffic;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.SpiffeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What can be called from this cluster: the federation's exports with the local source as it is now. A pure function; what it
 * computed last ({@link ImportsBefore}) only spares it to compute the same again.
 */
public final class Imports {
    private final ImportSettings settings;
    private final CatalogView view;
    private final LocalServices local;
    private final Granted granted;

    public Imports(ImportSettings settings, CatalogView view, LocalServices local) {
        this.settings = settings;
        this.view = view;
        this.local = local;
        this.granted = Granted.to(settings.own().cluster(), view);
    }

    /** The services that some cluster exports now: each of them is a ServiceImport. */
    public Set<ServiceName> exported() {
        return view.imports().stream()
                .filter(imported -> imported.withdrawnAt().isEmpty())
                .map(ImportedService::service)
                .collect(Collectors.toSet());
    }

    /** Everything, whoever may call it; by name. */
    public List<ImportedService> all() {
        return all(new ImportsBefore());
    }

    /** @param before what this came to for an earlier view */
    public List<ImportedService> all(ImportsBefore before) {
        return imports(_ -> true, before);
    }

    /** What {@code caller} may call, with the sources that admit it. */
    public List<ImportedService> visibleTo(SpiffeId caller) {
        return visibleTo(caller, new ImportsBefore());
    }

    /** @param before what this came to for the same caller and an earlier view */
    public List<ImportedService> visibleTo(SpiffeId caller, ImportsBefore before) {
        ClusterId own = settings.own().cluster();
        return imports(export -> export.consumers().stream().anyMatch(c -> c.admits(caller, own)), before);
    }

    private List<ImportedService> imports(Predicate<ExportedService> admission, ImportsBefore before) {
        var basis =
                new ImportsBefore.Basis(settings, view.blindness().isBlind(), granted.members(), view.imports(), local);
        return before.computed(basis, imported -> withLocal(imported, admission));
    }

    /** Whose instances no other cluster may call. Each cluster says so of its own alone: nobody closes another's door. */
    private static boolean staysLocal(ExportedService export) {
        return export.traits().internalTraffic() == InternalTraffic.LOCAL;
    }

    private boolean isSeen(Source source, ServiceName service, Predicate<ExportedService> admission) {
        return view.export(source.cluster(), service)
                .filter(export -> !staysLocal(export))
                .filter(admission)
                .isPresent();
    }

    private ImportedService withLocal(ImportedService imported, Predicate<ExportedService> admission) {
        ClusterId own = settings.own().cluster();
        List<Source> sources = new ArrayList<>(imported.sources().stream()
                .filter(source ->
                        !source.cluster().equals(own) && !view.blindness().isBlind())
                .filter(source -> isSeen(source, imported.service(), admission))
                .map(source -> granted.of(imported.service(), source))
                .toList());
        Optional<LocalService> here = local.find(imported.service())
                .filter(service -> !service.ports().isEmpty());
        here.ifPresent(service -> sources.add(source(settings, service)));
        sources.sort(Comparator.comparing(Source::cluster));
        return new ImportedService(
                imported.service(),
                here.map(service -> union(imported.ports(), service.ports())).orElse(imported.ports()),
                imported.type(),
                imported.affinity().isEmpty() ? "None" : imported.affinity(),
                sources,
                sources.isEmpty() ? imported.withdrawnAt() : Optional.empty());
    }

    /** A service that only this cluster has. */
    static ImportedService onlyLocal(ImportSettings settings, LocalService service) {
        return new ImportedService(
                service.name(),
                service.ports(),
                service.type(),
                "None",
                List.of(source(settings, service)),
                Optional.empty());
    }

    private static Source source(ImportSettings settings, LocalService service) {
        // Nobody here yet is not the same as nobody ready: after a restart the sidecars come back one by one.
        Optional<ServiceHealth> health =
                service.instances().isEmpty() ? Optional.empty() : Optional.of(ServiceHealths.of(service));
        return new Source(
                settings.own().cluster(),
                settings.locality(),
                service.ports().stream().map(ExportedPort::port).collect(Collectors.toSet()),
                service.serverIds(settings.own().trustDomain()),
                ExportMode.PASSTHROUGH,
                health,
                service.createdAt());
    }

    private static List<ExportedPort> union(Collection<ExportedPort> merged, Collection<ExportedPort> local) {
        SortedMap<Integer, ExportedPort> all = new TreeMap<>();
        merged.forEach(port -> all.put(port.port(), port));
        local.forEach(port -> all.putIfAbsent(port.port(), port));
        return List.copyOf(all.values());
    }
}
