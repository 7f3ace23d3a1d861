package io.tombolo.catalog.merge;

import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.ServiceTraits;
import io.tombolo.model.name.ClusterId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The merge of all exports of one name.
 * @param traits     of the first in precedence, but the union of other ports
 * @param precedence exporting clusters, the one that decides first
 * @param conflicts  none = every export says the same
 */
public record Merged(
        ImportedService service,
        Map<String, String> labels,
        Map<String, String> annotations,
        ServiceTraits traits,
        List<ClusterId> precedence,
        List<Conflict> conflicts) {
    public Merged {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        precedence = List.copyOf(precedence);
        conflicts = List.copyOf(conflicts);
    }

    /** The reason of the condition {@code Conflict} on every export of this name: {@code NoConflicts} or the reasons. */
    public String conditionReason() {
        return conflicts.isEmpty()
                ? "NoConflicts"
                : conflicts.stream()
                        .map(Conflict::reason)
                        .distinct()
                        .sorted()
                        .map(Conflict.Reason::text)
                        .collect(Collectors.joining(","));
    }

    /** The conflicts that {@code cluster} lost. */
    public List<Conflict> lostBy(ClusterId cluster) {
        return conflicts.stream().filter(each -> each.loser().equals(cluster)).toList();
    }
}
