package io.tombolo.controller.api;

import static io.tombolo.controller.api.RequestBody.required;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tombolo.catalog.freshness.OriginAge;
import io.tombolo.catalog.record.Grants;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.Refusals;
import io.tombolo.catalog.view.CatalogView;
import io.tombolo.catalog.view.OriginView;
import io.tombolo.controller.health.PathTable;
import io.tombolo.controller.join.Authority;
import io.tombolo.controller.join.Federation;
import io.tombolo.controller.subscribe.CatalogFeed;
import io.tombolo.model.catalog.Freshness;
import io.tombolo.model.catalog.GatewayInstance;
import io.tombolo.model.catalog.MemberEntry;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.name.ClusterId;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The members as this cluster sees them. */
@Singleton
@RunOnVirtualThread
@Path("/api/v1/clusters")
public final class ClustersResource {
    private final FederatedLog log;
    private final PathTable paths;
    private final Federation federation;
    private final Changes changes;
    private final Callers callers;

    @Inject
    public ClustersResource(
            FederatedLog log, PathTable paths, Federation federation, Changes changes, Callers callers) {
        this.log = log;
        this.paths = paths;
        this.federation = federation;
        this.changes = changes;
        this.callers = callers;
    }

    /**
     * What one of this cluster's gateways measured, by calls of its own through that gateway.
     * @param ageMs since it said so; -1 = it says nothing any more
     */
    public record PathShown(String from, String state, int rttMicros, long ageMs) {}

    /** What another cluster published of its path to a gateway of this one. */
    public record SeenShown(String cluster, String state, int rttMicros) {}

    /**
     * One gateway of a cluster.
     * @param seenBy of a gateway of this cluster: who of the others says whether it answers there
     */
    public record GatewayShown(
            String instance, List<String> addresses, boolean draining, List<PathShown> paths, List<SeenShown> seenBy) {}

    /**
     * One member. {@code freshness} is UNKNOWN while nothing was heard of it; {@code ageMs} is -1 then.
     * @param offsetMs by how much its clock is ahead of this one's, with the time that its word took to come; 0 = not known
     * @param holdsSeq how far it has come with what this cluster published; absent = it has not said, as with itself
     */
    public record ClusterShown(
            String cluster,
            long epoch,
            String state,
            boolean local,
            boolean authority,
            String region,
            String zone,
            Map<String, String> labels,
            String trustDomain,
            String freshness,
            long ageMs,
            long offsetMs,
            long seq,
            @Nullable Long holdsSeq,
            List<GatewayShown> gateways,
            int exports,
            String trust,
            @Nullable Grants grants,
            Map<String, Long> refused,
            List<String> leftOut) {}

    /** An eviction's wish. */
    public record Evict(
            @Nullable Boolean backboneMoved, @Nullable String reason) {}

    /**
     * What became of it.
     * @param backbone   {@code pending}: this authority takes its rights on Kafka away as soon as Kafka answers; {@code by hand}
     * @param manualAcls the commands by which Kafka's administrator does so; absent where the authority does
     */
    public record Evicted(
            String cluster,
            String state,
            long version,
            String backbone,
            @Nullable String manualAcls) {}

    @GET
    public List<ClusterShown> list() {
        return log.feed()
                .map(CatalogFeed::current)
                .map(view -> view.members().entries().stream()
                        .map(member -> shown(view, member))
                        .toList())
                .orElse(List.of());
    }

    @POST
    @Path("/{cluster}/evict")
    public Evicted evict(@PathParam("cluster") String cluster, Evict wanted) {
        callers.current().mustOperate("evict a cluster");
        boolean backboneMoved = Boolean.TRUE.equals(required(wanted).backboneMoved());
        Authority authority = federation.requireAuthority("evict");
        var id = new ClusterId(cluster);
        long version = changes.recorded(
                callers.current(), "cluster.evict", id.value(), () -> authority.evict(id, backboneMoved));
        Optional<String> byHand = authority.commandsToDrop(id);
        return new Evicted(
                id.value(), "EVICTED", version, byHand.isPresent() ? "by hand" : "pending", byHand.orElse(null));
    }

    /** Finishes the leaving of a cluster that cannot ask for it itself. */
    @POST
    @Path("/{cluster}/leave")
    public Evicted leave(@PathParam("cluster") String cluster) {
        callers.current().mustOperate("let a cluster leave");
        Authority authority = federation.requireAuthority("leave");
        var id = new ClusterId(cluster);
        long version = changes.recorded(callers.current(), "cluster.leave", id.value(), () -> authority.leave(id));
        Optional<String> byHand = authority.commandsToDrop(id);
        return new Evicted(
                id.value(), "LEFT", version, byHand.isPresent() ? "by hand" : "pending", byHand.orElse(null));
    }

    private ClusterShown shown(CatalogView view, MemberEntry member) {
        ClusterId cluster = member.cluster();
        boolean local = cluster.equals(view.own());
        boolean admitted = member.state() == MemberState.ADMITTED;
        Optional<OriginView> origin = view.origin(cluster).filter(_ -> admitted);
        Optional<OriginAge> age = origin.flatMap(OriginView::age);
        String freshness = local ? "FRESH" : age.map(a -> a.freshness().name()).orElse("UNKNOWN");
        return new ClusterShown(
                cluster.value(),
                member.epoch(),
                member.state().name(),
                local,
                view.members().authorities().contains(cluster),
                origin.map(o -> o.locality().region()).orElse(""),
                origin.map(o -> o.locality().zone()).orElse(""),
                new TreeMap<>(origin.map(OriginView::labels).orElse(Map.of())),
                member.trustDomain().name(),
                admitted ? freshness : "-",
                local ? 0 : age.map(a -> a.age().toMillis()).orElse(-1L),
                local ? 0 : age.map(a -> a.offset().toMillis()).orElse(0L),
                origin.map(o -> o.position().seq()).orElse(0L),
                origin.flatMap(OriginView::acks)
                        .flatMap(acks -> Optional.ofNullable(acks.catalogs().get(view.own())))
                        .filter(held -> held.epoch() == ownEpoch(view))
                        .map(Payload.EpochSeq::seq)
                        .orElse(null),
                origin.map(o -> o.gateways().stream()
                                .map(gateway -> gateway(gateway, local ? seenBy(view, gateway) : List.of()))
                                .toList())
                        .orElse(List.of()),
                origin.map(o -> o.exports().size()).orElse(0),
                local || (admitted && view.trusted(cluster)) ? "READY" : "PENDING_TRUST",
                view.members().member(cluster).map(Payload.Member::grants).orElse(null),
                refused(view, cluster),
                origin.map(OriginView::leftOut).orElse(List.of()));
    }

    private static long ownEpoch(CatalogView view) {
        return view.members().member(view.own()).map(Payload.Member::epoch).orElse(0L);
    }

    /** By those whose word is fresh: what was so once proves nothing of now. */
    private static List<SeenShown> seenBy(CatalogView view, GatewayInstance gateway) {
        return view.origins().stream()
                .filter(origin -> !origin.cluster().equals(view.own()) && isFreshMember(view, origin))
                .flatMap(origin -> origin.health().path(view.own(), gateway.instance()).stream()
                        .map(path -> new SeenShown(
                                origin.cluster().value(), path.state().name(), path.rttMicros())))
                .toList();
    }

    private static boolean isFreshMember(CatalogView view, OriginView origin) {
        return view.members()
                        .member(origin.cluster())
                        .filter(member -> member.state() == MemberState.ADMITTED)
                        .isPresent()
                && origin.age()
                        .filter(age -> age.freshness() == Freshness.FRESH)
                        .isPresent();
    }

    private GatewayShown gateway(GatewayInstance gateway, List<SeenShown> seenBy) {
        var measured = new ArrayList<PathShown>();
        paths.all()
                .forEach((from, list) -> list.stream()
                        .filter(path -> path.gateway().equals(gateway.instance()))
                        .map((PathHealth path) -> new PathShown(
                                from.value(),
                                path.state().name(),
                                path.rttMicros(),
                                paths.age(from).map(Duration::toMillis).orElse(-1L)))
                        .forEach(measured::add));
        return new GatewayShown(
                gateway.instance().value(),
                gateway.addresses().stream().map(Object::toString).toList(),
                gateway.draining(),
                measured,
                seenBy);
    }

    private static Map<String, Long> refused(CatalogView view, ClusterId cluster) {
        Map<String, Long> counts = new TreeMap<>();
        view.refusals().rows().stream()
                .filter((Refusals.Row row) -> row.origin().equals(cluster.value()))
                .forEach(row -> counts.merge(row.fault().code(), row.count(), Long::sum));
        return counts;
    }
}
