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
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What this controller knows of the clusters that could answer. A pure function of its parts.
 * @param measured what the own gateways say of paths, the best of each peer gateway
 * @param orders   to evacuate clusters
 * @param wall     for orders that are carried out over a while
 */
public record KnownTargets(
        ClusterId own,
        Locality locality,
        CatalogView view,
        List<PathHealth> measured,
        List<EvacuationOrder> orders,
        Instant wall) {
    public KnownTargets {
        measured = List.copyOf(measured);
        orders = List.copyOf(orders);
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
                local ? Access.LOCAL : access(source.cluster()),
                strength(source),
                evacuated(source.cluster()),
                ordered(source.cluster()).anyMatch(EvacuationOrder::drill));
    }

    private Access access(ClusterId cluster) {
        Freshness freshness = view.origin(cluster)
                .flatMap(OriginView::age)
                .map(age -> age.freshness())
                .orElse(Freshness.STALE);
        List<PathHealth> paths =
                measured.stream().filter(path -> path.cluster().equals(cluster)).toList();
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

    private double evacuated(ClusterId cluster) {
        return ordered(cluster)
                .filter(order -> !order.drill())
                .mapToDouble(order -> order.part(wall))
                .max()
                .orElse(0);
    }

    private Stream<EvacuationOrder> ordered(ClusterId cluster) {
        return orders.stream().filter(order -> order.cluster().equals(cluster)).filter(order -> !order.over(wall));
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
                        source.grantedPerSecond()))
                .orElse(Strength.UNKNOWN);
    }
}
