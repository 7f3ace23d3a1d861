package io.tombolo.dataplane.feed;

import io.tombolo.model.catalog.ClusterGateways;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.name.ClusterId;
import io.tombolo.wire.codec.FeedEntry;
import java.util.List;
import java.util.Optional;

/**
 * What counts of a state while other clusters are neither reached nor admitted: their bundles are not there, so nobody of
 * theirs is believed; their gateways are known, for what is to be closed, and not trusted; they are no source of anything.
 */
final class LocalOnly {
    private LocalOnly() {}

    /** Empty = leave it out. */
    static Optional<FeedEntry> of(FeedEntry entry, Optional<ClusterId> own) {
        return switch (entry) {
            case FeedEntry.Bundle bundle ->
                kept(bundle, own.filter(bundle.cluster()::equals).isPresent());
            case FeedEntry.Shares _ -> Optional.empty();
            case FeedEntry.Gateways(ClusterGateways paths) ->
                Optional.of(new FeedEntry.Gateways(new ClusterGateways(
                        paths.cluster(), paths.gateways(), paths.gatewayId(), paths.measured(), false)));
            case FeedEntry.Imported(ImportedService service) -> Optional.of(new FeedEntry.Imported(here(service, own)));
            case FeedEntry.Own _,
                    FeedEntry.Member _,
                    FeedEntry.Revocation _,
                    FeedEntry.News _,
                    FeedEntry.Dialing _,
                    FeedEntry.Served _,
                    FeedEntry.Fresh _,
                    FeedEntry.Route _,
                    FeedEntry.Authorization _,
                    FeedEntry.Traffic _,
                    FeedEntry.Failover _,
                    FeedEntry.Evacuation _,
                    FeedEntry.Labels _,
                    FeedEntry.Names _,
                    FeedEntry.Addresses _,
                    FeedEntry.Endpoint _,
                    FeedEntry.Local _ -> Optional.of(entry);
        };
    }

    private static Optional<FeedEntry> kept(FeedEntry entry, boolean keep) {
        return keep ? Optional.of(entry) : Optional.empty();
    }

    private static ImportedService here(ImportedService service, Optional<ClusterId> own) {
        List<ImportedService.Source> sources = service.sources().stream()
                .filter(source -> own.filter(source.cluster()::equals).isPresent())
                .toList();
        return new ImportedService(
                service.service(), service.ports(), service.type(), service.affinity(), sources, service.withdrawnAt());
    }
}
