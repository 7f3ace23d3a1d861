package io.tombolo.model.httproute;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which requests a rule is for: all of its parts must fit. */
public record RouteMatch(PathMatch path, Optional<String> method, List<ValueMatch> headers, List<ValueMatch> query) {
    /** Every request. */
    public static final RouteMatch ANY = new RouteMatch(PathMatch.ANY, Optional.empty(), List.of(), List.of());

    /** Headers, and parameters. */
    public static final int MOST_VALUES = 16;

    /** Gateway API: exact paths first, then longer ones, a method, more headers, more parameters; expressions after exact paths. */
    static final Comparator<RouteMatch> PRECEDENCE = Comparator.<RouteMatch>comparingInt(
                    match -> match.path().rank())
            .thenComparing(match -> -match.path().path().length())
            .thenComparing(match -> match.method().isEmpty())
            .thenComparing(match -> -match.headers().size())
            .thenComparing(match -> -match.query().size());

    public RouteMatch {
        method.ifPresent(name -> RouteSyntax.token("method", name));
        headers = List.copyOf(headers);
        query = List.copyOf(query);
        if (headers.size() > MOST_VALUES || query.size() > MOST_VALUES) {
            throw RouteSyntax.bad("match", "", "look at no more than " + MOST_VALUES + " headers or parameters");
        }
    }

    boolean fits(AskedFor asked) {
        return path.fits(asked.path())
                && method.map(asked.method()::equals).orElse(true)
                && headers.stream()
                        .allMatch(wanted ->
                                asked.header(wanted.name()).map(wanted::fits).orElse(false))
                && query.stream()
                        .allMatch(wanted ->
                                asked.query(wanted.name()).map(wanted::fits).orElse(false));
    }
}
