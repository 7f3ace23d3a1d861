package io.tombolo.controller.importing;

import io.tombolo.model.httproute.HttpRoute;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which parents of routes count for the workloads of one namespace (GEP-1426): those of routes in a service's own namespace, but for
 * the ports to which that namespace has bound routes of its own. The two do not mix.
 */
final class RouteParents {
    private final RouteBackends backends;
    private final String callers;
    private final Set<ServicePort> taken;

    /** @param callers their namespace */
    RouteParents(Collection<HttpRoute> written, RouteBackends backends, String callers) {
        this.backends = backends;
        this.callers = callers;
        this.taken = new HashSet<>();
        written.stream()
                .filter(this::isTheirs)
                .flatMap(route -> route.parents().stream())
                .filter(parent -> !isOwned(parent))
                .forEach(parent -> taken.addAll(backends.portsOf(parent)));
    }

    private boolean isTheirs(HttpRoute route) {
        return route.name().namespace().equals(callers);
    }

    /** Whether the service is theirs as well: then there are no other routes for them. */
    private boolean isOwned(HttpRoute.Parent parent) {
        return parent.service().namespace().equals(callers);
    }

    /** Those of a route that count, with ports that are there; never more than it may have. */
    List<HttpRoute.Parent> of(HttpRoute route) {
        return route.parents().stream()
                .flatMap(parent -> counting(route, parent))
                .distinct()
                .limit(HttpRoute.MOST_PARENTS)
                .toList();
    }

    private Stream<HttpRoute.Parent> counting(HttpRoute route, HttpRoute.Parent parent) {
        List<ServicePort> there = backends.portsOf(parent);
        if (isTheirs(route)) {
            return bound(parent, there, there.size());
        }
        return route.name().namespace().equals(parent.service().namespace())
                ? bound(
                        parent,
                        there.stream().filter(port -> !taken.contains(port)).toList(),
                        there.size())
                : Stream.empty();
    }

    /** @param all so many ports are there */
    private static Stream<HttpRoute.Parent> bound(HttpRoute.Parent parent, List<ServicePort> ports, int all) {
        boolean whole = parent.port().isEmpty() && parent.section().isEmpty() && ports.size() == all && all > 0;
        return whole
                ? Stream.of(new HttpRoute.Parent(parent.service(), OptionalInt.empty()))
                : ports.stream().map(port -> new HttpRoute.Parent(port.service(), OptionalInt.of(port.port())));
    }

    /** Why a parent does not count for anybody; empty = it does. */
    static Optional<String> reasonAgainst(HttpRoute.Parent parent, RouteBackends backends) {
        ServiceName service = parent.service();
        if (!backends.portsOf(parent).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                backends.has(parent.kind(), service)
                        ? parent.kind().text() + " " + service + " has no port"
                                + (parent.port().isPresent()
                                        ? " " + parent.port().getAsInt()
                                        : "")
                                + parent.section().map(name -> " named " + name).orElse("")
                        : parent.kind().text() + " " + service + " is not known in this cluster");
    }
}
