package io.tombolo.catalog.merge;

import io.tombolo.model.name.ClusterId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Why an import looks as it does, in sentences. */
public final class MergeExplanation {
    private MergeExplanation() {}

    /**
     * Explains one merge.
     * @param merged  its result
     * @param exports those that it was made of
     * @return at least one sentence per exporting cluster
     */
    public static List<String> of(Merged merged, Collection<Export> exports) {
        var lines = new ArrayList<String>();
        List<ClusterId> order = merged.precedence();
        for (ClusterId cluster : order) {
            exports.stream()
                    .filter(export -> export.cluster().equals(cluster)
                            && export.service()
                                    .service()
                                    .equals(merged.service().service()))
                    .findFirst()
                    .ifPresent(export -> lines.add(line(export, order.indexOf(cluster))));
            merged.lostBy(cluster)
                    .forEach(lost -> lines.add(
                            cluster + ": " + lost.reason().text() + " with " + lost.winner() + ": " + lost.detail()));
        }
        return List.copyOf(lines);
    }

    private static String line(Export export, int rank) {
        String why = rank == 0 ? "oldest, its word counts" : "precedence " + (rank + 1);
        String clamped = export.createdAt().equals(export.service().createdAt())
                ? ""
                : " (said " + export.service().createdAt() + ", outside [admission, issue time])";
        return export.cluster() + ": exported since " + export.createdAt() + clamped + "; " + why;
    }
}
