package io.tombolo.wire.codec;

import io.tombolo.model.httproute.Backend;
import io.tombolo.model.httproute.HeaderChange;
import io.tombolo.model.httproute.HttpRoute;
import io.tombolo.model.httproute.Mirror;
import io.tombolo.model.httproute.NameValue;
import io.tombolo.model.httproute.PathChange;
import io.tombolo.model.httproute.Redirect;
import io.tombolo.model.httproute.RouteRule;
import io.tombolo.model.httproute.RouteTarget;
import io.tombolo.model.name.Hostname;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Routes on the wire. Every value passes the checks of its type again: a proxy believes no controller about syntax. */
final class FeedHttpRoutes {
    private FeedHttpRoutes() {}

    static HttpRoute toModel(io.tombolo.wire.feed.HttpRoute wire) {
        var name = new ServiceName(wire.getNamespace(), wire.getName());
        String where = "route " + name;
        return new HttpRoute(
                kind(where, wire.getKind()),
                name,
                Wire.instant(where, wire.getCreatedAtMs()),
                Wire.list(where, wire.getParentsList(), HttpRoute.MOST_PARENTS, FeedHttpRoutes::parent),
                Wire.list(where, wire.getRulesList(), HttpRoute.MOST_RULES, rule -> rule(where, rule)));
    }

    static io.tombolo.wire.feed.HttpRoute toWire(HttpRoute route) {
        return io.tombolo.wire.feed.HttpRoute.newBuilder()
                .setKind(
                        switch (route.kind()) {
                            case HTTP -> io.tombolo.wire.feed.HttpRoute.Kind.HTTP;
                            case GRPC -> io.tombolo.wire.feed.HttpRoute.Kind.GRPC;
                        })
                .setNamespace(route.name().namespace())
                .setName(route.name().name())
                .setCreatedAtMs(route.createdAt().toEpochMilli())
                .addAllParents(
                        route.parents().stream().map(FeedHttpRoutes::parent).toList())
                .addAllRules(route.rules().stream().map(FeedHttpRoutes::rule).toList())
                .build();
    }

    private static HttpRoute.Kind kind(String where, io.tombolo.wire.feed.HttpRoute.Kind wire) {
        return switch (wire) {
            case HTTP -> HttpRoute.Kind.HTTP;
            case GRPC -> HttpRoute.Kind.GRPC;
            case UNRECOGNIZED -> throw Wire.malformed(where, "it is of an unknown kind");
        };
    }

    private static HttpRoute.Parent parent(io.tombolo.wire.feed.HttpRoute.Parent wire) {
        var service = new ServiceName(wire.getNamespace(), wire.getName());
        int port = wire.getPort();
        return new HttpRoute.Parent(
                service, port == 0 ? OptionalInt.empty() : OptionalInt.of(new ServicePort(service, port).port()));
    }

    private static io.tombolo.wire.feed.HttpRoute.Parent parent(HttpRoute.Parent parent) {
        return io.tombolo.wire.feed.HttpRoute.Parent.newBuilder()
                .setNamespace(parent.service().namespace())
                .setName(parent.service().name())
                .setPort(parent.port().orElse(0))
                .build();
    }

    private static RouteRule rule(String where, io.tombolo.wire.feed.HttpRoute.Rule wire) {
        RouteTarget target = switch (wire.getTargetCase()) {
            case FORWARD -> forward(where, wire.getForward());
            case REDIRECT -> new RouteTarget.Elsewhere(redirect(where, wire.getRedirect()));
            case TARGET_NOT_SET -> throw Wire.malformed(where, "a rule has no target");
        };
        return new RouteRule(
                Wire.list(
                        where,
                        wire.getMatchesList(),
                        RouteRule.MOST_MATCHES,
                        match -> FeedRouteMatches.toModel(where, match)),
                change(where, wire.getRequest()),
                change(where, wire.getAnswer()),
                target,
                FeedRouteLimits.toModel(where, wire));
    }

    private static io.tombolo.wire.feed.HttpRoute.Rule rule(RouteRule rule) {
        var wire = io.tombolo.wire.feed.HttpRoute.Rule.newBuilder()
                .addAllMatches(
                        rule.matches().stream().map(FeedRouteMatches::toWire).toList())
                .setRequest(change(rule.request()))
                .setAnswer(change(rule.answer()));
        FeedRouteLimits.toWire(rule.limits(), wire);
        switch (rule.target()) {
            case RouteTarget.Forward forward -> wire.setForward(forward(forward));
            case RouteTarget.Elsewhere(Redirect redirect) -> wire.setRedirect(redirect(redirect));
        }
        return wire.build();
    }

    private static HeaderChange change(String where, io.tombolo.wire.feed.HttpRoute.HeaderChange wire) {
        return new HeaderChange(
                pairs(where, wire.getSetList()),
                pairs(where, wire.getAddList()),
                Wire.list(where, wire.getRemoveList(), HeaderChange.MOST, Function.identity()));
    }

    private static io.tombolo.wire.feed.HttpRoute.HeaderChange change(HeaderChange change) {
        return io.tombolo.wire.feed.HttpRoute.HeaderChange.newBuilder()
                .addAllSet(pairs(change.set()))
                .addAllAdd(pairs(change.add()))
                .addAllRemove(change.remove())
                .build();
    }

    private static RouteTarget.Forward forward(String where, io.tombolo.wire.feed.HttpRoute.Forward wire) {
        return new RouteTarget.Forward(
                Wire.list(where, wire.getBackendsList(), RouteTarget.Forward.MOST_BACKENDS, b -> backend(where, b)),
                path(wire.getPath()),
                said(wire.getHost()).map(Hostname::new),
                Wire.list(where, wire.getMirrorsList(), RouteTarget.Forward.MOST_MIRRORS, m -> mirror(where, m)));
    }

    private static Mirror mirror(String where, io.tombolo.wire.feed.HttpRoute.Mirror wire) {
        return new Mirror(
                new ServicePort(new ServiceName(wire.getNamespace(), wire.getName()), wire.getPort()),
                Wire.count(where, wire.getNumerator()),
                Wire.count(where, wire.getDenominator()));
    }

    private static io.tombolo.wire.feed.HttpRoute.Mirror mirror(Mirror mirror) {
        ServicePort to = mirror.service().orElseThrow(() -> new IllegalStateException("a mirror that is nowhere"));
        return io.tombolo.wire.feed.HttpRoute.Mirror.newBuilder()
                .setNamespace(to.service().namespace())
                .setName(to.service().name())
                .setPort(to.port())
                .setNumerator(mirror.numerator())
                .setDenominator(mirror.denominator())
                .build();
    }

    private static io.tombolo.wire.feed.HttpRoute.Forward forward(RouteTarget.Forward forward) {
        var wire = io.tombolo.wire.feed.HttpRoute.Forward.newBuilder()
                .addAllBackends(
                        forward.backends().stream().map(FeedHttpRoutes::backend).toList())
                .addAllMirrors(
                        forward.mirrors().stream().map(FeedHttpRoutes::mirror).toList());
        forward.path().ifPresent(change -> wire.setPath(path(change)));
        forward.host().ifPresent(host -> wire.setHost(host.text()));
        return wire.build();
    }

    private static Backend backend(String where, io.tombolo.wire.feed.HttpRoute.Backend wire) {
        Optional<ServicePort> service = wire.getName().isEmpty()
                ? Optional.empty()
                : Optional.of(new ServicePort(new ServiceName(wire.getNamespace(), wire.getName()), wire.getPort()));
        return new Backend(
                service,
                Wire.count(where, wire.getWeight()),
                change(where, wire.getRequest()),
                change(where, wire.getAnswer()));
    }

    private static io.tombolo.wire.feed.HttpRoute.Backend backend(Backend backend) {
        var wire = io.tombolo.wire.feed.HttpRoute.Backend.newBuilder().setWeight(backend.weight());
        if (!backend.request().isNone()) {
            wire.setRequest(change(backend.request()));
        }
        if (!backend.answer().isNone()) {
            wire.setAnswer(change(backend.answer()));
        }
        backend.service()
                .ifPresent(to -> wire.setNamespace(to.service().namespace())
                        .setName(to.service().name())
                        .setPort(to.port()));
        return wire.build();
    }

    private static Redirect redirect(String where, io.tombolo.wire.feed.HttpRoute.Redirect wire) {
        int port = wire.getPort();
        if (port < 0 || port > 65_535) {
            throw Wire.malformed(where, "a redirect's port is none");
        }
        return new Redirect(
                said(wire.getScheme()),
                said(wire.getHostname()).map(Hostname::new),
                path(wire.getPath()),
                port == 0 ? OptionalInt.empty() : OptionalInt.of(port),
                wire.getStatus());
    }

    private static io.tombolo.wire.feed.HttpRoute.Redirect redirect(Redirect redirect) {
        var wire = io.tombolo.wire.feed.HttpRoute.Redirect.newBuilder()
                .setScheme(redirect.scheme().orElse(""))
                .setHostname(redirect.hostname().map(Hostname::text).orElse(""))
                .setPort(redirect.port().orElse(0))
                .setStatus(redirect.status());
        redirect.path().ifPresent(change -> wire.setPath(path(change)));
        return wire.build();
    }

    private static Optional<PathChange> path(io.tombolo.wire.feed.HttpRoute.PathChange wire) {
        return switch (wire.getTypeCase()) {
            case WHOLE -> Optional.of(new PathChange.Whole(wire.getWhole()));
            case PREFIX -> Optional.of(new PathChange.Prefix(wire.getPrefix()));
            case TYPE_NOT_SET -> Optional.empty();
        };
    }

    private static io.tombolo.wire.feed.HttpRoute.PathChange path(PathChange change) {
        var wire = io.tombolo.wire.feed.HttpRoute.PathChange.newBuilder();
        switch (change) {
            case PathChange.Whole(String path) -> wire.setWhole(path);
            case PathChange.Prefix(String path) -> wire.setPrefix(path);
        }
        return wire.build();
    }

    private static List<NameValue> pairs(String where, List<io.tombolo.wire.feed.HttpRoute.NameValue> wire) {
        return Wire.list(where, wire, HeaderChange.MOST, each -> NameValue.changed(each.getName(), each.getValue()));
    }

    private static List<io.tombolo.wire.feed.HttpRoute.NameValue> pairs(List<NameValue> pairs) {
        return pairs.stream()
                .map(pair -> io.tombolo.wire.feed.HttpRoute.NameValue.newBuilder()
                        .setName(pair.name())
                        .setValue(pair.value())
                        .build())
                .toList();
    }

    private static Optional<String> said(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
