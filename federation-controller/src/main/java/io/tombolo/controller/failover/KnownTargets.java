package io.tombolo.controller.failover;

import io.tombolo.catalog.view.CatalogView;
import io.tombolo.catalog.view.OriginView;
import io.tombolo.model.catalog.Freshness;
import io.tombolo.model.catalog.ImportedService.Source;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.Locality;
import io.tombolo.model.routing.Access;
import io.tombolo.model.routing.EvacuationOrder;
import io.tombolo.model.routing.Place;
import io.tombolo.model.routing.Strength;
import io.tombolo.model.routing.Target;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this controller knows of the clusters that could answer. Immutable; how each of them can be reached is put together once,
 * in one pass over the paths, and not for every service that it has.
 */
public final class KnownTargets {
    private static final Access NOT_HEARD_OF = new Access(false, Freshness.STALE, PathHealth.State.UNKNOWN, 0);

    private final ClusterId own;
    private final Locality locality;
    private final CatalogView view;
    private final List<PathHealth> measured;
    private final Map<ClusterId, Access> accesses = new HashMap<>();
    private final Map<ClusterId, Double> evacuated = new HashMap<>();
    private final Set<ClusterId> drilled = new HashSet<>();

    /**
     * All that is known at one moment.
     * @param measured what the own gateways say of paths, the best of each peer gateway
     * @param orders   to evacuate clusters
     * @param wall     for orders that are carried out over a while
     */
    public KnownTargets(
            ClusterId own,
            Locality locality,
            CatalogView view,
            List<PathHealth> measured,
            List<EvacuationOrder> orders,
            Instant wall) {
        this.own = own;
        this.locality = locality;
        this.view = view;
        this.measured = List.copyOf(measured);
        Map<ClusterId, List<PathHealth>> paths = measured.stream().collect(Collectors.groupingBy(PathHealth::cluster));
        Stream.concat(view.origins().stream().map(OriginView::cluster), paths.keySet().stream())
                .distinct()
                .forEach(cluster -> accesses.put(cluster, access(cluster, paths.getOrDefault(cluster, List.of()))));
        orders.stream().filter(order -> !order.over(wall)).forEach(order -> count(order, wall));
    }

    private void count(EvacuationOrder order, Instant wall) {
        if (order.drill()) {
            drilled.add(order.cluster());
        } else {
            evacuated.merge(order.cluster(), order.part(wall), Math::max);
        }
    }

    /** Whether the same sources are the same targets by both. */
    boolean isLike(KnownTargets other) {
        return own.equals(other.own)
                && locality.equals(other.locality)
                && view.cutOff() == other.view.cutOff()
                && accesses.equals(other.accesses)
                && evacuated.equals(other.evacuated)
                && drilled.equals(other.drilled)
                && labels().equals(other.labels());
    }

    private Map<ClusterId, Map<String, String>> labels() {
        return view.origins().stream().collect(Collectors.toMap(OriginView::cluster, OriginView::labels));
    }

    public ClusterId own() {
        return own;
    }

    public CatalogView view() {
        return view;
    }

    public List<PathHealth> measured() {
        return measured;
    }

    /** One for each source. */
    public List<Target> of(List<Source> sources) {
        return sources.stream().map(this::target).toList();
    }

    private Target target(Source source) {
        boolean local = source.cluster().equals(own);
        return new Target(
                source.cluster(),
                new Place(
                        local,
                        source.locality().sameZone(locality),
                        source.locality().sameRegion(locality),
                        view.origin(source.cluster()).map(OriginView::labels).orElse(Map.of())),
                local ? Access.LOCAL : accesses.getOrDefault(source.cluster(), NOT_HEARD_OF),
                strength(source),
                evacuated.getOrDefault(source.cluster(), 0.0),
                drilled.contains(source.cluster()));
    }

    private Access access(ClusterId cluster, List<PathHealth> paths) {
        Freshness freshness = view.origin(cluster)
                .flatMap(OriginView::age)
                .map(age -> age.freshness())
                .orElse(Freshness.STALE);
        int rtt = paths.stream()
                .filter(path -> path.state() == PathHealth.State.UP)
                .mapToInt(PathHealth::rttMicros)
                .min()
                .orElse(0);
        return new Access(view.trusted(cluster), freshness, state(paths), rtt);
    }

    /** How a cluster could be reached by the gateways that are left. */
    Access withPaths(Target target, List<PathHealth> left, Set<InstanceId> gone) {
        boolean any = view.origin(target.cluster()).stream()
                .flatMap(origin -> origin.gateways().stream())
                .anyMatch(gateway -> !gone.contains(gateway.instance()));
        Access now = target.access();
        PathHealth.State state = any
                ? state(left.stream()
                        .filter(path -> path.cluster().equals(target.cluster()))
                        .toList())
                : PathHealth.State.DOWN;
        return new Access(now.trusted(), now.freshness(), state, now.rttMicros());
    }

    private static PathHealth.State state(List<PathHealth> paths) {
        List<PathHealth.State> states = paths.stream().map(PathHealth::state).toList();
        if (states.contains(PathHealth.State.UP)) {
            return PathHealth.State.UP;
        }
        return states.contains(PathHealth.State.DOWN) && !states.contains(PathHealth.State.UNKNOWN)
                ? PathHealth.State.DOWN
                : PathHealth.State.UNKNOWN;
    }

    private static Strength strength(Source source) {
        return source.health()
                .map(said -> new Strength(
                        OptionalInt.of(said.ready()),
                        OptionalInt.of(said.total()),
                        said.capacityPerSecond(),
                        source.grantedPerSecond(),
                        said.draining()))
                .orElse(Strength.UNKNOWN);
    }
}
