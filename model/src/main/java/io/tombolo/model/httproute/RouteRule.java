package io.tombolo.model.httproute;

import java.util.List;
import java.util.Optional;

/**
 * One rule: for requests that fit any of its matches.
 * @param matches at least one
 */
public record RouteRule(
        List<RouteMatch> matches, HeaderChange request, HeaderChange answer, RouteTarget target, RouteLimits limits) {
    /** Of one rule. */
    public static final int MOST_MATCHES = 64;

    public RouteRule {
        matches = matches.isEmpty() ? List.of(RouteMatch.ANY) : List.copyOf(matches);
        if (matches.size() > MOST_MATCHES) {
            throw RouteSyntax.bad("rule", "", "write at most " + MOST_MATCHES + " matches");
        }
        if (changesPrefix(target) && !matches.stream().allMatch(match -> match.path() instanceof PathMatch.Prefix)) {
            throw RouteSyntax.bad(
                    "rule", "ReplacePrefixMatch", "let every match of the rule have a path of type PathPrefix");
        }
    }

    /** The same with another target. */
    public RouteRule to(RouteTarget other) {
        return new RouteRule(matches, request, answer, other, limits);
    }

    private static boolean changesPrefix(RouteTarget target) {
        Optional<PathChange> change = switch (target) {
            case RouteTarget.Forward forward -> forward.path();
            case RouteTarget.Elsewhere elsewhere -> elsewhere.redirect().path();
        };
        return change.filter(PathChange.Prefix.class::isInstance).isPresent();
    }
}
