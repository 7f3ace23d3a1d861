package io.tombolo.model.httproute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.model.name.ServiceName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rule a request meets: Gateway API's precedence. */
class RouteTableTest {
    private static final HttpRoute.Parent PARENT =
            new HttpRoute.Parent(new ServiceName("shop", "checkout"), OptionalInt.empty());

    /** A request of texts. */
    record Asked(String method, String path, Map<String, String> headers, Map<String, String> parameters)
            implements AskedFor {
        static Asked get(String path) {
            return new Asked("GET", path, Map.of(), Map.of());
        }

        @Override
        public Optional<String> query(String name) {
            return Optional.ofNullable(parameters.get(name));
        }

        @Override
        public Optional<String> header(String lowerCaseName) {
            return Optional.ofNullable(headers.get(lowerCaseName));
        }
    }

    @ParameterizedTest(name = "prefix {0} for {1}: {2}")
    @CsvSource({
        "/, /, true",
        "/, /a/b, true",
        "/abc, /abc, true",
        "/abc, /abc/, true",
        "/abc, /abc/def, true",
        "/abc, /abcd, false",
        "/abc/, /abc, true",
        "/abc/, /abc/def, true",
        "/abc, /ab, false",
        "/abc, /ABC, false",
        "/, *, false"
    })
    void prefixesGoByWholeParts(String prefix, String path, boolean fits) {
        assertThat(new PathMatch.Prefix(prefix).fits(path)).isEqualTo(fits);
    }

    @Test
    void theMoreSpecificMatchCountsWhereverItStands() {
        var matches = new ArrayList<>(List.of(
                match("/", "", 0, 0),
                match("/a", "", 0, 0),
                match("/a", "", 0, 1),
                match("/a", "", 1, 0),
                match("/a", "GET", 0, 0),
                match("/a/b", "", 0, 0),
                new RouteMatch(new PathMatch.Exact("/a/b"), Optional.empty(), List.of(), List.of())));
        List<RouteMatch> bySpecificity = List.copyOf(matches.reversed());
        var asked = new Asked("GET", "/a/b", Map.of("h0", "1"), Map.of("q0", "1"));
        // When the more specific ones are taken away one after the other
        for (RouteMatch expected : bySpecificity) {
            Collections.shuffle(matches, new Random(7));
            // Then
            assertThat(RouteTable.of(List.of(route("r", 0, rules(matches))))
                            .meet(asked)
                            .orElseThrow()
                            .match())
                    .isEqualTo(expected);
            matches.remove(expected);
        }
    }

    @Test
    void ofEqualOnesTheOlderRoutesThenTheFirstNameThenTheFirstRuleCounts() {
        RouteMatch same = match("/", "", 0, 0);
        HttpRoute old = route("z", 1, rules(List.of(same)));
        HttpRoute young = route("a", 2, rules(List.of(same)));
        HttpRoute alsoYoung = route("b", 2, rules(List.of(same, same)));
        assertThat(met(young, old)).isEqualTo(old);
        assertThat(met(alsoYoung, young)).isEqualTo(young);
        assertThat(RouteTable.of(List.of(alsoYoung))
                        .meet(Asked.get("/"))
                        .orElseThrow()
                        .rule())
                .isSameAs(alsoYoung.rules().getFirst());
    }

    @Test
    void whatNoMatchIsForMeetsNothing() {
        RouteTable table = RouteTable.of(List.of(route("r", 0, rules(List.of(match("/a", "POST", 1, 1))))));
        Map<String, String> headers = Map.of("h0", "1");
        Map<String, String> parameters = Map.of("q0", "1");
        assertThat(table.meet(new Asked("POST", "/a", headers, parameters))).isPresent();
        assertThat(table.meet(new Asked("GET", "/a", headers, parameters))).isEmpty();
        assertThat(table.meet(new Asked("POST", "/b", headers, parameters))).isEmpty();
        assertThat(table.meet(new Asked("POST", "/a", Map.of("h0", "2"), parameters)))
                .isEmpty();
        assertThat(table.meet(new Asked("POST", "/a", headers, Map.of()))).isEmpty();
    }

    /** Against a model that compares every match with every other one. */
    @Test
    void theRuleThatIsMetBeatsEveryOtherThatFits() {
        RandomGenerator random = new Random(20_261_126);
        for (int round = 0; round < 2_000; round++) {
            var matches = new ArrayList<RouteMatch>();
            for (int i = 0; i < 1 + random.nextInt(6); i++) {
                matches.add(anyMatch(random));
            }
            var asked = new Asked(
                    random.nextBoolean() ? "GET" : "POST",
                    anyPath(random),
                    random.nextBoolean() ? Map.of("h0", "1") : Map.of("h0", "1", "h1", "1"),
                    random.nextBoolean() ? Map.of() : Map.of("q0", "1"));
            Optional<RouteMatch> met = RouteTable.of(List.of(route("r", 0, rules(matches))))
                    .meet(asked)
                    .map(RouteTable.Met::match);
            List<RouteMatch> fitting =
                    matches.stream().filter(m -> m.fits(asked)).toList();
            assertThat(met.isPresent()).isEqualTo(!fitting.isEmpty());
            assertThat(fitting)
                    .allSatisfy(other -> assertThat(beats(other, met.orElseThrow()))
                            .as("%s over %s for %s", other, met, asked)
                            .isFalse());
        }
    }

    private static boolean beats(RouteMatch one, RouteMatch other) {
        boolean exact = one.path() instanceof PathMatch.Exact;
        if (exact != other.path() instanceof PathMatch.Exact) {
            return exact;
        }
        int[][] pairs = {
            {one.path().path().length(), other.path().path().length()},
            {one.method().isPresent() ? 1 : 0, other.method().isPresent() ? 1 : 0},
            {one.headers().size(), other.headers().size()},
            {one.query().size(), other.query().size()}
        };
        for (int[] pair : pairs) {
            if (pair[0] != pair[1]) {
                return pair[0] > pair[1];
            }
        }
        return false;
    }

    @Test
    void backendsAreDrawnByTheirWeights() {
        List<Backend> backends = List.of(
                new Backend(Optional.empty(), 0), new Backend(Optional.empty(), 1), new Backend(Optional.empty(), 9));
        int[] drawn = new int[3];
        for (long random = -5_000; random < 5_000; random++) {
            drawn[backends.indexOf(Backend.drawn(backends, random).orElseThrow())]++;
        }
        assertThat(drawn).containsExactly(0, 1_000, 9_000);
        assertThat(Backend.drawn(List.of(new Backend(Optional.empty(), 0)), 1)).isEmpty();
        assertThat(Backend.drawn(List.of(), 1)).isEmpty();
    }

    private static HttpRoute met(HttpRoute... routes) {
        return RouteTable.of(List.of(routes)).meet(Asked.get("/")).orElseThrow().route();
    }

    private static RouteMatch anyMatch(RandomGenerator random) {
        PathMatch path =
                random.nextInt(4) == 0 ? new PathMatch.Exact(anyPath(random)) : new PathMatch.Prefix(anyPath(random));
        return new RouteMatch(
                path,
                random.nextBoolean() ? Optional.empty() : Optional.of("GET"),
                values("h", random.nextInt(3)),
                values("q", random.nextInt(2)));
    }

    private static String anyPath(RandomGenerator random) {
        return List.of("/", "/a", "/a/", "/a/b", "/ab").get(random.nextInt(5));
    }

    private static RouteMatch match(String prefix, String method, int headers, int parameters) {
        return new RouteMatch(
                new PathMatch.Prefix(prefix),
                Optional.of(method).filter(name -> !name.isEmpty()),
                values("h", headers),
                values("q", parameters));
    }

    private static List<ValueMatch> values(String letter, int count) {
        var values = new ArrayList<ValueMatch>();
        for (int i = 0; i < count; i++) {
            values.add(NameValue.header(letter + i, "1"));
        }
        return values;
    }

    private static List<RouteRule> rules(List<RouteMatch> matches) {
        return matches.stream()
                .map(match -> new RouteRule(
                        List.of(match),
                        HeaderChange.NONE,
                        HeaderChange.NONE,
                        new RouteTarget.Forward(List.of(), Optional.empty()),
                        RouteLimits.NONE))
                .toList();
    }

    private static HttpRoute route(String name, long createdAt, List<RouteRule> rules) {
        return new HttpRoute(
                HttpRoute.Kind.HTTP,
                new ServiceName("shop", name),
                Instant.ofEpochSecond(createdAt),
                List.of(PARENT),
                rules);
    }

    @Test
    void aMethodAloneIsForEveryServiceThatHasIt() {
        var pay = new PathMatch.Method("/Pay");
        assertThat(pay.fits("/shop.Checkout/Pay")).isTrue();
        assertThat(pay.fits("/a/Pay")).isTrue();
        for (String other :
                new String[] {"/Pay", "//Pay", "/a/b/Pay", "/shop.Checkout/Repay", "/shop.Checkout/Pay/", "/a/pay"}) {
            assertThat(pay.fits(other)).as(other).isFalse();
        }
        assertThatThrownBy(() -> new PathMatch.Method("/a/Pay")).hasMessageContaining("TB-1004");
    }
}
