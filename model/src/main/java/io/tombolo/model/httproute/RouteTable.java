package io.tombolo.model.httproute;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The rules that calls of one port of one service go by, the most specific match first. */
public final class RouteTable {
    private static final Comparator<Row> ORDER = Comparator.comparing(Row::match, RouteMatch.PRECEDENCE)
            .thenComparing(row -> row.route().createdAt())
            .thenComparing(row -> row.route().name())
            .thenComparing(row -> row.route().kind())
            .thenComparing(Row::number);

    private final List<Row> rows;

    private record Row(HttpRoute route, int number, RouteRule rule, RouteMatch match) {}

    /**
     * What a request met.
     * @param match of the rule's matches the one that fits
     */
    public record Met(HttpRoute route, RouteRule rule, RouteMatch match) {}

    private RouteTable(List<Row> rows) {
        this.rows = rows;
    }

    /** @param attached all routes that are for that port, in any order */
    public static RouteTable of(Collection<HttpRoute> attached) {
        var rows = new ArrayList<Row>();
        for (HttpRoute route : attached) {
            for (int number = 0; number < route.rules().size(); number++) {
                RouteRule rule = route.rules().get(number);
                for (RouteMatch match : rule.matches()) {
                    rows.add(new Row(route, number, rule, match));
                }
            }
        }
        rows.sort(ORDER);
        return new RouteTable(List.copyOf(rows));
    }

    /** The rule for a request; empty = none fits, and the request goes nowhere. */
    public Optional<Met> meet(AskedFor asked) {
        for (Row row : rows) {
            if (row.match().fits(asked)) {
                return Optional.of(new Met(row.route(), row.rule(), row.match()));
            }
        }
        return Optional.empty();
    }
}
