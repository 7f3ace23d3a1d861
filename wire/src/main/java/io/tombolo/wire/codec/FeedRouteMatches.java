package io.tombolo.wire.codec;

import io.tombolo.model.httproute.Expression;
import io.tombolo.model.httproute.NameValue;
import io.tombolo.model.httproute.PathMatch;
import io.tombolo.model.httproute.RouteMatch;
import io.tombolo.model.httproute.ValueMatch;
import io.tombolo.wire.expression.LinearExpression;
import io.tombolo.wire.feed.HttpRoute;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** What rules of routes are for, on the wire. */
final class FeedRouteMatches {
    private FeedRouteMatches() {}

    static RouteMatch toModel(String where, HttpRoute.Match wire) {
        return new RouteMatch(
                path(where, wire.getPath()),
                Optional.of(wire.getMethod()).filter(method -> !method.isEmpty()),
                values(where, wire.getHeadersList(), NameValue::header, ValueMatch.Like::header),
                values(where, wire.getQueryList(), NameValue::query, ValueMatch.Like::query));
    }

    static HttpRoute.Match toWire(RouteMatch match) {
        return HttpRoute.Match.newBuilder()
                .setPath(path(match.path()))
                .setMethod(match.method().orElse(""))
                .addAllHeaders(
                        match.headers().stream().map(FeedRouteMatches::value).toList())
                .addAllQuery(match.query().stream().map(FeedRouteMatches::value).toList())
                .build();
    }

    private static PathMatch path(String where, HttpRoute.PathMatch wire) {
        return switch (wire.getTypeCase()) {
            case EXACT -> new PathMatch.Exact(wire.getExact());
            case PREFIX -> new PathMatch.Prefix(wire.getPrefix());
            case METHOD -> new PathMatch.Method(wire.getMethod());
            case EXPRESSION -> new PathMatch.Like(LinearExpression.of(wire.getExpression()));
            case TYPE_NOT_SET -> throw Wire.malformed(where, "a match has no path");
        };
    }

    private static HttpRoute.PathMatch path(PathMatch path) {
        var wire = HttpRoute.PathMatch.newBuilder();
        return switch (path) {
            case PathMatch.Exact(String exact) -> wire.setExact(exact).build();
            case PathMatch.Prefix(String prefix) -> wire.setPrefix(prefix).build();
            case PathMatch.Method(String method) -> wire.setMethod(method).build();
            case PathMatch.Like(Expression like) ->
                wire.setExpression(like.source()).build();
        };
    }

    private static List<ValueMatch> values(
            String where,
            List<HttpRoute.ValueMatch> wire,
            BiFunction<String, String, ValueMatch> exact,
            BiFunction<String, Expression, ValueMatch> like) {
        return Wire.list(where, wire, RouteMatch.MOST_VALUES, each -> switch (each.getValueCase()) {
            case EXACT -> exact.apply(each.getName(), each.getExact());
            case EXPRESSION -> like.apply(each.getName(), LinearExpression.of(each.getExpression()));
            case VALUE_NOT_SET -> throw Wire.malformed(where, "a match has no value");
        });
    }

    private static HttpRoute.ValueMatch value(ValueMatch match) {
        var wire = HttpRoute.ValueMatch.newBuilder().setName(match.name());
        return switch (match) {
            case NameValue exact -> wire.setExact(exact.value()).build();
            case ValueMatch.Like like ->
                wire.setExpression(like.value().source()).build();
        };
    }
}
