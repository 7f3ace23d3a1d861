package io.tombolo.wire.codec;

import io.tombolo.model.catalog.ImportNames;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.wire.feed.Entry;

/** Entries of the feed. The key of an entry must be the one that its value has; anything else is refused. */
public final class FeedCodec {
    private FeedCodec() {}

    /**
     * Reads one entry.
     * @throws TomboloException MALFORMED_RECORD, UNKNOWN_CRITICAL_FIELD, or what its value's type says
     */
    public static FeedEntry toModel(Entry wire) {
        CriticalFields.refuseUnknown("feed entry", wire);
        FeedEntry entry = value(wire);
        if (!entry.key().equals(wire.getKey())) {
            throw Wire.malformed("feed entry " + entry.key(), "its key is another one");
        }
        return entry;
    }

    /** Writes one entry; the same value gives the same bytes. */
    public static Entry toWire(FeedEntry entry) {
        Entry.Builder wire = Entry.newBuilder().setKey(entry.key());
        return switch (entry) {
            case FeedEntry.Own own ->
                wire.setOwnCluster(FeedTrust.own(own.value())).build();
            case FeedEntry.Member member ->
                wire.setMember(FeedTrust.member(member.value())).build();
            case FeedEntry.Bundle bundle ->
                wire.setBundle(FeedTrust.bundle(bundle)).build();
            case FeedEntry.Revocation gone ->
                wire.setRevocation(FeedTrust.revocation(gone)).build();
            case FeedEntry.News news -> wire.setNews(FeedTrust.news(news)).build();
            case FeedEntry.Dialing dialing ->
                wire.setDialing(FeedRoutes.dialing(dialing)).build();
            case FeedEntry.Served served ->
                wire.setServed(FeedRoutes.served(served.value())).build();
            case FeedEntry.Gateways paths ->
                wire.setGateways(FeedRoutes.gateways(paths.value())).build();
            case FeedEntry.Fresh fresh ->
                wire.setFreshness(FeedRoutes.freshness(fresh.value())).build();
            case FeedEntry.Imported imported ->
                wire.setImported(FeedImports.imported(imported.value())).build();
            case FeedEntry.Local local ->
                wire.setLocalInstance(FeedRoutes.local(local.value())).build();
            case FeedEntry.Endpoint endpoint ->
                wire.setEndpoint(FeedEndpoints.toWire(endpoint.value())).build();
            case FeedEntry.Shares shares ->
                wire.setShares(FeedImports.shares(shares)).build();
            case FeedEntry.Route route ->
                wire.setHttpRoute(FeedHttpRoutes.toWire(route.value())).build();
            case FeedEntry.Authorization policy ->
                wire.setAuthorization(FeedAuthorization.toWire(policy.value())).build();
            case FeedEntry.Traffic policy ->
                wire.setTraffic(FeedTraffic.toWire(policy.value())).build();
            case FeedEntry.Failover rule ->
                wire.setFailover(FeedFailover.toWire(rule)).build();
            case FeedEntry.Evacuation order ->
                wire.setEvacuation(FeedFailover.toWire(order.value())).build();
            case FeedEntry.Labels labels ->
                wire.setClusterLabels(FeedFailover.toWire(labels)).build();
            case FeedEntry.Addresses addresses ->
                wire.setAddresses(FeedAddresses.toWire(addresses.value())).build();
            case FeedEntry.Names(ImportNames names) ->
                wire.setImportNames(io.tombolo.wire.feed.ImportNames.newBuilder()
                                .setBucket(names.bucket())
                                .setNames(names.lines()))
                        .build();
        };
    }

    private static FeedEntry value(Entry wire) {
        return switch (wire.getValueCase()) {
            case OWN_CLUSTER -> new FeedEntry.Own(FeedTrust.own(wire.getOwnCluster()));
            case MEMBER -> new FeedEntry.Member(FeedTrust.member(wire.getMember()));
            case BUNDLE -> FeedTrust.bundle(wire.getBundle());
            case REVOCATION -> FeedTrust.revocation(wire.getKey(), wire.getRevocation());
            case NEWS -> FeedTrust.news(wire.getNews());
            case DIALING -> FeedRoutes.dialing(wire.getDialing());
            case SERVED -> new FeedEntry.Served(FeedRoutes.served(wire.getServed()));
            case GATEWAYS -> new FeedEntry.Gateways(FeedRoutes.gateways(wire.getGateways()));
            case FRESHNESS -> new FeedEntry.Fresh(FeedRoutes.freshness(wire.getFreshness()));
            case IMPORTED -> new FeedEntry.Imported(FeedImports.imported(wire.getImported()));
            case LOCAL_INSTANCE -> new FeedEntry.Local(FeedRoutes.local(wire.getLocalInstance()));
            case ENDPOINT -> new FeedEntry.Endpoint(FeedEndpoints.toModel(wire.getEndpoint()));
            case SHARES -> FeedImports.shares(wire.getShares());
            case HTTP_ROUTE -> new FeedEntry.Route(FeedHttpRoutes.toModel(wire.getHttpRoute()));
            case AUTHORIZATION -> new FeedEntry.Authorization(FeedAuthorization.toModel(wire.getAuthorization()));
            case IMPORT_NAMES ->
                new FeedEntry.Names(new ImportNames(
                        wire.getImportNames().getBucket(), wire.getImportNames().getNames()));
            case TRAFFIC -> new FeedEntry.Traffic(FeedTraffic.toModel(wire.getTraffic()));
            case FAILOVER -> FeedFailover.toModel(wire.getFailover());
            case EVACUATION -> new FeedEntry.Evacuation(FeedFailover.toModel(wire.getEvacuation()));
            case CLUSTER_LABELS -> FeedFailover.toModel(wire.getClusterLabels());
            case ADDRESSES -> new FeedEntry.Addresses(FeedAddresses.toModel(wire.getAddresses()));
            case VALUE_NOT_SET -> throw Wire.malformed("feed entry", "it has no value");
        };
    }
}
