package io.tombolo.model.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an attacker writes to make a proxy and the application see two paths. */
class PlainPathTest {
    @ParameterizedTest
    @CsvSource({
        "/, ''",
        "/admin, /admin",
        "/admin/, /admin",
        "/admin?x=/../y, /admin",
        "/?/../admin, ''",
        "/%61dmin, /admin",
        "/%41dmin, /Admin",
        "/a%2Db%2eb%5F%7E, /a-b.b_~",
        "/caf%C3%A9, /café",
        "/a%20b, '/a b'",
        "/a%2Ab:@!$&'()+, '/a*b:@!$&''()+'",
        "/a..b/.well-known/..c, /a..b/.well-known/..c"
    })
    void whatEveryApplicationReadsInTheSameWayIsDecoded(String target, String plain) {
        assertThat(PlainPath.of(target)).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // dot segments, plain, encoded and half encoded
                "/public/../admin",
                "/public/./admin",
                "/public/..",
                "/public/.",
                "/./",
                "/../",
                "/public/%2e%2e/admin",
                "/public/.%2E/admin",
                "/public/%2e",
                // empty parts
                "//admin",
                "/public//admin",
                "/public/%2f",
                // a slash that is none to us, or one to somebody
                "/public%2fadmin",
                "/public%2Fadmin",
                "/public\\admin",
                "/public%5cadmin",
                "/public%5C..%5Cadmin",
                // decoded twice
                "/%2561dmin",
                "/public%252f..%252fadmin",
                "/%25",
                // parameters of parts, which some take away before they look
                "/public;/../admin",
                "/admin;x=1",
                "/admin%3bx",
                "/public/..;/admin",
                // what ends a path for some
                "/admin%3Fx",
                "/admin%23x",
                "/admin#x",
                "/admin%00",
                "/admin%00.png",
                "/admin%0a",
                "/admin%0d%0a",
                "/admin%09",
                "/admin%7f",
                // what some file systems leave out
                "/admin.",
                "/admin./x",
                "/admin%20",
                "/admin%20/x",
                "/admin..."
            })
    void whatSomebodyReadsAsAnotherPathCannotBeTold(String target) {
        assertThat(PlainPath.of(target)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // no escapes at all
                "/admin%",
                "/admin%2",
                "/admin%zz",
                "/admin%u002f",
                "/admin%2\u0664",
                // overlong, truncated and surrogate UTF-8
                "/public%c0%afadmin",
                "/public%c0%ae%c0%ae/admin",
                "/public%e0%80%afadmin",
                "/admin%ff",
                "/admin%C3",
                "/admin%ed%a0%80",
                // bytes that are not URI
                "/caf\u00e9",
                "/ad min",
                // other forms of targets
                "",
                "*",
                "admin",
                "http://checkout.shop/admin",
                "checkout.shop:80",
                "?x=/"
            })
    void whatIsNoPathAtAllCannotBeToldEither(String target) {
        assertThat(PlainPath.of(target)).isNull();
    }

    /** Law: whatever the bytes, what comes out is a path that reads the same once more, or nothing. */
    @Test
    void aPlainPathStaysWhatItIsAndHoldsNothingThatLeadsElsewhere() {
        String alphabet = "/..%2fe5cC0a;\\?#ab A~\u00e9";
        for (int seed = 0; seed < 20_000; seed++) {
            var random = new java.util.Random(seed);
            var target = new StringBuilder("/");
            for (int i = random.nextInt(12); i > 0; i--) {
                target.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String plain = PlainPath.of(target.toString());
            if (plain != null) {
                assertThat(plain + "/")
                        .as("seed %s: %s", seed, target)
                        .startsWith("/")
                        .doesNotContain("//", "/./", "/../", "\\", ";", "%", "?", "#");
                String again = plain.chars().allMatch(c -> c > ' ' && c < 0x7f) ? PlainPath.of(plain + "/") : plain;
                assertThat(again).as("seed %s: %s", seed, target).isEqualTo(plain);
            }
        }
    }
}
