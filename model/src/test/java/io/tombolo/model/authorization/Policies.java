package io.tombolo.model.authorization;

import io.tombolo.model.authorization.AuthorizationPolicy.Action;
import io.tombolo.model.authorization.AuthorizationPolicy.Mode;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.name.SpiffeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Policies and questions for tests, short to write; and generated ones over few values, so that they often meet. */
final class Policies {
    static final ServiceName CHECKOUT = new ServiceName("shop", "checkout");
    static final ServicePort HTTP = new ServicePort(CHECKOUT, 80);
    static final SpiffeId WEB = SpiffeId.require("spiffe://east.test/ns/shop/sa/web");
    static final SpiffeId BATCH = SpiffeId.require("spiffe://east.test/ns/office/sa/batch");
    static final SpiffeId WEST_WEB = SpiffeId.require("spiffe://west.test/ns/shop/sa/web");
    static final Map<SpiffeId, ClusterId> CLUSTERS =
            Map.of(WEB, new ClusterId("east"), BATCH, new ClusterId("east"), WEST_WEB, new ClusterId("west"));
    private static final List<String> PATHS =
            List.of("/", "/admin", "/admin/", "/admin/x", "/public", "/public/../admin", "/%61dmin", "*");

    private Policies() {}

    static AuthorizationPolicy policy(String name, Action action, AuthorizationRule... rules) {
        return policy(name, Optional.of("checkout"), action, Mode.ENFORCE, rules);
    }

    static AuthorizationPolicy policy(
            String name, Optional<String> target, Action action, Mode mode, AuthorizationRule... rules) {
        String[] parts = name.split("/", -1);
        return new AuthorizationPolicy(new ServiceName(parts[0], parts[1]), target, action, mode, List.of(rules));
    }

    static AuthorizationRule anything() {
        return new AuthorizationRule(List.of(), List.of(), List.of());
    }

    static AuthorizationRule from(String... ids) {
        return new AuthorizationRule(List.of(callers(List.of(ids), List.of())), List.of(), List.of());
    }

    static CallerMatch callers(List<String> ids, List<String> not) {
        return new CallerMatch(
                Among.of(
                        ids.stream().map(IdPattern::parse).toList(),
                        not.stream().map(IdPattern::parse).toList()),
                Among.any(),
                Among.any(),
                Among.any());
    }

    static AuthorizationRule fromCluster(String cluster) {
        return new AuthorizationRule(
                List.of(new CallerMatch(
                        Among.any(), Among.any(), Among.any(), Among.of(List.of(new ClusterId(cluster)), List.of()))),
                List.of(),
                List.of());
    }

    static AuthorizationRule to(RequestMatch... parts) {
        return new AuthorizationRule(List.of(), List.of(parts), List.of());
    }

    static AuthorizationRule when(HeaderMatch... headers) {
        return new AuthorizationRule(List.of(), List.of(), List.of(headers));
    }

    static RequestMatch ports(Integer... ports) {
        return new RequestMatch(Among.of(List.of(ports), List.of()), Among.any(), Among.any());
    }

    static RequestMatch methods(String... methods) {
        return new RequestMatch(Among.any(), Among.of(List.of(methods), List.of()), Among.any());
    }

    static RequestMatch paths(String... paths) {
        return new RequestMatch(
                Among.any(),
                Among.any(),
                Among.of(List.of(paths).stream().map(PathPattern::parse).toList(), List.of()));
    }

    static RequestMatch notPaths(String... paths) {
        return new RequestMatch(
                Among.any(),
                Among.any(),
                Among.of(
                        List.of(),
                        List.of(paths).stream().map(PathPattern::parse).toList()));
    }

    record Asked(String method, String target, Map<String, List<String>> said) implements AskedHttp {
        @Override
        public List<String> headers(String lowerCaseName) {
            return said.getOrDefault(lowerCaseName, List.of());
        }
    }

    static Question get(SpiffeId caller, String target) {
        return ask(caller, new Asked("GET", target, Map.of()));
    }

    static Question tcp(SpiffeId caller) {
        return ask(caller, null);
    }

    static Question ask(SpiffeId caller, @Nullable AskedHttp http) {
        ClusterId cluster = CLUSTERS.get(caller);
        if (cluster == null) {
            throw new IllegalArgumentException("no cluster for " + caller);
        }
        return new Question(caller, cluster, http);
    }

    // ---- generated

    static List<AuthorizationPolicy> some(Random random) {
        var policies = new ArrayList<AuthorizationPolicy>();
        for (int i = random.nextInt(6); i > 0; i--) {
            policies.add(one(random, "p" + i));
        }
        return policies;
    }

    static AuthorizationPolicy one(Random random, String name) {
        String namespace = pick(random, List.of("shop", "shop", "tombolo-system"));
        Optional<String> target =
                namespace.equals("shop") && random.nextBoolean() ? Optional.of("checkout") : Optional.empty();
        var rules = new ArrayList<AuthorizationRule>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            rules.add(rule(random));
        }
        return new AuthorizationPolicy(
                new ServiceName(namespace, name),
                target,
                pick(random, List.of(Action.values())),
                pick(random, List.of(Mode.ENFORCE, Mode.ENFORCE, Mode.AUDIT)),
                rules);
    }

    private static AuthorizationRule rule(Random random) {
        List<CallerMatch> from = random.nextBoolean()
                ? List.of()
                : List.of(callers(
                        List.of(pick(
                                random,
                                List.of(WEB.toString(), "spiffe://east.test/ns/shop/*", "spiffe://west.test/*"))),
                        random.nextInt(3) == 0 ? List.of(WEB.toString()) : List.of()));
        List<RequestMatch> to = random.nextBoolean()
                ? List.of()
                : List.of(pick(
                        random,
                        List.of(
                                paths("/admin/*"),
                                notPaths("/admin/*"),
                                paths("/public"),
                                methods("GET"),
                                ports(80),
                                ports(81))));
        List<HeaderMatch> when = random.nextInt(3) > 0
                ? List.of()
                : List.of(pick(
                        random,
                        List.of(
                                new HeaderMatch.Exact("x-a", "1"),
                                new HeaderMatch.Present("x-a", true),
                                new HeaderMatch.Present("x-a", false))));
        return new AuthorizationRule(from, to, when);
    }

    static Asked request(Random random) {
        return new Asked(
                pick(random, List.of("GET", "get", "POST")),
                pick(random, PATHS),
                pick(random, List.of(Map.of(), Map.of("x-a", List.of("1")), Map.of("x-a", List.of("2", "1")))));
    }

    static SpiffeId caller(Random random) {
        return pick(random, List.of(WEB, BATCH, WEST_WEB));
    }

    private static <T> T pick(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
