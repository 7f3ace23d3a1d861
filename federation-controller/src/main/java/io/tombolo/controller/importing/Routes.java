package io.tombolo.controller.importing;

import io.tombolo.model.httproute.Backend;
import io.tombolo.model.httproute.HttpRoute;
import io.tombolo.model.httproute.Mirror;
import io.tombolo.model.httproute.Referred;
import io.tombolo.model.httproute.RouteTarget;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Attaches this cluster's routes to services (GEP-1426): those in a service's own namespace are for everybody who calls it
 * from here, others for the workloads of their own namespace. Pure.
 */
public final class Routes {
    private Routes() {}

    /**
     * What a workload of this cluster goes by.
     * @param surroundings with what it may call
     */
    public static List<HttpRoute> of(List<HttpRoute> written, RouteSurroundings surroundings, String callersNamespace) {
        var backends = new RouteBackends(surroundings);
        var parents = new RouteParents(written, backends, callersNamespace);
        var attached = new ArrayList<HttpRoute>();
        for (HttpRoute route : written) {
            List<HttpRoute.Parent> counting = parents.of(route);
            if (!counting.isEmpty()) {
                attached.add(new HttpRoute(
                        route.kind(), route.name(), route.createdAt(), counting, backends.resolved(route)));
            }
        }
        return attached;
    }

    /** Of one condition as Gateway API names it; {@code status} is {@code True}, {@code False} or {@code Unknown}. */
    public record Condition(String type, String status, String reason, String message) {}

    /** What became of a route at one of the services that it names. */
    public record AtParent(HttpRoute.Parent parent, List<Condition> conditions) {}

    /**
     * What its owner must know.
     * @param surroundings with all that can be called from here, by whomever
     */
    public static List<AtParent> conditions(HttpRoute route, RouteSurroundings surroundings) {
        var backends = new RouteBackends(surroundings);
        return route.parents().stream()
                .map(parent -> new AtParent(parent, List.of(accepted(parent, backends), resolved(route, backends))))
                .toList();
    }

    /** While it is not known what can be called from here. */
    public static List<AtParent> pending(HttpRoute route) {
        var unknown = new Condition("Accepted", "Unknown", "Pending", "this cluster is not a member of a federation");
        return route.parents().stream()
                .map(parent -> new AtParent(parent, List.of(unknown)))
                .toList();
    }

    private static Condition accepted(HttpRoute.Parent parent, RouteBackends backends) {
        return RouteParents.reasonAgainst(parent, backends)
                .map(why -> new Condition("Accepted", "False", "NoMatchingParent", why))
                .orElse(new Condition("Accepted", "True", "Accepted", ""));
    }

    private static Stream<Condition> unresolved(HttpRoute route, RouteTarget.Forward forward, RouteBackends backends) {
        Stream<Condition> shares = forward.backends().stream()
                .map(Backend::to)
                .flatMap(backend -> unresolved(
                        backends.reasonAgainst(route, backend),
                        "backend " + named(backend) + " gets no request; its share is answered with 500"));
        Stream<Condition> copies = forward.mirrors().stream()
                .map(Mirror::to)
                .flatMap(mirror ->
                        unresolved(backends.reasonAgainst(route, mirror), "mirror " + named(mirror) + " gets no copy"));
        return Stream.concat(shares, copies);
    }

    private static String named(Referred referred) {
        return switch (referred) {
            case Referred.Port(ServicePort service) -> service.toString();
            case Referred.Import(ServiceName service, OptionalInt port) ->
                "ServiceImport " + service + (port.isPresent() ? ":" + port.getAsInt() : ", whose port is not said,");
            case Referred.Stranger(String kind) -> "of kind " + kind;
            case Referred.Nowhere _ -> "that is nowhere";
        };
    }

    private static Stream<Condition> unresolved(Optional<String> reason, String effect) {
        return reason.stream().map(why -> new Condition("ResolvedRefs", "False", why, effect));
    }

    private static Condition resolved(HttpRoute route, RouteBackends backends) {
        return route.rules().stream()
                .map(rule -> rule.target())
                .filter(RouteTarget.Forward.class::isInstance)
                .map(RouteTarget.Forward.class::cast)
                .flatMap(forward -> unresolved(route, forward, backends))
                .findFirst()
                .orElse(new Condition("ResolvedRefs", "True", "ResolvedRefs", ""));
    }
}
