package io.tombolo.controller.importing;

import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.httproute.HttpRoute;
import io.tombolo.model.httproute.Mirror;
import io.tombolo.model.httproute.ReferenceGrant;
import io.tombolo.model.httproute.RouteTarget;
import io.tombolo.model.name.ServiceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Attaches this cluster's routes to services (GEP-1426): those in a service's own namespace are for everybody who calls it
 * from here, others for the workloads of their own namespace. Pure.
 */
public final class Routes {
    private Routes() {}

    /**
     * What a workload of this cluster goes by.
     * @param grants  for backends of other namespaces
     * @param imports what it may call
     */
    public static List<HttpRoute> of(
            List<HttpRoute> written,
            List<ReferenceGrant> grants,
            String callersNamespace,
            List<ImportedService> imports) {
        var backends = new RouteBackends(imports, grants);
        var attached = new ArrayList<HttpRoute>();
        for (HttpRoute route : written) {
            List<HttpRoute.Parent> parents = route.parents().stream()
                    .filter(parent -> backends.has(parent.service()))
                    .filter(parent -> isFor(route.name(), parent.service(), callersNamespace))
                    .toList();
            if (!parents.isEmpty()) {
                attached.add(new HttpRoute(
                        route.kind(), route.name(), route.createdAt(), parents, backends.resolved(route)));
            }
        }
        return attached;
    }

    private static boolean isFor(ServiceName route, ServiceName service, String callersNamespace) {
        return route.namespace().equals(service.namespace())
                || route.namespace().equals(callersNamespace);
    }

    /** Of one condition as Gateway API names it; {@code status} is {@code True}, {@code False} or {@code Unknown}. */
    public record Condition(String type, String status, String reason, String message) {}

    /** What became of a route at one of the services that it names. */
    public record AtParent(HttpRoute.Parent parent, List<Condition> conditions) {}

    /**
     * What its owner must know.
     * @param grants  for backends of other namespaces
     * @param imports all that can be called from here, by whomever
     */
    public static List<AtParent> conditions(
            HttpRoute route, List<ReferenceGrant> grants, List<ImportedService> imports) {
        var backends = new RouteBackends(imports, grants);
        return route.parents().stream()
                .map(parent ->
                        new AtParent(parent, List.of(accepted(parent.service(), backends), resolved(route, backends))))
                .toList();
    }

    /** While it is not known what can be called from here. */
    public static List<AtParent> pending(HttpRoute route) {
        var unknown = new Condition("Accepted", "Unknown", "Pending", "this cluster is not a member of a federation");
        return route.parents().stream()
                .map(parent -> new AtParent(parent, List.of(unknown)))
                .toList();
    }

    private static Condition accepted(ServiceName parent, RouteBackends backends) {
        return backends.has(parent)
                ? new Condition("Accepted", "True", "Accepted", "")
                : new Condition(
                        "Accepted", "False", "NoMatchingParent", "service " + parent + " is not known in this cluster");
    }

    private static Stream<Condition> unresolved(HttpRoute route, RouteTarget.Forward forward, RouteBackends backends) {
        Stream<Condition> shares = forward.backends().stream()
                .flatMap(backend -> backend.service().stream())
                .flatMap(backend -> unresolved(
                        backends.reasonAgainst(route, backend),
                        "backend " + backend + " gets no request; its share is answered with 500"));
        Stream<Condition> copies = forward.mirrors().stream()
                .map(Mirror::service)
                .flatMap(mirror ->
                        unresolved(backends.reasonAgainst(route, mirror), "mirror " + mirror + " gets no copy"));
        return Stream.concat(shares, copies);
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
