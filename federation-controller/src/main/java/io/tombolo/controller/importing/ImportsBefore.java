package io.tombolo.controller.importing;

import io.tombolo.controller.exporting.LocalService;
import io.tombolo.controller.exporting.LocalServices;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.name.ClusterId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Imports} came to for one caller, so that the next time only that is computed of which something changed. Holds one
 * entry for each service of the last time. Safe on any thread; one at a time computes.
 */
public final class ImportsBefore {
    private @Nullable Basis last;
    private List<One> services = List.of();
    private Map<LocalService, ImportedService> alone = Map.of();
    private List<ImportedService> result = List.of();

    /**
     * All that imports are a function of, besides the caller.
     * @param blind    whether it is not known who was evicted
     * @param members  all admitted ones
     * @param imported of a view: an entry that is the same object was made of the same exports
     */
    record Basis(
            ImportSettings settings,
            boolean blind,
            Set<ClusterId> members,
            List<ImportedService> imported,
            LocalServices local) {
        /** Whether what is the same object in both of them comes to the same. */
        private boolean isLike(@Nullable Basis other) {
            return other != null
                    && blind == other.blind
                    && settings.equals(other.settings)
                    && members.equals(other.members);
        }
    }

    /** @param seen empty = nobody is to be told of it */
    private record One(ImportedService imported, @Nullable LocalService here, Optional<ImportedService> seen) {
        private boolean isOf(ImportedService nowImported, @Nullable LocalService nowHere) {
            return imported == nowImported && here == nowHere;
        }
    }

    /** By name; the same object as the last time if nothing changed. */
    synchronized List<ImportedService> computed(Basis now, UnaryOperator<ImportedService> withLocal) {
        @Nullable Basis before = last;
        boolean like = now.isLike(before);
        if (like && before != null && before.imported == now.imported && before.local == now.local) {
            return result;
        }
        List<One> known = like ? services : List.of();
        List<One> next = new ArrayList<>(now.imported.size());
        int at = 0;
        int there = 0;
        List<LocalService> local = now.local.all();
        for (ImportedService imported : now.imported) {
            while (at < known.size()
                    && known.get(at).imported != imported
                    && known.get(at).imported.service().compareTo(imported.service()) < 0) {
                at++;
            }
            while (there < local.size() && local.get(there).name().compareTo(imported.service()) < 0) {
                there++;
            }
            @Nullable
            LocalService here = there < local.size() && local.get(there).name().equals(imported.service())
                    ? local.get(there)
                    : null;
            @Nullable One kept = at < known.size() ? known.get(at) : null;
            next.add(
                    kept != null && kept.isOf(imported, here)
                            ? kept
                            : new One(imported, here, told(withLocal.apply(imported))));
        }
        take(now, next, like);
        return result;
    }

    private void take(Basis now, List<One> next, boolean like) {
        List<ImportedService> all = new ArrayList<>(next.size());
        next.forEach(one -> one.seen().ifPresent(all::add));
        alone = addLocal(now, like ? alone : Map.of(), all);
        last = now;
        services = next;
        result = isSame(all) ? result : List.copyOf(all);
    }

    private static Optional<ImportedService> told(ImportedService seen) {
        return Optional.of(seen)
                .filter(one -> !one.sources().isEmpty() || one.withdrawnAt().isPresent());
    }

    /** What only this cluster has, or only this one lets the caller call. @param all by name */
    private static Map<LocalService, ImportedService> addLocal(
            Basis now, Map<LocalService, ImportedService> known, List<ImportedService> all) {
        Map<LocalService, ImportedService> next = new IdentityHashMap<>();
        int at = 0;
        for (LocalService service : now.local.all()) {
            while (at < all.size() && all.get(at).service().compareTo(service.name()) < 0) {
                at++;
            }
            boolean has = at < all.size() && all.get(at).service().equals(service.name());
            if (!has && !service.ports().isEmpty()) {
                @Nullable ImportedService kept = known.get(service);
                next.put(service, kept == null ? Imports.onlyLocal(now.settings, service) : kept);
            }
        }
        if (!next.isEmpty()) {
            all.addAll(next.values());
            all.sort(Comparator.comparing(ImportedService::service));
        }
        return next;
    }

    private boolean isSame(List<ImportedService> all) {
        boolean same = all.size() == result.size();
        for (int i = 0; same && i < all.size(); i++) {
            same = all.get(i).equals(result.get(i));
        }
        return same;
    }
}
