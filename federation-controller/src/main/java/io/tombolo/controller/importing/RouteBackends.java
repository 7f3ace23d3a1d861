package io.tombolo.controller.importing;

import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.httproute.Backend;
import io.tombolo.model.httproute.HttpRoute;
import io.tombolo.model.httproute.Mirror;
import io.tombolo.model.httproute.ReferenceGrant;
import io.tombolo.model.httproute.RouteRule;
import io.tombolo.model.httproute.RouteTarget;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The services that routes can lead to, as somebody may call them. */
final class RouteBackends {
    private final Map<ServiceName, ImportedService> imports = new HashMap<>();

    private final List<ReferenceGrant> grants;

    RouteBackends(Collection<ImportedService> imports, List<ReferenceGrant> grants) {
        this.grants = grants;
        imports.forEach(service -> this.imports.put(service.service(), service));
    }

    boolean has(ServiceName service) {
        return imports.containsKey(service);
    }

    /** Why that backend of {@code route} cannot be used, in Gateway API's words; empty = it can. */
    Optional<String> reasonAgainst(HttpRoute route, ServicePort backend) {
        boolean own = backend.service().namespace().equals(route.name().namespace());
        if (!own && grants.stream().noneMatch(grant -> grant.permits(route, backend.service()))) {
            return Optional.of("RefNotPermitted");
        }
        boolean there = Optional.ofNullable(imports.get(backend.service())).stream()
                .flatMap(service -> service.ports().stream())
                .anyMatch(port -> port.port() == backend.port());
        return there ? Optional.empty() : Optional.of("BackendNotFound");
    }

    /** The rules with only those backends named that can be used; the others keep their shares. */
    List<RouteRule> resolved(HttpRoute route) {
        return route.rules().stream()
                .map(rule -> switch (rule.target()) {
                    case RouteTarget.Elsewhere _ -> rule;
                    case RouteTarget.Forward forward -> rule.to(resolved(route, forward));
                })
                .toList();
    }

    private RouteTarget resolved(HttpRoute route, RouteTarget.Forward forward) {
        List<Backend> backends = forward.backends().stream()
                .map(backend -> new Backend(
                        backend.service()
                                .filter(service -> reasonAgainst(route, service).isEmpty()),
                        backend.weight(),
                        backend.request(),
                        backend.answer()))
                .toList();
        List<Mirror> mirrors = forward.mirrors().stream()
                .filter(mirror -> reasonAgainst(route, mirror.service()).isEmpty())
                .toList();
        return new RouteTarget.Forward(backends, forward.path(), forward.host(), mirrors);
    }
}
