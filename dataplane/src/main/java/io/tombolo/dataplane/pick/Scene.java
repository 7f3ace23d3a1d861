package io.tombolo.dataplane.pick;

import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.outcome.EndpointKey;
import io.tombolo.dataplane.outcome.Outcomes;
import io.tombolo.dataplane.outcome.Paths;
import io.tombolo.dataplane.route.Routed;
import io.tombolo.model.catalog.ClusterGateways;
import io.tombolo.model.catalog.Freshness;
import io.tombolo.model.catalog.GatewayInstance;
import io.tombolo.model.catalog.ImportedService.Source;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.OriginFreshness;
import io.tombolo.model.catalog.OwnCluster;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.routing.Access;
import io.tombolo.model.routing.FailoverPolicy;
import io.tombolo.model.routing.Place;
import io.tombolo.model.routing.Strength;
import io.tombolo.model.routing.Target;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * All that is known at one moment about who could answer for one service port.
 * @param again how lenient the search is
 */
record Scene(
        ProxyConfig config,
        OwnCluster own,
        Routed routed,
        Outcomes outcomes,
        Paths paths,
        Tried tried,
        Again again,
        Turn turn,
        long nowNanos) {
    /** Whether {@code endpoint} may be picked now. */
    boolean isUsable(EndpointKey endpoint) {
        boolean fit = again.doubts() ? !outcomes.isEjected(endpoint, nowNanos) : outcomes.isUsable(endpoint, nowNanos);
        return fit && !tried.avoids(endpoint, again);
    }

    /** Whether the division over clusters is the usual one, which moves on evenly; else whoever is best without. */
    boolean isUsual() {
        return tried.isEmpty() && again == Again.NOTHING;
    }

    /** Whether only exactly the instance that is picked will do. */
    boolean isExact() {
        return turn.isExact() || routed.isOfOne();
    }

    private Candidates candidates() {
        return new Candidates(this);
    }

    /** The clusters that could get the request: members that expose the port. */
    List<Target> targets(Instant now) {
        return sources().map(source -> target(source, now)).toList();
    }

    Stream<Source> sources() {
        return routed.service().sources().stream()
                .filter(source -> source.ports().contains(routed.port().port()))
                .filter(source -> config.isAdmitted(source.cluster()))
                .filter(source -> !isSpared(source.cluster()));
    }

    /** Whether a second attempt should go to another cluster first. */
    private boolean isSpared(ClusterId cluster) {
        return again == Again.NOTHING
                && tried.has(cluster)
                && config.failover(routed.port().service())
                        .map(FailoverPolicy::retryElsewhere)
                        .orElse(false);
    }

    Optional<Source> source(ClusterId cluster) {
        for (Source source : routed.service().sources()) {
            if (source.cluster().equals(cluster)) {
                boolean has = source.ports().contains(routed.port().port()) && config.isAdmitted(cluster);
                return has ? Optional.of(source) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Whether this cluster itself is cut off: then what others say may be old without their fault. */
    boolean cutOff() {
        return sources()
                .flatMap(source -> config.freshness(source.cluster()).stream())
                .anyMatch(OriginFreshness::selfCutOff);
    }

    private Target target(Source source, Instant now) {
        boolean local = source.cluster().equals(own.cluster());
        return new Target(
                source.cluster(),
                new Place(
                        local,
                        local || own.locality().sameZone(source.locality()),
                        local || own.locality().sameRegion(source.locality()),
                        config.labels(source.cluster())),
                local ? Access.LOCAL : access(source.cluster()),
                strength(source, local),
                config.evacuated(source.cluster(), now),
                config.drilled(source.cluster(), now));
    }

    private Access access(ClusterId cluster) {
        Optional<ClusterGateways> gateways = config.gateways(cluster);
        return new Access(
                gateways.map(ClusterGateways::trusted).orElse(false),
                config.freshness(cluster).map(OriginFreshness::freshness).orElse(Freshness.FRESH),
                path(gateways),
                gateways.map(all -> PathChoice.shortestMicros(this, all)).orElse(0));
    }

    private Strength strength(Source source, boolean local) {
        OptionalInt ready = ready(source, local);
        OptionalInt total = local
                ? OptionalInt.of(Math.max(
                        ready.orElse(0),
                        config.local(routed.service().service()).size()))
                : source.health().map(ServiceHealth::total).map(OptionalInt::of).orElse(OptionalInt.empty());
        long capacity = source.health().map(ServiceHealth::capacityPerSecond).orElse(0L);
        return new Strength(ready, total, capacity, source.grantedPerSecond(), draining(source, local));
    }

    private int draining(Source source, boolean local) {
        return local
                ? (int) config.local(routed.service().service()).stream()
                        .filter(instance -> instance.state() == InstanceState.DRAINING)
                        .count()
                : source.health().map(ServiceHealth::draining).orElse(0);
    }

    private OptionalInt ready(Source source, boolean local) {
        int usable = candidates().of(source).size();
        if (local) {
            return OptionalInt.of(usable);
        }
        if (source.health().isEmpty()) {
            return usable == 0 ? OptionalInt.of(0) : OptionalInt.empty();
        }
        ServiceHealth health = source.health().get();
        int unnamed = Math.max(0, health.ready() - Candidates.readyNamed(health));
        return OptionalInt.of(health.ready() == 0 ? 0 : Math.min(health.ready(), usable + unnamed));
    }

    /** The best of the paths that were not tried; DOWN when there is none. */
    private PathHealth.State path(Optional<ClusterGateways> gateways) {
        PathHealth.State best = PathHealth.State.DOWN;
        for (GatewayInstance gateway : gateways.map(ClusterGateways::gateways).orElse(List.of())) {
            PathHealth.State state = PathChoice.state(this, gateways.orElseThrow(), gateway);
            if (state == PathHealth.State.UP) {
                return state;
            }
            best = state == PathHealth.State.UNKNOWN ? state : best;
        }
        return best;
    }
}
