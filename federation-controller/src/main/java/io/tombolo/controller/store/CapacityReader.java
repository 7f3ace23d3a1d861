package io.tombolo.controller.store;

import io.tombolo.model.catalog.CapacityGrants;
import io.tombolo.model.name.ClusterId;
import java.util.HashMap;
import java.util.Optional;
import java.util.Set;

/** Reads the capacity of a {@code ServiceExport}. */
final class CapacityReader {
    private CapacityReader() {}

    static Optional<Spec.Capacity> capacity(Fields spec) {
        if (!FailoverReader.has(spec, "capacity")) {
            return Optional.empty();
        }
        Fields capacity = spec.object("capacity", Set.of("perInstance", "grants"));
        return Optional.of(FailoverReader.in(
                capacity.path(), () -> new Spec.Capacity(capacity.requiredInt("perInstance"), grants(capacity))));
    }

    private static CapacityGrants grants(Fields capacity) {
        var percents = new HashMap<ClusterId, Integer>();
        if (FailoverReader.has(capacity, "grants")) {
            capacity.list("grants", item -> item.object(Set.of("cluster", "percent")))
                    .forEach(grant -> {
                        ClusterId cluster =
                                FailoverReader.in(grant.path(), () -> new ClusterId(grant.requiredText("cluster")));
                        if (percents.put(cluster, grant.requiredInt("percent")) != null) {
                            throw Fields.bad(
                                    grant.path() + ".cluster", "names " + cluster + " again", "name each cluster once");
                        }
                    });
        }
        return new CapacityGrants(percents);
    }
}
