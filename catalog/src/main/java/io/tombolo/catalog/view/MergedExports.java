package io.tombolo.catalog.view;

import io.tombolo.catalog.merge.Export;
import io.tombolo.catalog.merge.Merge;
import io.tombolo.catalog.merge.Merged;
import io.tombolo.model.catalog.ExportedService;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.ServiceName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All exports, and for each name what they come to. Immutable. A change merges again the names that it concerns; all others keep
 * their objects, so that whoever has one before him that he has seen knows that every export of its name is the same.
 */
final class MergedExports {
    static final MergedExports NONE = new MergedExports(new TreeMap<>());

    private final TreeMap<ServiceName, OneName> names;
    private final List<Merged> merged;

    private record OneName(List<Export> exports, Merged merged) {
        private static OneName of(List<Export> exports) {
            return new OneName(exports, Merge.of(exports).getFirst());
        }
    }

    private MergedExports(TreeMap<ServiceName, OneName> names) {
        this.names = names;
        this.merged = names.values().stream().map(OneName::merged).toList();
    }

    /** What changed of one origin: by name, its export now; empty = it has none of that name any more. */
    record Change(ClusterId origin, Map<ServiceName, Optional<Export>> exports) {
        /** The difference between two lists of the same origin, each with at most one export of a name. */
        static Change between(ClusterId origin, List<Export> before, List<Export> now) {
            Map<ServiceName, Optional<Export>> changed = new HashMap<>();
            if (before != now) {
                Map<Export, Export> known = new IdentityHashMap<>();
                before.forEach(export -> known.put(export, export));
                for (Export export : now) {
                    if (known.remove(export) == null) {
                        changed.put(export.service().service(), Optional.of(export));
                    }
                }
                known.keySet()
                        .forEach(gone -> changed.putIfAbsent(gone.service().service(), Optional.empty()));
            }
            return new Change(origin, changed);
        }
    }

    /** With these changes; this very one if there are none. */
    MergedExports with(List<Change> changes) {
        if (changes.stream().allMatch(change -> change.exports().isEmpty())) {
            return this;
        }
        Map<ServiceName, List<Export>> touched = new HashMap<>();
        for (Change change : changes) {
            change.exports().forEach((name, now) -> {
                List<Export> exports = touched.computeIfAbsent(name, _ -> new ArrayList<>(exports(name)));
                exports.removeIf(export -> export.cluster().equals(change.origin()));
                now.ifPresent(exports::add);
            });
        }
        var next = new TreeMap<>(names);
        touched.forEach((name, exports) -> {
            if (exports.isEmpty()) {
                next.remove(name);
            } else {
                next.put(name, OneName.of(exports));
            }
        });
        return new MergedExports(next);
    }

    /** By name; the same object while nothing changes. */
    List<Merged> merged() {
        return merged;
    }

    Optional<Merged> merged(ServiceName name) {
        return Optional.ofNullable(names.get(name)).map(OneName::merged);
    }

    /** All exports of one name, in no order. */
    List<Export> exports(ServiceName name) {
        return Optional.ofNullable(names.get(name)).map(OneName::exports).orElse(List.of());
    }

    /** What one cluster says of a name. */
    Optional<ExportedService> export(ClusterId origin, ServiceName name) {
        for (Export export : exports(name)) {
            if (export.cluster().equals(origin)) {
                return Optional.of(export.service());
            }
        }
        return Optional.empty();
    }
}
