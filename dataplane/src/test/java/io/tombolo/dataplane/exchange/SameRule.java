package io.tombolo.dataplane.exchange;

import io.tombolo.model.httproute.Backend;
import io.tombolo.model.httproute.Expression;
import io.tombolo.model.httproute.HeaderChange;
import io.tombolo.model.httproute.Mirror;
import io.tombolo.model.httproute.NameValue;
import io.tombolo.model.httproute.PathChange;
import io.tombolo.model.httproute.PathMatch;
import io.tombolo.model.httproute.Redirect;
import io.tombolo.model.httproute.RouteLimits;
import io.tombolo.model.httproute.RouteMatch;
import io.tombolo.model.httproute.RouteRetry;
import io.tombolo.model.httproute.RouteRule;
import io.tombolo.model.httproute.RouteTarget;
import io.tombolo.model.httproute.ValueMatch;
import io.tombolo.model.name.Hostname;
import io.tombolo.model.name.ServicePort;
import io.tombolo.wire.expression.LinearExpression;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A route's rule as a table spells it: words {@code key=value}; {@code or} between two matches. */
final class SameRule {
    private final List<String> words;

    private SameRule(List<String> words) {
        this.words = words;
    }

    static RouteRule parse(String line) {
        var matches = new ArrayList<RouteMatch>();
        for (String one : line.split(" or ", -1)) {
            matches.add(new SameRule(List.of(one.split(" "))).match());
        }
        var all = new SameRule(List.of(line.split(" ")));
        return new RouteRule(matches, all.change(""), all.change("answer-"), all.target(), all.limits());
    }

    private Stream<String> all(String key) {
        return words.stream()
                .filter(word -> word.startsWith(key + "="))
                .map(word -> word.substring(key.length() + 1).replace('_', ' '));
    }

    private Optional<String> one(String key) {
        return all(key).findFirst();
    }

    private <T> List<T> pairs(String key, BiFunction<String, String, ? extends T> made) {
        return all(key).<T>map(pair -> {
                    int colon = pair.indexOf(':');
                    return made.apply(pair.substring(0, colon), pair.substring(colon + 1));
                })
                .toList();
    }

    private RouteMatch match() {
        PathMatch path = one("exact")
                .<PathMatch>map(PathMatch.Exact::new)
                .or(() -> one("like").map(LinearExpression::of).map(PathMatch.Like::new))
                .orElseGet(() -> new PathMatch.Prefix(one("prefix").orElse("/")));
        return new RouteMatch(
                path,
                one("method"),
                values("header", NameValue::header, ValueMatch.Like::header),
                values("query", NameValue::query, ValueMatch.Like::query));
    }

    private List<ValueMatch> values(
            String key, BiFunction<String, String, ValueMatch> exact, BiFunction<String, Expression, ValueMatch> like) {
        Stream<ValueMatch> likes =
                this.<ValueMatch>pairs(key + "like", (name, source) -> like.apply(name, LinearExpression.of(source)))
                        .stream();
        return Stream.concat(this.<ValueMatch>pairs(key, exact).stream(), likes).toList();
    }

    private HeaderChange change(String side) {
        return new HeaderChange(
                pairs(side + "set", NameValue::changed),
                pairs(side + "add", NameValue::changed),
                all(side + "remove").toList());
    }

    private Optional<PathChange> path() {
        return one("whole")
                .<PathChange>map(PathChange.Whole::new)
                .or(() -> one("swap").map(PathChange.Prefix::new));
    }

    private RouteTarget target() {
        if (one("status").isPresent()) {
            OptionalInt port = all("port").mapToInt(Integer::parseInt).findFirst();
            return new RouteTarget.Elsewhere(new Redirect(
                    one("scheme"),
                    one("host").map(Hostname::new),
                    path(),
                    port,
                    Integer.parseInt(one("status").get())));
        }
        List<Backend> backends = all("to").map(SameRule::backend).toList();
        List<Mirror> mirrors =
                all("mirror").map(name -> new Mirror(port(name), 1, 1)).toList();
        return new RouteTarget.Forward(
                backends.isEmpty() && one("to").isEmpty() ? List.of(Backend.of(Mesh.http(), 1)) : backends,
                path(),
                Optional.empty(),
                mirrors);
    }

    private static Backend backend(String said) {
        String[] parts = said.split("[*]", -1);
        int weight = parts.length == 1 ? 1 : Integer.parseInt(parts[1]);
        return new Backend(parts[0].equals("nobody") ? Optional.empty() : Optional.of(port(parts[0])), weight);
    }

    private static ServicePort port(String name) {
        return name.equals("canary") ? Mesh.canaryPort() : Mesh.http();
    }

    private RouteLimits limits() {
        Optional<RouteRetry> retry = one("retry")
                .map(said -> new RouteRetry(
                        Integer.parseInt(said.substring(0, said.indexOf(':'))), statuses(said), Duration.ofMillis(5)));
        return new RouteLimits(
                one("timeout").map(Duration::parse), one("attempt").map(Duration::parse), retry);
    }

    private static Set<Integer> statuses(String said) {
        return Stream.of(said.substring(said.indexOf(':') + 1).split(","))
                .map(Integer::valueOf)
                .collect(Collectors.toSet());
    }
}
