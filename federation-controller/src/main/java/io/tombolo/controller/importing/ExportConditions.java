package io.tombolo.controller.importing;

import io.tombolo.catalog.merge.Conflict;
import io.tombolo.catalog.merge.Merged;
import io.tombolo.catalog.view.CatalogView;
import io.tombolo.controller.exporting.Exporter;
import io.tombolo.controller.store.ResourceKind;
import io.tombolo.controller.store.StoredResource;
import io.tombolo.controller.subscribe.CatalogFeed;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.TrustDomain;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says of an export what others' exports of the same name do to it (KEP-1645, conflict resolution). */
public final class ExportConditions {
    private static final String CONFLICT = "Conflict";

    private ExportConditions() {}

    /**
     * Of one that is kept, or may be.
     * @param feed empty while this cluster is no member
     */
    public static Optional<Routes.Condition> conflict(
            StoredResource resource, Exporter exporter, Optional<CatalogFeed> feed) {
        Optional<CatalogView> view = feed.filter(CatalogFeed::ready).map(CatalogFeed::current);
        Optional<TrustDomain> own = view.flatMap(known -> known.origin(known.own()))
                .map(origin -> origin.member().trustDomain());
        if (resource.key().kind() != ResourceKind.SERVICE_EXPORT || own.isEmpty()) {
            return Optional.empty();
        }
        return exporter.planned(resource)
                .flatMap(service -> service.exported(own.get()))
                .flatMap(export -> conflict(
                        view.orElseThrow().mergedWith(export),
                        view.orElseThrow().own()));
    }

    /** @param merged with the export of {@code own}; empty = all exports say the same */
    public static Optional<Routes.Condition> conflict(Merged merged, ClusterId own) {
        if (merged.conflicts().isEmpty()) {
            return Optional.empty();
        }
        String lost = merged.lostBy(own).stream()
                .map(conflict -> conflict.detail() + ", as " + conflict.winner() + " exported it first")
                .collect(Collectors.joining("; "));
        String won = merged.conflicts().stream()
                .filter(conflict -> !conflict.loser().equals(own))
                .map(ExportConditions::ofAnother)
                .collect(Collectors.joining("; "));
        String message = List.of(lost, won, "let all exports of this name say the same").stream()
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("; "));
        return Optional.of(new Routes.Condition(CONFLICT, "True", merged.conditionReason(), message));
    }

    private static String ofAnother(Conflict conflict) {
        return "in " + conflict.loser() + " " + conflict.detail();
    }
}
