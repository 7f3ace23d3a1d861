package io.tombolo.model.httproute;

import io.tombolo.model.name.ServiceName;
import java.util.List;
import java.util.Optional;

/**
 * Lets routes of other namespaces lead to services of this one (Gateway API).
 * @param namespace that of the services
 * @param from      routes that may
 * @param to        services that they may lead to
 */
public record ReferenceGrant(String namespace, List<From> from, List<To> to) {
    /** Of each side. */
    public static final int MOST = 16;

    /** Routes of one kind and namespace. */
    public record From(HttpRoute.Kind kind, String namespace) {}

    /**
     * What they may lead to.
     * @param kind as the routes have to name it
     * @param name empty = all of the namespace
     */
    public record To(ServiceKind kind, Optional<String> name) {
        boolean isFor(ServiceKind asked, ServiceName service) {
            return kind == asked && name.map(service.name()::equals).orElse(true);
        }
    }

    public ReferenceGrant {
        from = List.copyOf(from);
        to = List.copyOf(to);
        if (from.isEmpty() || to.isEmpty() || from.size() > MOST || to.size() > MOST) {
            throw RouteSyntax.bad("grant", "", "name 1 to " + MOST + " on each side");
        }
    }

    /** @param kind as which the route names the service */
    public boolean permits(HttpRoute route, ServiceKind kind, ServiceName service) {
        return service.namespace().equals(namespace)
                && from.contains(new From(route.kind(), route.name().namespace()))
                && to.stream().anyMatch(one -> one.isFor(kind, service));
    }
}
