package io.tombolo.wire.codec;

import io.tombolo.model.authorization.Among;
import io.tombolo.model.authorization.AuthorizationPolicy.Action;
import io.tombolo.model.authorization.AuthorizationPolicy.Mode;
import io.tombolo.model.authorization.AuthorizationRule;
import io.tombolo.model.authorization.CallerMatch;
import io.tombolo.model.authorization.HeaderMatch;
import io.tombolo.model.authorization.IdPattern;
import io.tombolo.model.authorization.PathPattern;
import io.tombolo.model.authorization.RequestMatch;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.wire.feed.AuthorizationPolicy;
import io.tombolo.wire.feed.AuthorizationPolicy.Ports;
import io.tombolo.wire.feed.AuthorizationPolicy.Texts;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Policies on the wire. Nothing unknown is left out of one: it would allow more, or deny less. */
final class FeedAuthorization {
    private FeedAuthorization() {}

    static io.tombolo.model.authorization.AuthorizationPolicy toModel(AuthorizationPolicy wire) {
        var name = new ServiceName(wire.getNamespace(), wire.getName());
        String where = "policy " + name;
        CriticalFields.refuseAnyUnknown(where, wire);
        Action action = switch (wire.getAction()) {
            case ACTION_ALLOW -> Action.ALLOW;
            case ACTION_DENY -> Action.DENY;
            case ACTION_UNSPECIFIED, UNRECOGNIZED -> throw Wire.malformed(where, "its action is not known");
        };
        Mode mode = switch (wire.getMode()) {
            case MODE_ENFORCE -> Mode.ENFORCE;
            case MODE_AUDIT -> Mode.AUDIT;
            case MODE_UNSPECIFIED, UNRECOGNIZED -> throw Wire.malformed(where, "its mode is not known");
        };
        return new io.tombolo.model.authorization.AuthorizationPolicy(
                name,
                Wire.unlessEmpty(wire.getService(), Function.identity()),
                action,
                mode,
                Wire.list(
                        where,
                        wire.getRulesList(),
                        io.tombolo.model.authorization.AuthorizationPolicy.MOST_RULES,
                        rule -> rule(where, rule)));
    }

    static AuthorizationPolicy toWire(io.tombolo.model.authorization.AuthorizationPolicy policy) {
        return AuthorizationPolicy.newBuilder()
                .setNamespace(policy.name().namespace())
                .setName(policy.name().name())
                .setService(policy.target().orElse(""))
                .setAction(
                        switch (policy.action()) {
                            case ALLOW -> AuthorizationPolicy.Action.ACTION_ALLOW;
                            case DENY -> AuthorizationPolicy.Action.ACTION_DENY;
                        })
                .setMode(
                        switch (policy.mode()) {
                            case ENFORCE -> AuthorizationPolicy.Mode.MODE_ENFORCE;
                            case AUDIT -> AuthorizationPolicy.Mode.MODE_AUDIT;
                        })
                .addAllRules(
                        policy.rules().stream().map(FeedAuthorization::rule).toList())
                .build();
    }

    private static AuthorizationRule rule(String where, AuthorizationPolicy.Rule wire) {
        int most = AuthorizationRule.MOST_PARTS;
        return new AuthorizationRule(
                Wire.list(where, wire.getFromList(), most, from -> from(where, from)),
                Wire.list(where, wire.getToList(), most, to -> to(where, to)),
                Wire.list(where, wire.getWhenList(), most, header -> header(where, header)));
    }

    private static AuthorizationPolicy.Rule rule(AuthorizationRule rule) {
        return AuthorizationPolicy.Rule.newBuilder()
                .addAllFrom(rule.from().stream().map(FeedAuthorization::from).toList())
                .addAllTo(rule.to().stream().map(FeedAuthorization::to).toList())
                .addAllWhen(rule.when().stream().map(FeedAuthorization::header).toList())
                .build();
    }

    private static CallerMatch from(String where, AuthorizationPolicy.From wire) {
        return new CallerMatch(
                texts(where, wire.getIds(), IdPattern::parse),
                texts(where, wire.getTrustDomains(), TrustDomain::new),
                texts(where, wire.getNamespaces(), Function.identity()),
                texts(where, wire.getClusters(), ClusterId::new));
    }

    private static AuthorizationPolicy.From from(CallerMatch from) {
        return AuthorizationPolicy.From.newBuilder()
                .setIds(texts(from.ids()))
                .setTrustDomains(texts(from.trustDomains()))
                .setNamespaces(texts(from.namespaces()))
                .setClusters(texts(from.clusters()))
                .build();
    }

    private static RequestMatch to(String where, AuthorizationPolicy.To wire) {
        return new RequestMatch(
                Among.of(
                        Wire.list(where, wire.getPorts().getInList(), Among.MOST, Function.identity()),
                        Wire.list(where, wire.getPorts().getNotList(), Among.MOST, Function.identity())),
                texts(where, wire.getMethods(), Function.identity()),
                texts(where, wire.getPaths(), PathPattern::parse));
    }

    private static AuthorizationPolicy.To to(RequestMatch to) {
        return AuthorizationPolicy.To.newBuilder()
                .setPorts(Ports.newBuilder()
                        .addAllIn(to.ports().in().stream().sorted().toList())
                        .addAllNot(to.ports().not().stream().sorted().toList()))
                .setMethods(texts(to.methods()))
                .setPaths(texts(to.paths()))
                .build();
    }

    private static HeaderMatch header(String where, AuthorizationPolicy.Header wire) {
        return switch (wire.getWantedCase()) {
            case EXACT -> new HeaderMatch.Exact(wire.getName(), wire.getExact());
            case PRESENT -> new HeaderMatch.Present(wire.getName(), wire.getPresent());
            case WANTED_NOT_SET -> throw Wire.malformed(where, "a header has no condition");
        };
    }

    private static AuthorizationPolicy.Header header(HeaderMatch header) {
        var wire = AuthorizationPolicy.Header.newBuilder().setName(header.name());
        return switch (header) {
            case HeaderMatch.Exact(String _, String value) ->
                wire.setExact(value).build();
            case HeaderMatch.Present(String _, boolean wanted) ->
                wire.setPresent(wanted).build();
        };
    }

    private static <T> Among<T> texts(String where, Texts wire, Function<String, T> read) {
        return Among.of(
                Wire.list(where, wire.getInList(), Among.MOST, read),
                Wire.list(where, wire.getNotList(), Among.MOST, read));
    }

    /** Sorted: a set has no order, and the same value gives the same bytes. */
    private static Texts texts(Among<?> among) {
        return Texts.newBuilder()
                .addAllIn(texts(among.in()))
                .addAllNot(texts(among.not()))
                .build();
    }

    private static List<String> texts(Collection<?> values) {
        return values.stream().map(Object::toString).sorted().toList();
    }
}
