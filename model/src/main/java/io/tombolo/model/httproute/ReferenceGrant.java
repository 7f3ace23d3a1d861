package io.tombolo.model.httproute;

import io.tombolo.model.name.ServiceName;
import java.util.List;
import java.util.Optional;

/**
 * Lets routes of other namespaces lead to services of this one (Gateway API).
 * @param namespace that of the services
 * @param from      routes that may
 * @param to        services that they may lead to; an empty one is all of the namespace
 */
public record ReferenceGrant(String namespace, List<From> from, List<Optional<String>> to) {
    /** Of each side. */
    public static final int MOST = 16;

    /** Routes of one kind and namespace. */
    public record From(HttpRoute.Kind kind, String namespace) {}

    public ReferenceGrant {
        from = List.copyOf(from);
        to = List.copyOf(to);
        if (from.isEmpty() || to.isEmpty() || from.size() > MOST || to.size() > MOST) {
            throw RouteSyntax.bad("grant", "", "name 1 to " + MOST + " on each side");
        }
    }

    public boolean permits(HttpRoute route, ServiceName service) {
        return service.namespace().equals(namespace)
                && from.contains(new From(route.kind(), route.name().namespace()))
                && to.stream().anyMatch(name -> name.map(service.name()::equals).orElse(true));
    }
}
