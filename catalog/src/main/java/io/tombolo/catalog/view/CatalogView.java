package io.tombolo.catalog.view;

import io.tombolo.catalog.freshness.Blindness;
import io.tombolo.catalog.freshness.OriginAge;
import io.tombolo.catalog.log.FederationLog;
import io.tombolo.catalog.log.Now;
import io.tombolo.catalog.log.OriginLog;
import io.tombolo.catalog.members.MembersLog;
import io.tombolo.catalog.merge.Export;
import io.tombolo.catalog.merge.Merge;
import io.tombolo.catalog.merge.MergeExplanation;
import io.tombolo.catalog.merge.Merged;
import io.tombolo.catalog.origin.OriginState;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.Refusals;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.catalog.ExportedService;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.Locality;
import io.tombolo.model.name.Rfc1123;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.wire.log.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The federation as one cluster sees it at one moment. Immutable; made anew when the log changed or the time moved, which
 * costs O(exports).
 */
public final class CatalogView {
    /** How long callers hear that a service was withdrawn, rather than that there is none. */
    public static final Duration WITHDRAWN_SHOWN = Duration.ofHours(1);

    private final ClusterId own;
    private final FederationLog log;
    private final TreeMap<ClusterId, OriginView> origins;
    private final boolean cutOff;
    private final Blindness blindness;
    private final List<Export> exports;
    private final List<Merged> merged;
    private final Instant wall;

    private CatalogView(ClusterId own, FederationLog log, TreeMap<ClusterId, OriginView> origins, Now now) {
        this.own = own;
        this.log = log;
        this.origins = origins;
        this.cutOff = log.leases().cutOff(now.nanos());
        this.blindness = log.news().at(now.nanos());
        this.exports = exports(log, origins);
        this.merged = Merge.of(exports);
        this.wall = now.wall();
    }

    /** What {@code own} sees. */
    public static CatalogView of(FederationLog log, ClusterId own, AddressRules rules, Now now) {
        var origins = new TreeMap<ClusterId, OriginView>();
        for (Payload.Member member : log.members().admitted()) {
            ClusterId cluster = member.cluster();
            Optional<OriginAge> age = log.leases().of(cluster, now.nanos());
            log.live(cluster)
                    .ifPresent(written -> origins.put(
                            cluster, new OriginReading(rules, cluster.equals(own)).of(member, written, age)));
        }
        return new CatalogView(own, log, origins, now);
    }

    public ClusterId own() {
        return own;
    }

    public MembersLog members() {
        return log.members();
    }

    public Refusals refusals() {
        return log.refusals();
    }

    /** It is this cluster that is cut off from the backbone: leases are frozen, probes decide. */
    public boolean cutOff() {
        return cutOff;
    }

    /** Whether the members may have changed without this cluster knowing; never while there are no others. */
    public Blindness blindness() {
        boolean alone = members().admitted().stream()
                .allMatch(member -> member.cluster().equals(own));
        return alone ? new Blindness(Blindness.State.SEEING, Duration.ZERO, blindness.maxBlind()) : blindness;
    }

    /** By the wall clock: when {@link #blindness} last had news. */
    public Instant newsAt() {
        return wall.minus(blindness().newsAge());
    }

    /** Admitted members that wrote something in their present epoch, by cluster; the own one included. */
    public List<OriginView> origins() {
        return List.copyOf(origins.values());
    }

    /** One of them. */
    public Optional<OriginView> origin(ClusterId cluster) {
        return Optional.ofNullable(origins.get(cluster));
    }

    /** The records of one of them, as they were read and verified. */
    public Optional<OriginState> catalog(ClusterId cluster) {
        return log.live(cluster).map(OriginLog::catalog);
    }

    /**
     * Whether the two clusters hold each other's bundle: {@code peer} acked the one that own SVIDs chain to, and this side
     * has one of {@code peer}. Until then a path is PENDING_TRUST.
     */
    public boolean trusted(ClusterId peer) {
        Optional<Payload.Bundle> ownBundle = origin(own).flatMap(OriginView::bundle);
        Optional<OriginView> other = origin(peer).filter(view -> view.bundle().isPresent());
        return ownBundle.isPresent()
                && other.flatMap(OriginView::acks)
                        .map(acks -> acks.bundles().getOrDefault(ownBundle.get().trustDomain(), -1L))
                        .filter(acked -> acked >= ownBundle.get().sequence())
                        .isPresent();
    }

    /** All merged services, by name. */
    public List<Merged> merged() {
        return merged;
    }

    /** One merged service. */
    public Optional<Merged> merged(ServiceName service) {
        return merged.stream()
                .filter(each -> each.service().service().equals(service))
                .findFirst();
    }

    /** What a service would be if the own cluster exported it like this now. */
    public Merged mergedWith(ExportedService planned) {
        List<Export> all = new ArrayList<>(exports.stream()
                .filter(export -> export.service().service().equals(planned.service()))
                .filter(export -> !export.cluster().equals(own))
                .toList());
        Instant admittedAt = origin(own).map(view -> view.member().admittedAt()).orElse(Instant.EPOCH);
        all.add(new Export(own, Locality.UNKNOWN, planned, admittedAt, wall, Optional.empty()));
        return Merge.of(all).getFirst();
    }

    /** Why a merged service looks as it does. */
    public List<String> explain(Merged service) {
        return MergeExplanation.of(service, exports);
    }

    /** What can be called, by name, with what was withdrawn in the last hour. */
    public List<ImportedService> imports() {
        var all = new TreeMap<ServiceName, ImportedService>();
        withdrawals().forEach((service, at) -> all.put(service, withdrawn(service, at)));
        merged.forEach(each -> all.put(each.service().service(), each.service()));
        return new ArrayList<>(all.values());
    }

    /** What the own cluster should acknowledge: the newest bundles and catalogs that it holds. */
    public Payload.Acks acks() {
        Map<TrustDomain, Long> bundles = new HashMap<>();
        Map<ClusterId, Payload.EpochSeq> catalogs = new HashMap<>();
        origins.forEach((cluster, view) -> {
            view.bundle().ifPresent(bundle -> bundles.put(bundle.trustDomain(), bundle.sequence()));
            catalogs.put(
                    cluster,
                    new Payload.EpochSeq(
                            view.position().epoch(), view.position().seq()));
        });
        return new Payload.Acks(members().version(), members().head(), bundles, catalogs, 0);
    }

    private Map<ServiceName, Instant> withdrawals() {
        Map<ServiceName, Instant> newest = new HashMap<>();
        for (ClusterId cluster : origins.keySet()) {
            log.live(cluster)
                    .map(OriginLog::catalog)
                    .ifPresent(catalog -> catalog.withdrawn()
                            .forEach(record -> service(record)
                                    .ifPresent(service ->
                                            newest.merge(service, record.issuedAt(), (a, b) -> a.isAfter(b) ? a : b))));
        }
        newest.values().removeIf(at -> at.plus(WITHDRAWN_SHOWN).isBefore(wall));
        return newest;
    }

    /** The service of an export's key; keys of other kinds have none. */
    private static Optional<ServiceName> service(SignedRecord record) {
        String[] parts = record.key().split("/", -1);
        boolean export = record.kind() == Kind.KIND_EXPORTED_SERVICE
                && parts.length == 3
                && Rfc1123.isLabel(parts[1])
                && Rfc1123.isLabel(parts[2]);
        return export ? Optional.of(new ServiceName(parts[1], parts[2])) : Optional.empty();
    }

    private static ImportedService withdrawn(ServiceName service, Instant at) {
        return new ImportedService(service, List.of(), ServiceType.CLUSTER_SET_IP, "None", List.of(), Optional.of(at));
    }

    private static List<Export> exports(FederationLog log, Map<ClusterId, OriginView> origins) {
        var all = new ArrayList<Export>();
        origins.forEach((cluster, view) -> log.live(cluster)
                .map(OriginLog::catalog)
                .ifPresent(catalog ->
                        catalog.liveRecords(Payload.Export.class).forEach(record -> all.add(export(view, record)))));
        return List.copyOf(all);
    }

    private static Export export(OriginView view, SignedRecord record) {
        var exported = ((Payload.Export) record.payload()).export();
        return new Export(
                view.cluster(),
                view.locality(),
                exported,
                view.member().admittedAt(),
                record.issuedAt(),
                view.health().of(exported.service()));
    }
}
