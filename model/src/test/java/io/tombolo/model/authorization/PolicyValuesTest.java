package io.tombolo.model.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.model.authorization.AuthorizationPolicy.Action;
import io.tombolo.model.authorization.AuthorizationPolicy.Mode;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyValuesTest {
    private static void refused(ThrowingCallable making) {
        assertThatThrownBy(making)
                .isInstanceOf(TomboloException.class)
                .satisfies(thrown ->
                        assertThat(((TomboloException) thrown).fault()).isIn(Fault.BAD_RESOURCE, Fault.BAD_NAME));
    }

    @ParameterizedTest
    @CsvSource({
        "spiffe://east.test/ns/shop/sa/web, spiffe://east.test/ns/shop/sa/web",
        "spiffe://east.test/ns/shop/sa/*, spiffe://east.test/ns/shop/sa/*",
        "spiffe://east.test/ns/shop/*, spiffe://east.test/ns/shop/sa/*",
        "spiffe://east.test/ns/*, spiffe://east.test/*",
        "spiffe://east.test/*, spiffe://east.test/*"
    })
    void anIdIsExactOrEndsBelowASlash(String text, String canonical) {
        assertThat(IdPattern.parse(text)).hasToString(canonical);
        assertThat(IdPattern.parse(canonical)).isEqualTo(IdPattern.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "/*",
                "spiffe://*",
                "spiffe:///*",
                "spiffe://east*",
                "spiffe://east.test",
                "spiffe://east.test/ns/sh*",
                "spiffe://east.test/*/sa/web",
                "spiffe://east.test/ns/shop/sa/web/*",
                "spiffe://east.test/x/*",
                "spiffe://east.test/ns/shop/x/*",
                "spiffe://east.test/ns//*",
                "spiffe://EAST/*",
                "https://east.test/*"
            })
    void anIdOfAnotherShapeIsRefused(String text) {
        refused(() -> IdPattern.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "admin",
                "*",
                "/a*",
                "/a/*/b",
                "/a//b",
                "/a/../b",
                "/a/.",
                "/a%20b",
                "/a;b",
                "/a?b",
                "/a#b",
                "/a\\b",
                "/a./b",
                "/caf\u00e9",
                "//*",
                "/a//"
            })
    void aPathThatNoPlainPathCanBeIsRefused(String text) {
        refused(() -> PathPattern.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Tombolo-Caller", "tombolo-hops", "Host", "connection", "TE", "content-length", "x y", ""})
    void aHeaderThatAProxyWritesOrTakesOutCannotBeACondition(String name) {
        refused(() -> new HeaderMatch.Present(name, true));
        refused(() -> new HeaderMatch.Exact(name, "1"));
    }

    @Test
    void whatSaysNothingWhereItWouldMeanEverythingIsRefused() {
        refused(() -> new CallerMatch(Among.any(), Among.any(), Among.any(), Among.any()));
        refused(() -> new RequestMatch(Among.any(), Among.any(), Among.any()));
        refused(() -> Policies.policy("shop/deny", Action.DENY));
    }

    @Test
    void noServiceOfTheSystemNamespaceCanBeATarget() {
        refused(() -> Policies.policy(
                "tombolo-system/x", Optional.of("checkout"), Action.ALLOW, Mode.ENFORCE, Policies.anything()));
    }
}
