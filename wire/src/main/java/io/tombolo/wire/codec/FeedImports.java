package io.tombolo.wire.codec;

import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.Locality;
import io.tombolo.model.name.ServiceName;
import io.tombolo.wire.feed.Shares;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** The entries that say what a workload may call, and how traffic is divided. */
final class FeedImports {
    private static final int MAX_SOURCES = 10_000;

    /** A union over sources may hold more than one export does. */
    private static final int MAX_PORTS = 1_024;

    private FeedImports() {}

    static ImportedService imported(io.tombolo.wire.feed.ImportedService wire) {
        var service = new ServiceName(wire.getNamespace(), wire.getName());
        String where = "import " + service;
        return new ImportedService(
                service,
                Wire.list(where + ": ports", wire.getPortsList(), MAX_PORTS, ExportCodec::port),
                ExportCodec.type(where, wire.getType()),
                wire.getSessionAffinity().isEmpty() ? "None" : wire.getSessionAffinity(),
                Wire.list(where + ": sources", wire.getSourcesList(), MAX_SOURCES, s -> source(where, s)),
                wire.getWithdrawnAtMs() == 0
                        ? Optional.<Instant>empty()
                        : Optional.of(Wire.instant(where, wire.getWithdrawnAtMs())));
    }

    static io.tombolo.wire.feed.ImportedService imported(ImportedService imported) {
        return io.tombolo.wire.feed.ImportedService.newBuilder()
                .setNamespace(imported.service().namespace())
                .setName(imported.service().name())
                .addAllPorts(ExportCodec.wirePorts(imported.ports()))
                .setType(ExportCodec.type(imported.type()))
                .setSessionAffinity(imported.affinity())
                .addAllSources(
                        imported.sources().stream().map(FeedImports::source).toList())
                .setWithdrawnAtMs(
                        imported.withdrawnAt().map(Instant::toEpochMilli).orElse(0L))
                .build();
    }

    static FeedEntry.Shares shares(Shares wire) {
        var service = new ServiceName(wire.getNamespace(), wire.getName());
        return new FeedEntry.Shares(
                service,
                Wire.list("shares of " + service, wire.getSharesList(), MAX_SOURCES, FeedImports::share),
                Wire.instant("shares of " + service, wire.getDecidedAtMs()),
                permille(wire.getShedPermille()),
                wire.hasDemandPerSecond()
                        ? OptionalLong.of(Wire.count("shares of " + service, wire.getDemandPerSecond()))
                        : OptionalLong.empty(),
                UrgencyCodec.toModel("shares of " + service, wire.getDemandUrgencyPermilleList()));
    }

    static Shares shares(FeedEntry.Shares shares) {
        var wire = Shares.newBuilder()
                .setNamespace(shares.service().namespace())
                .setName(shares.service().name())
                .addAllShares(shares.shares().stream().map(FeedImports::share).toList())
                .setDecidedAtMs(shares.decidedAt().toEpochMilli())
                .setShedPermille(shares.shedPermille());
        shares.demandPerSecond().ifPresent(wire::setDemandPerSecond);
        shares.urgencies().ifPresent(made -> wire.addAllDemandUrgencyPermille(made.permille()));
        return wire.build();
    }

    private static ImportedService.Source source(String where, io.tombolo.wire.feed.ImportedService.Source wire) {
        Optional<ServiceHealth> health =
                wire.hasHealth() ? Optional.of(HealthCodec.toModel(wire.getHealth())) : Optional.empty();
        var source = new ImportedService.Source(
                new ClusterId(wire.getCluster()),
                new Locality(wire.getRegion(), wire.getZone()),
                FeedRoutes.ports(where, wire.getPortsList()),
                ExportCodec.ids(where, wire.getServerIdsList()),
                ExportCodec.mode(where, wire.getMode()),
                health,
                Wire.instant(where, wire.getCreatedAtMs()));
        return wire.hasGrantedPerSecond() ? source.granted(Wire.count(where, wire.getGrantedPerSecond())) : source;
    }

    private static io.tombolo.wire.feed.ImportedService.Source source(ImportedService.Source source) {
        var wire = io.tombolo.wire.feed.ImportedService.Source.newBuilder()
                .setCluster(source.cluster().value())
                .setRegion(source.locality().region())
                .setZone(source.locality().zone())
                .addAllPorts(source.ports().stream().sorted().toList())
                .addAllServerIds(ExportCodec.texts(source.serverIds()))
                .setMode(ExportCodec.mode(source.mode()))
                .setCreatedAtMs(source.createdAt().toEpochMilli());
        source.health().map(HealthCodec::toWire).ifPresent(wire::setHealth);
        if (source.grantedPerSecond() != source.capacityPerSecond()) {
            wire.setGrantedPerSecond(source.grantedPerSecond());
        }
        return wire.build();
    }

    private static FeedEntry.Share share(Shares.Share wire) {
        return new FeedEntry.Share(new ClusterId(wire.getCluster()), permille(wire.getPermille()), wire.getReason());
    }

    private static int permille(int said) {
        if (said < 0 || said > 1_000) {
            throw Wire.malformed("share", said + " is not 0 to 1000");
        }
        return said;
    }

    private static Shares.Share share(FeedEntry.Share share) {
        return Shares.Share.newBuilder()
                .setCluster(share.cluster().value())
                .setPermille(share.permille())
                .setReason(share.reason())
                .build();
    }
}
