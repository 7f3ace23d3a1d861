package io.tombolo.controller.importing;

import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.view.CatalogView;
import io.tombolo.model.catalog.CapacityGrants;
import io.tombolo.model.catalog.ExportedService;
import io.tombolo.model.catalog.ImportedService.Source;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.ServiceName;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How much of other clusters' capacity this one may plan with, as they say. A pure function of the view.
 * @param members all admitted ones
 * @param view    with what each exporter grants
 */
record Granted(ClusterId own, Set<ClusterId> members, CatalogView view) {
    static Granted to(ClusterId own, CatalogView view) {
        Set<ClusterId> members =
                view.members().admitted().stream().map(Payload.Member::cluster).collect(Collectors.toUnmodifiableSet());
        return new Granted(own, members, view);
    }

    /** {@code source} with what it grants to this cluster. */
    Source of(ServiceName service, Source source) {
        long capacity = source.capacityPerSecond();
        if (capacity == 0) {
            return source;
        }
        CapacityGrants said = view.export(source.cluster(), service)
                .map(ExportedService::grants)
                .orElse(CapacityGrants.NONE);
        return source.granted(said.of(capacity, own, source.cluster(), members));
    }
}
