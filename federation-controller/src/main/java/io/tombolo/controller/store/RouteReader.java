package io.tombolo.controller.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.httproute.Backend;
import io.tombolo.model.httproute.Expression;
import io.tombolo.model.httproute.HttpRoute;
import io.tombolo.model.httproute.NameValue;
import io.tombolo.model.httproute.PathMatch;
import io.tombolo.model.httproute.RouteLimits;
import io.tombolo.model.httproute.RouteMatch;
import io.tombolo.model.httproute.RouteRule;
import io.tombolo.model.httproute.RouteTarget;
import io.tombolo.model.httproute.ValueMatch;
import io.tombolo.wire.expression.LinearExpression;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads the spec of an {@code HTTPRoute} or {@code GRPCRoute}: Gateway API's fields as far as they are supported; others are
 * refused by name.
 */
final class RouteReader {
    private final RouteReferences references;

    RouteReader(RouteReferences references) {
        this.references = references;
    }

    Spec.Route http(String path, JsonNode node) {
        return route(path, node, HttpRoute.Kind.HTTP, this::httpRule);
    }

    Spec.Route grpc(String path, JsonNode node) {
        return route(path, node, HttpRoute.Kind.GRPC, this::grpcRule);
    }

    private Spec.Route route(String path, JsonNode node, HttpRoute.Kind kind, Function<Fields.Item, RouteRule> reader) {
        Fields spec = Fields.of(path, node, Set.of("parentRefs", "rules"));
        List<HttpRoute.Parent> parents = spec.list("parentRefs", references::parent);
        if (parents.isEmpty() || parents.size() > HttpRoute.MOST_PARENTS) {
            throw Fields.bad(
                    path + ".parentRefs",
                    "names no service, or more than " + HttpRoute.MOST_PARENTS,
                    "write kind: Service and its name");
        }
        List<RouteRule> rules = spec.list("rules", reader);
        if (rules.isEmpty() || rules.size() > HttpRoute.MOST_RULES) {
            throw Fields.bad(
                    path + ".rules", "are none, or more than " + HttpRoute.MOST_RULES, "write what is to happen");
        }
        return new Spec.Route(kind, parents, rules);
    }

    private RouteRule httpRule(Fields.Item item) {
        Fields rule = item.object(Set.of("name", "matches", "filters", "backendRefs", "timeouts", "retry"));
        RouteFilters filters = RouteFilters.read(rule, references::target);
        List<Backend> backends = rule.list("backendRefs", this::backend);
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
                                .orElseGet(() -> new RouteTarget.Forward(
                                        backends, filters.path(), filters.host(), filters.mirrors())),
                        RouteLimitsReader.read(rule)));
    }

    private RouteRule grpcRule(Fields.Item item) {
        Fields rule = item.object(Set.of("name", "matches", "filters", "backendRefs"));
        RouteFilters filters = RouteFilters.ofCalls(rule, references::target);
        return in(
                rule.path(),
                () -> new RouteRule(
                        rule.list("matches", RouteReader::call),
                        filters.request(),
                        filters.answer(),
                        new RouteTarget.Forward(
                                rule.list("backendRefs", this::backend),
                                Optional.empty(),
                                Optional.empty(),
                                filters.mirrors()),
                        RouteLimits.NONE));
    }

    /** A call of gRPC is a request for {@code /service/method}. */
    private static RouteMatch call(Fields.Item item) {
        Fields match = item.object(Set.of("method", "headers"));
        return in(
                match.path(),
                () -> new RouteMatch(
                        match.has("method")
                                ? call(match.object("method", Set.of("type", "service", "method")))
                                : PathMatch.ANY,
                        Optional.empty(),
                        match.list("headers", header -> value(header, NameValue::header, ValueMatch.Like::header)),
                        List.of()));
    }

    private static PathMatch call(Fields method) {
        String service = method.text("service", "");
        String name = method.text("method", "");
        if ((service + name).isEmpty() || (service + name).contains("/")) {
            throw Fields.bad(
                    method.path(),
                    "names neither service nor method, or there is a slash in it",
                    "write the service's whole name, as package.Service, the method's bare one, or both");
        }
        if (isExpression(method)) {
            return new PathMatch.Like(LinearExpression.of("/" + part(service) + "/" + part(name)));
        }
        if (service.isEmpty()) {
            return new PathMatch.Method("/" + name);
        }
        return name.isEmpty() ? new PathMatch.Prefix("/" + service) : new PathMatch.Exact("/" + service + "/" + name);
    }

    /** Each by itself is a whole expression, so that neither reaches into the other. */
    private static String part(String expression) {
        return expression.isEmpty()
                ? "[^/]+"
                : "(?:" + LinearExpression.of(expression).source() + ")";
    }

    private static boolean isExpression(Fields match) {
        return switch (match.text("type", "Exact")) {
            case "Exact" -> false;
            case "RegularExpression" -> true;
            default -> throw Fields.bad(match.path() + ".type", "is not supported", "write Exact or RegularExpression");
        };
    }

    private static RouteMatch match(Fields.Item item) {
        Fields match = item.object(Set.of("path", "method", "headers", "queryParams"));
        return in(
                match.path(),
                () -> new RouteMatch(
                        match.has("path") ? path(match.object("path", Set.of("type", "value"))) : PathMatch.ANY,
                        Optional.of(match.text("method", "")).filter(method -> !method.isEmpty()),
                        match.list("headers", header -> value(header, NameValue::header, ValueMatch.Like::header)),
                        match.list("queryParams", query -> value(query, NameValue::query, ValueMatch.Like::query))));
    }

    private static PathMatch path(Fields path) {
        String value = path.text("value", "/");
        return switch (path.text("type", "PathPrefix")) {
            case "Exact" -> new PathMatch.Exact(value);
            case "PathPrefix" -> new PathMatch.Prefix(value);
            case "RegularExpression" -> new PathMatch.Like(LinearExpression.of(value));
            default ->
                throw Fields.bad(
                        path.path() + ".type", "is not supported", "write Exact, PathPrefix or RegularExpression");
        };
    }

    private static ValueMatch value(
            Fields.Item item,
            BiFunction<String, String, ValueMatch> exact,
            BiFunction<String, Expression, ValueMatch> like) {
        Fields fields = item.object(Set.of("type", "name", "value"));
        boolean isExpression = isExpression(fields);
        String name = fields.requiredText("name");
        String value = fields.requiredText("value");
        return in(
                fields.path(),
                () -> isExpression ? like.apply(name, LinearExpression.of(value)) : exact.apply(name, value));
    }

    private Backend backend(Fields.Item item) {
        Fields ref = item.object(Set.of("group", "kind", "namespace", "name", "port", "weight", "filters"));
        RouteFilters filters = RouteFilters.ofBackend(ref, references::target);
        return in(
                ref.path(),
                () -> new Backend(
                        references.target(ref), ref.wholeNumber("weight", 1), filters.request(), filters.answer()));
    }

    static <T> T in(String path, Supplier<T> read) {
        try {
            return read.get();
        } catch (TomboloException bad) {
            throw bad.where().startsWith(path) ? bad : bad.in(path);
        }
    }
}
