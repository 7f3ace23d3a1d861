package io.tombolo.model.httproute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathChangeTest {
    /** The table of Gateway API's {@code HTTPPathModifier}. */
    @ParameterizedTest(name = "{0}, prefix {1} by {2}: {3}")
    @CsvSource({
        "/foo/bar, /foo, /xyz, /xyz/bar",
        "/foo/bar, /foo, /xyz/, /xyz/bar",
        "/foo/bar, /foo/, /xyz, /xyz/bar",
        "/foo/bar, /foo/, /xyz/, /xyz/bar",
        "/foo, /foo, /xyz, /xyz",
        "/foo/, /foo, /xyz, /xyz/",
        "/foo/bar, /foo, '', /bar",
        "/foo/, /foo, '', /",
        "/foo, /foo, '', /",
        "/foo/, /foo, /, /",
        "/foo, /foo, /, /",
        "/foo, /, /xyz, /xyz/foo"
    })
    void aPrefixIsReplacedByWholeParts(String asked, String prefix, String by, String expected) {
        assertThat(new PathChange.Prefix(by).applied(asked, new PathMatch.Prefix(prefix)))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} to scheme ''{1}'' and port {2}: {3}")
    @CsvSource({
        "80, '', 0, http://h/a?b",
        "8080, '', 0, http://h:8080/a?b",
        "8080, https, 0, https://h/a?b",
        "80, https, 8443, https://h:8443/a?b",
        "80, '', 443, http://h:443/a?b",
        "80, http, 80, http://h/a?b"
    })
    void aRedirectNamesAPortOnlyWhereItIsNotTheSchemesOwn(int asked, String scheme, int port, String expected) {
        var redirect = new Redirect(
                Optional.of(scheme).filter(word -> !word.isEmpty()),
                Optional.empty(),
                Optional.empty(),
                port == 0 ? OptionalInt.empty() : OptionalInt.of(port),
                302);
        assertThat(redirect.location("h", asked, "/a", "?b", PathMatch.ANY)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "path ''{0}''")
    @ValueSource(
            strings = {"", "a", "/a//b", "/a/../b", "/a/..", "/./a", "/a/.", "/a%2fb", "/a?b", "/a#b", "/a b", "/\u00e4"
            })
    void aPathThatAServerMightReadDifferentlyIsRefused(String path) {
        assertThatThrownBy(() -> new PathMatch.Prefix(path)).hasMessageContaining("TB-1004");
        assertThatThrownBy(() -> new PathChange.Whole(path)).hasMessageContaining("TB-1004");
    }

    @Test
    void headersThatFrameAMessageOrBelongToTheProxiesAreNotChanged() {
        for (String name : new String[] {
            "Host", "content-length", "Transfer-Encoding", "connection", "upgrade", "te", "Tombolo-Caller", "a b", ""
        }) {
            assertThatThrownBy(() -> NameValue.changed(name, "x")).as(name).hasMessageContaining("TB-1004");
        }
        assertThatThrownBy(() -> NameValue.changed("x", "a\r\nb")).hasMessageContaining("TB-1004");
        assertThat(NameValue.changed("X-Env", "a b").name()).isEqualTo("x-env");
    }
}
