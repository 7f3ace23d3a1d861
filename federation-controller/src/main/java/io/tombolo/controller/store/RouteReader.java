package io.tombolo.controller.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.httproute.Backend;
import io.tombolo.model.httproute.HttpRoute;
import io.tombolo.model.httproute.NameValue;
import io.tombolo.model.httproute.PathMatch;
import io.tombolo.model.httproute.RouteMatch;
import io.tombolo.model.httproute.RouteRule;
import io.tombolo.model.httproute.RouteTarget;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/** Reads the spec of an {@code HTTPRoute}: Gateway API's fields as far as they are supported; others are refused by name. */
final class RouteReader {
    private static final String IMPORTS = "multicluster.x-k8s.io";

    private RouteReader() {}

    static Spec.Route route(String path, JsonNode node, ServiceName name) {
        Fields spec = Fields.of(path, node, Set.of("parentRefs", "rules"));
        List<HttpRoute.Parent> parents = spec.list("parentRefs", item -> parent(item, name));
        if (parents.isEmpty() || parents.size() > HttpRoute.MOST_PARENTS) {
            throw Fields.bad(
                    path + ".parentRefs",
                    "names no service, or more than " + HttpRoute.MOST_PARENTS,
                    "write kind: Service and its name");
        }
        List<RouteRule> rules = spec.list("rules", item -> rule(item, name));
        if (rules.isEmpty() || rules.size() > HttpRoute.MOST_RULES) {
            throw Fields.bad(
                    path + ".rules", "are none, or more than " + HttpRoute.MOST_RULES, "write what is to happen");
        }
        return new Spec.Route(parents, rules);
    }

    private static HttpRoute.Parent parent(Fields.Item item, ServiceName route) {
        Fields ref = item.object(Set.of("group", "kind", "namespace", "name", "port"));
        ServiceName service = service(ref, route, "kind: Service with group: \"\"");
        return new HttpRoute.Parent(
                service,
                ref.has("port")
                        ? OptionalInt.of(in(ref.path(), () -> new ServicePort(service, ref.requiredInt("port")).port()))
                        : OptionalInt.empty());
    }

    private static RouteRule rule(Fields.Item item, ServiceName route) {
        Fields rule = item.object(Set.of("name", "matches", "filters", "backendRefs", "timeouts"));
        RouteFilters filters = RouteFilters.read(rule);
        List<Backend> backends = rule.list("backendRefs", ref -> backend(ref, route));
        if (filters.redirect().isPresent() && !backends.isEmpty()) {
            throw Fields.bad(
                    rule.path() + ".backendRefs",
                    "go with RequestRedirect, which answers itself",
                    "leave one of them out");
        }
        return in(
                rule.path(),
                () -> new RouteRule(
                        rule.list("matches", RouteReader::match),
                        filters.request(),
                        filters.answer(),
                        filters.redirect()
                                .<RouteTarget>map(RouteTarget.Elsewhere::new)
                                .orElseGet(() -> new RouteTarget.Forward(backends, filters.path())),
                        timeout(rule)));
    }

    private static RouteMatch match(Fields.Item item) {
        Fields match = item.object(Set.of("path", "method", "headers", "queryParams"));
        return in(
                match.path(),
                () -> new RouteMatch(
                        match.has("path") ? path(match.object("path", Set.of("type", "value"))) : PathMatch.ANY,
                        Optional.of(match.text("method", "")).filter(method -> !method.isEmpty()),
                        match.list("headers", header -> exact(header, NameValue::header)),
                        match.list("queryParams", query -> exact(query, NameValue::query))));
    }

    private static PathMatch path(Fields path) {
        String value = path.text("value", "/");
        return switch (path.text("type", "PathPrefix")) {
            case "Exact" -> new PathMatch.Exact(value);
            case "PathPrefix" -> new PathMatch.Prefix(value);
            default -> throw Fields.bad(path.path() + ".type", "is not supported", "write Exact or PathPrefix");
        };
    }

    private interface Pair {
        NameValue of(String name, String value);
    }

    private static NameValue exact(Fields.Item item, Pair pair) {
        Fields fields = item.object(Set.of("type", "name", "value"));
        if (!fields.text("type", "Exact").equals("Exact")) {
            throw Fields.bad(fields.path() + ".type", "is not supported", "write Exact");
        }
        return in(fields.path(), () -> pair.of(fields.requiredText("name"), fields.requiredText("value")));
    }

    private static Backend backend(Fields.Item item, ServiceName route) {
        Fields ref = item.object(Set.of("group", "kind", "namespace", "name", "port", "weight"));
        ServiceName service = service(ref, route, "kind: Service or ServiceImport");
        return in(
                ref.path(),
                () -> Backend.of(new ServicePort(service, ref.requiredInt("port")), ref.wholeNumber("weight", 1)));
    }

    private static ServiceName service(Fields ref, ServiceName route, String usual) {
        String kind = ref.text("kind", "Service");
        String group = ref.text("group", "");
        boolean known =
                (kind.equals("Service") && group.isEmpty()) || (kind.equals("ServiceImport") && group.equals(IMPORTS));
        if (!known) {
            throw Fields.bad(
                    ref.path() + ".kind",
                    kind + " of group '" + group + "' is not supported",
                    "write " + usual + ", or kind: ServiceImport with group: " + IMPORTS);
        }
        return in(
                ref.path(), () -> new ServiceName(ref.text("namespace", route.namespace()), ref.requiredText("name")));
    }

    private static Optional<Duration> timeout(Fields rule) {
        Fields timeouts = rule.object("timeouts", Set.of("request"));
        return timeouts.has("request")
                ? Optional.of(RouteDuration.parse(timeouts.path() + ".request", timeouts.text("request", "")))
                : Optional.empty();
    }

    static <T> T in(String path, Supplier<T> read) {
        try {
            return read.get();
        } catch (TomboloException bad) {
            throw bad.where().startsWith(path) ? bad : bad.in(path);
        }
    }
}
