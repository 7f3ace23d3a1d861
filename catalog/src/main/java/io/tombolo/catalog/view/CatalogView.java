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
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.catalog.ExportedService;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.Locality;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.TrustDomain;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The federation as one cluster sees it at one moment. Immutable. Made anew it costs O(exports); made from the view before
 * ({@link #next}), O(clusters) when only time passed, and when exports changed a merge of those, besides some 20 ns for each of
 * the others.
 */
public final class CatalogView {
    /** How long callers hear that a service was withdrawn, rather than that there is none. */
    public static final Duration WITHDRAWN_SHOWN = Duration.ofHours(1);

    private final ClusterId own;
    private final AddressRules rules;
    private final FederationLog log;
    private final TreeMap<ClusterId, OriginPart> origins;
    private final boolean cutOff;
    private final Blindness blindness;
    private final MergedExports exports;
    private final Withdrawals withdrawals;
    private final List<ImportedService> imports;
    private final Instant wall;

    private CatalogView(
            ClusterId own,
            AddressRules rules,
            FederationLog log,
            TreeMap<ClusterId, OriginPart> origins,
            Optional<CatalogView> before,
            Now now) {
        this.own = own;
        this.rules = rules;
        this.log = log;
        this.origins = origins;
        this.cutOff = log.leases().cutOff(now.nanos());
        this.blindness = log.news().at(now.nanos());
        this.exports =
                before.map(view -> view.exports).orElse(MergedExports.NONE).with(changes(before));
        this.withdrawals = before.map(view -> view.withdrawals)
                .orElse(Withdrawals.NONE)
                .next(origins.values().stream().map(OriginPart::catalog).toList(), now.wall());
        this.imports = before.filter(view -> view.exports == exports && view.withdrawals == withdrawals)
                .map(view -> view.imports)
                .orElseGet(() -> imports(exports, withdrawals));
        this.wall = now.wall();
    }

    /** What {@code own} sees. */
    public static CatalogView of(FederationLog log, ClusterId own, AddressRules rules, Now now) {
        return new CatalogView(own, rules, log, origins(log, own, rules, Optional.empty(), now), Optional.empty(), now);
    }

    /** The same as {@link #of} says of {@code next}; what did not change is taken over from this view. */
    public CatalogView next(FederationLog next, Now now) {
        var before = Optional.of(this);
        return new CatalogView(own, rules, next, origins(next, own, rules, before, now), before, now);
    }

    private static TreeMap<ClusterId, OriginPart> origins(
            FederationLog log, ClusterId own, AddressRules rules, Optional<CatalogView> before, Now now) {
        var origins = new TreeMap<ClusterId, OriginPart>();
        for (Payload.Member member : log.members().admitted()) {
            ClusterId cluster = member.cluster();
            Optional<OriginAge> age = log.leases().of(cluster, now.nanos());
            Optional<OriginPart> known = before.map(view -> view.origins.get(cluster));
            log.live(cluster)
                    .ifPresent(written -> origins.put(
                            cluster, part(new OriginReading(rules, cluster.equals(own)), member, written, age, known)));
        }
        return origins;
    }

    private static OriginPart part(
            OriginReading reading,
            Payload.Member member,
            OriginLog written,
            Optional<OriginAge> age,
            Optional<OriginPart> before) {
        OriginState catalog = written.catalog();
        Optional<OriginPart> same = before.filter(part -> part.isOf(member, written));
        if (same.isPresent()) {
            OriginPart part = same.get();
            return new OriginPart(part.view().at(age, catalog), catalog, part.exports());
        }
        OriginView view = reading.of(member, written, age);
        return before.orElseGet(() -> OriginPart.nothing(view)).next(view, catalog);
    }

    private List<MergedExports.Change> changes(Optional<CatalogView> before) {
        Map<ClusterId, OriginPart> known =
                before.<Map<ClusterId, OriginPart>>map(view -> view.origins).orElse(Map.of());
        Set<ClusterId> clusters = new TreeSet<>(known.keySet());
        clusters.addAll(origins.keySet());
        return clusters.stream()
                .map(cluster -> MergedExports.Change.between(
                        cluster, exports(known.get(cluster)), exports(origins.get(cluster))))
                .toList();
    }

    private static List<Export> exports(@Nullable OriginPart part) {
        return part == null ? List.of() : part.exports();
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
        return origins.values().stream().map(OriginPart::view).toList();
    }

    /** One of them. */
    public Optional<OriginView> origin(ClusterId cluster) {
        return Optional.ofNullable(origins.get(cluster)).map(OriginPart::view);
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

    /** All merged services, by name; the same object as in the view before if nothing changed. */
    public List<Merged> merged() {
        return exports.merged();
    }

    /** One merged service. */
    public Optional<Merged> merged(ServiceName service) {
        return exports.merged(service);
    }

    /** What one of {@link #origins} says of a service that it exports. */
    public Optional<ExportedService> export(ClusterId origin, ServiceName service) {
        return exports.export(origin, service);
    }

    /** What a service would be if the own cluster exported it like this now. */
    public Merged mergedWith(ExportedService planned) {
        List<Export> all = new ArrayList<>(exports.exports(planned.service()).stream()
                .filter(export -> !export.cluster().equals(own))
                .toList());
        Instant admittedAt = origin(own).map(view -> view.member().admittedAt()).orElse(Instant.EPOCH);
        all.add(new Export(own, Locality.UNKNOWN, planned, admittedAt, wall, Optional.empty()));
        return Merge.of(all).getFirst();
    }

    /** Why a merged service looks as it does. */
    public List<String> explain(Merged service) {
        return MergeExplanation.of(service, exports.exports(service.service().service()));
    }

    /**
     * What can be called, by name, with what was withdrawn in the last hour. The same object as in the view before if nothing
     * changed; an entry that is exported is the same object as before if every export of its name is the same.
     */
    public List<ImportedService> imports() {
        return imports;
    }

    /** Two lists in order, which to sort costs as much as to walk. */
    private static List<ImportedService> imports(MergedExports exports, Withdrawals withdrawals) {
        List<ImportedService> all = new ArrayList<>();
        exports.merged().forEach(each -> all.add(each.service()));
        withdrawals.shown().forEach((service, at) -> {
            if (exports.merged(service).isEmpty()) {
                all.add(withdrawn(service, at));
            }
        });
        all.sort(Comparator.comparing(ImportedService::service));
        return List.copyOf(all);
    }

    /** What the own cluster should acknowledge: the newest bundles and catalogs that it holds. */
    public Payload.Acks acks() {
        Map<TrustDomain, Long> bundles = new HashMap<>();
        Map<ClusterId, Payload.EpochSeq> catalogs = new HashMap<>();
        origins.forEach((cluster, part) -> {
            OriginView view = part.view();
            view.bundle().ifPresent(bundle -> bundles.put(bundle.trustDomain(), bundle.sequence()));
            catalogs.put(
                    cluster,
                    new Payload.EpochSeq(
                            view.position().epoch(), view.position().seq()));
        });
        return new Payload.Acks(members().version(), members().head(), bundles, catalogs, 0);
    }

    private static ImportedService withdrawn(ServiceName service, Instant at) {
        return new ImportedService(service, List.of(), ServiceType.CLUSTER_SET_IP, "None", List.of(), Optional.of(at));
    }
}
