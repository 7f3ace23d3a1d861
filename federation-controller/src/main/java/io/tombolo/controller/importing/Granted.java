package io.tombolo.controller.importing;

import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.view.CatalogView;
import io.tombolo.catalog.view.OriginView;
import io.tombolo.model.catalog.CapacityGrants;
import io.tombolo.model.catalog.ExportedService;
import io.tombolo.model.catalog.ImportedService.Source;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.ServiceName;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How much of other clusters' capacity this one may plan with, as they say. A pure function of the view.
 * @param members all admitted ones
 * @param grants  by exporter; those that name nobody are left out
 */
record Granted(ClusterId own, Set<ClusterId> members, Map<ClusterId, Map<ServiceName, CapacityGrants>> grants) {
    static Granted to(ClusterId own, CatalogView view) {
        Set<ClusterId> members =
                view.members().admitted().stream().map(Payload.Member::cluster).collect(Collectors.toUnmodifiableSet());
        Map<ClusterId, Map<ServiceName, CapacityGrants>> grants = new HashMap<>();
        for (OriginView origin : view.origins()) {
            origin.exports().stream()
                    .filter(export -> !export.grants().percents().isEmpty())
                    .forEach((ExportedService export) -> grants.computeIfAbsent(origin.cluster(), _ -> new HashMap<>())
                            .put(export.service(), export.grants()));
        }
        return new Granted(own, members, grants);
    }

    /** {@code source} with what it grants to this cluster. */
    Source of(ServiceName service, Source source) {
        long capacity = source.capacityPerSecond();
        if (capacity == 0) {
            return source;
        }
        CapacityGrants said =
                grants.getOrDefault(source.cluster(), Map.of()).getOrDefault(service, CapacityGrants.NONE);
        return source.granted(said.of(capacity, own, source.cluster(), members));
    }
}
