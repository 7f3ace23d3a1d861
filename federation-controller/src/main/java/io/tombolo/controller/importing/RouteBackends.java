package io.tombolo.controller.importing;

import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.httproute.Backend;
import io.tombolo.model.httproute.HttpRoute;
import io.tombolo.model.httproute.Mirror;
import io.tombolo.model.httproute.Referred;
import io.tombolo.model.httproute.RouteRule;
import io.tombolo.model.httproute.RouteTarget;
import io.tombolo.model.httproute.ServiceKind;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The services that routes can be bound to and lead to, as somebody may call them. */
final class RouteBackends {
    private final Map<ServiceName, ImportedService> callable = new HashMap<>();
    private final RouteSurroundings surroundings;

    RouteBackends(RouteSurroundings surroundings) {
        this.surroundings = surroundings;
        surroundings.callable().forEach(service -> callable.put(service.service(), service));
    }

    /** What a reference comes to. */
    private sealed interface Found {
        record There(ServicePort service) implements Found {}

        /** @param reason in Gateway API's words */
        record Not(String reason) implements Found {}
    }

    boolean has(ServiceKind kind, ServiceName service) {
        return find(kind, service).isPresent();
    }

    /** A service of this cluster is no import until it is exported. */
    private Optional<ImportedService> find(ServiceKind kind, ServiceName service) {
        return Optional.ofNullable(callable.get(service)).filter(_ -> switch (kind) {
            case SERVICE -> true;
            case SERVICE_IMPORT -> surroundings.imported().contains(service);
        });
    }

    /** The ports that a parent means; none = it is not there. */
    List<ServicePort> portsOf(HttpRoute.Parent parent) {
        return portsOf(parent.kind(), parent.service(), parent.port(), parent.section());
    }

    private List<ServicePort> portsOf(
            ServiceKind kind, ServiceName service, OptionalInt number, Optional<String> name) {
        return find(kind, service).stream()
                .flatMap(found -> found.ports().stream())
                .filter(port -> number.isEmpty() || number.getAsInt() == port.port())
                .filter(port -> name.map(port.name()::equals).orElse(true))
                .map(ExportedPort::port)
                .map(port -> new ServicePort(service, port))
                .toList();
    }

    /** Why that backend of {@code route} cannot be used, in Gateway API's words; empty = it can. */
    Optional<String> reasonAgainst(HttpRoute route, Referred referred) {
        return find(route, referred) instanceof Found.Not(String reason) ? Optional.of(reason) : Optional.empty();
    }

    private Found find(HttpRoute route, Referred referred) {
        return switch (referred) {
            case Referred.Port(ServicePort port) ->
                find(route, ServiceKind.SERVICE, port.service(), OptionalInt.of(port.port()));
            case Referred.Import(ServiceName service, OptionalInt port) ->
                find(route, ServiceKind.SERVICE_IMPORT, service, port);
            case Referred.Stranger _ -> new Found.Not("InvalidKind");
            case Referred.Nowhere _ -> new Found.Not("BackendNotFound");
        };
    }

    /** A port that is not said is the only one; one of several would be a guess. */
    private Found find(HttpRoute route, ServiceKind kind, ServiceName service, OptionalInt port) {
        if (!isPermitted(route, kind, service)) {
            return new Found.Not("RefNotPermitted");
        }
        List<ServicePort> there = portsOf(kind, service, port, Optional.empty());
        return there.size() == 1 ? new Found.There(there.getFirst()) : new Found.Not("BackendNotFound");
    }

    private boolean isPermitted(HttpRoute route, ServiceKind kind, ServiceName service) {
        return service.namespace().equals(route.name().namespace())
                || staysWhereItIsCalled(route, kind, service)
                || surroundings.grants().stream().anyMatch(grant -> grant.permits(route, kind, service));
    }

    /**
     * A namespace's own calls of services of others need nobody's leave to go to those. A route that is for everybody who calls a
     * service of that namespace too would send them there by naming one parent more, so it needs it.
     */
    private static boolean staysWhereItIsCalled(HttpRoute route, ServiceKind kind, ServiceName service) {
        return route.parents().stream()
                        .noneMatch(parent ->
                                parent.service().namespace().equals(route.name().namespace()))
                && route.parents().stream()
                        .anyMatch(parent ->
                                parent.kind() == kind && parent.service().equals(service));
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
                        resolved(route, backend.to()), backend.weight(), backend.request(), backend.answer()))
                .toList();
        List<Mirror> mirrors = forward.mirrors().stream()
                .map(mirror -> new Mirror(resolved(route, mirror.to()), mirror.numerator(), mirror.denominator()))
                .filter(mirror -> mirror.service().isPresent())
                .toList();
        return new RouteTarget.Forward(backends, forward.path(), forward.host(), mirrors);
    }

    private Referred resolved(HttpRoute route, Referred referred) {
        return switch (find(route, referred)) {
            case Found.There(ServicePort service) -> new Referred.Port(service);
            case Found.Not _ -> new Referred.Nowhere();
        };
    }
}
