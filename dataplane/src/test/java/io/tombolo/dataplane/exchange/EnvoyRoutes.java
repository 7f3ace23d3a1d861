package io.tombolo.dataplane.exchange;

import io.tombolo.model.httproute.Backend;
import io.tombolo.model.httproute.HeaderChange;
import io.tombolo.model.httproute.NameValue;
import io.tombolo.model.httproute.PathChange;
import io.tombolo.model.httproute.PathMatch;
import io.tombolo.model.httproute.Redirect;
import io.tombolo.model.httproute.RouteLimits;
import io.tombolo.model.httproute.RouteMatch;
import io.tombolo.model.httproute.RouteRule;
import io.tombolo.model.httproute.RouteTarget;
import io.tombolo.model.httproute.ValueMatch;
import io.tombolo.model.name.ServicePort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The routes of Envoy that mean what rules of Gateway API do, in the order in which Gateway API wants them tried: Envoy takes the
 * first that fits. Shares no line with the proxy's own order.
 */
final class EnvoyRoutes {
    private static final Map<Integer, String> CODES = Map.of(
            301, "MOVED_PERMANENTLY",
            302, "FOUND",
            303, "SEE_OTHER",
            307, "TEMPORARY_REDIRECT",
            308, "PERMANENT_REDIRECT");
    private static final String FOR_EVER = "0s";

    private EnvoyRoutes() {}

    private record One(RouteRule rule, RouteMatch match) {
        int rank() {
            return match.path() instanceof PathMatch.Exact ? 1 : 0;
        }
    }

    /** Without rules everything goes to the service. */
    static List<Map<String, Object>> of(List<RouteRule> rules) {
        if (rules.isEmpty()) {
            return List.of(Map.of(
                    "match", Map.of("prefix", "/"), "route", Map.of("cluster", "checkout", "timeout", FOR_EVER)));
        }
        return rules.stream()
                .flatMap(rule -> rule.matches().stream().map(match -> new One(rule, match)))
                .sorted(Comparator.<One>comparingInt(one -> one.rank())
                        .thenComparingInt(one -> one.match().path().path().length())
                        .thenComparingInt(one -> one.match().method().isPresent() ? 1 : 0)
                        .thenComparingInt(one -> one.match().headers().size())
                        .thenComparingInt(one -> one.match().query().size())
                        .reversed())
                .map(EnvoyRoutes::route)
                .toList();
    }

    private static Map<String, Object> route(One one) {
        var route = new LinkedHashMap<String, Object>();
        route.put("match", match(one.match()));
        change(route, "request", one.rule().request());
        change(route, "response", one.rule().answer());
        switch (one.rule().target()) {
            case RouteTarget.Elsewhere(Redirect redirect) -> route.put("redirect", redirect(redirect, one.match()));
            case RouteTarget.Forward forward -> {
                if (forward.backends().stream().allMatch(backend -> backend.weight() == 0)
                        || forward.backends().stream()
                                .anyMatch(backend -> backend.service().isEmpty())) {
                    route.put("direct_response", Map.of("status", 500));
                } else {
                    route.put("route", action(forward, one));
                }
            }
        }
        return route;
    }

    private static Map<String, Object> match(RouteMatch match) {
        var result = new LinkedHashMap<String, Object>();
        switch (match.path()) {
            case PathMatch.Exact exact -> result.put("path", exact.path());
            case PathMatch.Prefix prefix when prefix.path().equals("/") -> result.put("prefix", "/");
            case PathMatch.Prefix prefix ->
                result.put("path_separated_prefix", PathMatch.withoutFinalSlash(prefix.path()));
            case PathMatch.Like like -> result.put("safe_regex", Map.of("regex", like.path()));
            case PathMatch.Method method -> throw new IllegalArgumentException("not in tables: " + method);
        }
        var headers = new ArrayList<Object>();
        match.method().ifPresent(name -> headers.add(exactly(":method", name)));
        match.headers().forEach(header -> headers.add(wanted(header)));
        if (!headers.isEmpty()) {
            result.put("headers", headers);
        }
        if (!match.query().isEmpty()) {
            result.put(
                    "query_parameters",
                    match.query().stream().map(EnvoyRoutes::wanted).toList());
        }
        return result;
    }

    private static Map<String, Object> wanted(ValueMatch match) {
        return switch (match) {
            case NameValue exact -> exactly(exact.name(), exact.value());
            case ValueMatch.Like like ->
                Map.of(
                        "name",
                        like.name(),
                        "string_match",
                        Map.of("safe_regex", Map.of("regex", like.value().source())));
        };
    }

    private static Map<String, Object> exactly(String name, String value) {
        return Map.of("name", name, "string_match", Map.of("exact", value));
    }

    private static void change(Map<String, Object> route, String side, HeaderChange change) {
        List<Map<String, Object>> changes = Stream.concat(
                        change.set().stream().map(one -> header(one, "OVERWRITE_IF_EXISTS_OR_ADD")),
                        change.add().stream().map(one -> header(one, "APPEND_IF_EXISTS_OR_ADD")))
                .toList();
        if (!changes.isEmpty()) {
            route.put(side + "_headers_to_add", changes);
        }
        if (!change.remove().isEmpty()) {
            route.put(side + "_headers_to_remove", change.remove());
        }
    }

    private static Map<String, Object> header(NameValue header, String how) {
        return Map.of(
                "header",
                Map.of("key", header.name(), "value", header.value()),
                "append_action",
                how,
                "keep_empty_value",
                true);
    }

    private static Map<String, Object> action(RouteTarget.Forward forward, One one) {
        var action = new LinkedHashMap<String, Object>();
        List<Backend> some = forward.backends().stream()
                .filter(backend -> backend.weight() > 0)
                .toList();
        if (some.size() == 1) {
            action.put("cluster", name(some.getFirst().service()));
        } else {
            action.put(
                    "weighted_clusters",
                    Map.of(
                            "clusters",
                            some.stream()
                                    .map(backend -> Map.of("name", name(backend.service()), "weight", backend.weight()))
                                    .toList()));
        }
        if (some.stream().anyMatch(backend -> name(backend.service()).equals("canary"))) {
            action.put("host_rewrite_literal", Mesh.CANARY.clustersetName()); // ADR-0056
            action.put("append_x_forwarded_host", true);
        }
        forward.path().ifPresent(change -> rewrite(action, change, one.match().path()));
        if (!forward.mirrors().isEmpty()) {
            action.put(
                    "request_mirror_policies",
                    forward.mirrors().stream()
                            .map(mirror -> Map.of(
                                    "cluster", name(mirror.service()), "disable_shadow_host_suffix_append", true))
                            .toList());
        }
        limits(action, one.rule().limits());
        return action;
    }

    private static String name(Optional<ServicePort> service) {
        return service.orElseThrow().service().name();
    }

    private static void limits(Map<String, Object> action, RouteLimits limits) {
        action.put("timeout", limits.answerWithin().map(EnvoyRoutes::seconds).orElse(FOR_EVER));
        limits.retry().ifPresent(retry -> {
            var policy = new LinkedHashMap<String, Object>();
            policy.put("retry_on", "retriable-status-codes");
            policy.put("retriable_status_codes", List.copyOf(retry.statuses()));
            policy.put("num_retries", retry.attempts());
            limits.attemptWithin().ifPresent(limit -> policy.put("per_try_timeout", seconds(limit)));
            action.put("retry_policy", policy);
        });
    }

    private static String seconds(Duration limit) {
        return limit.toMillis() / 1_000.0 + "s";
    }

    /** Nothing in the prefix's place, or a slash, needs care that no slash is lost or doubled. */
    private static void rewrite(Map<String, Object> action, PathChange change, PathMatch match) {
        String path = switch (change) {
            case PathChange.Whole whole -> whole.path();
            case PathChange.Prefix prefix -> PathMatch.withoutFinalSlash(prefix.path());
        };
        String bare = PathMatch.withoutFinalSlash(match.path());
        if (change instanceof PathChange.Whole) {
            action.put("regex_rewrite", regex("^[^?]*", path));
        } else if (path.isEmpty()) {
            action.put("regex_rewrite", regex("^" + bare + "/?", "/"));
        } else if (bare.isEmpty()) {
            action.put("prefix_rewrite", path + "/");
        } else {
            action.put("prefix_rewrite", path);
        }
    }

    private static Map<String, Object> regex(String pattern, String by) {
        return Map.of("pattern", Map.of("regex", pattern), "substitution", by);
    }

    private static Map<String, Object> redirect(Redirect redirect, RouteMatch match) {
        var result = new LinkedHashMap<String, Object>();
        redirect.scheme().ifPresent(scheme -> result.put("scheme_redirect", scheme));
        redirect.hostname().ifPresent(host -> result.put("host_redirect", host.text()));
        int usual = redirect.scheme().filter("https"::equals).isPresent() ? 443 : 80;
        redirect.port().stream().filter(port -> port != usual).forEach(port -> result.put("port_redirect", port));
        redirect.path().ifPresent(change -> {
            switch (change) {
                case PathChange.Whole whole -> result.put("path_redirect", whole.path());
                case PathChange.Prefix prefix -> rewrite(result, prefix, match.path());
            }
        });
        result.put("response_code", CODES.get(redirect.status()));
        return result;
    }
}
