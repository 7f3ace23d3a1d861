package io.tombolo.controller.importing;

import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.view.CatalogView;
import io.tombolo.catalog.view.OriginView;
import io.tombolo.controller.failover.FederationReading;
import io.tombolo.controller.identity.ClusterSettings;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.Locality;
import io.tombolo.model.routing.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What this cluster knows of the federation that its policies name parts of.
 * @param authority whether this cluster is one
 * @param locality  of this cluster
 * @param places    of all admitted members
 * @param imports   all that can be called from here, by whomever
 * @param given     what other authorities want everybody to go by
 */
public record Federated(
        boolean authority,
        Locality locality,
        Map<ClusterId, Place> places,
        List<ImportedService> imports,
        FederationReading given) {
    public Federated {
        places = Map.copyOf(places);
        imports = List.copyOf(imports);
    }

    /** As {@code view} has it; what this cluster says of itself counts at once. */
    public static Federated of(
            CatalogView view, ClusterSettings own, List<ImportedService> imports, FederationReading given) {
        var places = new HashMap<ClusterId, Place>();
        for (Payload.Member member : view.members().admitted()) {
            boolean local = member.cluster().equals(own.cluster());
            Optional<OriginView> said = view.origin(member.cluster());
            Locality there =
                    local ? own.locality() : said.map(OriginView::locality).orElse(Locality.UNKNOWN);
            places.put(
                    member.cluster(),
                    new Place(
                            local,
                            there.sameZone(own.locality()),
                            there.sameRegion(own.locality()),
                            local ? own.labels() : said.map(OriginView::labels).orElse(Map.of())));
        }
        return new Federated(
                view.members().authorities().contains(own.cluster()), own.locality(), places, imports, given);
    }
}
