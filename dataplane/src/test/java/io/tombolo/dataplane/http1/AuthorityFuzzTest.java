package io.tombolo.dataplane.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.testing.Fuzz;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** Whatever stands in Host or in a URL: it is read to the same again, and as the JDK reads it, or it is none. */
class AuthorityFuzzTest {
    @Test
    void anAuthorityIsReadInOneWayOrNotAtAll() {
        Fuzz.of(AuthorityFuzzTest.class, "authority")
                .spicedWith("@", "/", "\\\\", "?", "#", " ", ":", "[", "]", "%", ".", "\\x00", "\\xb2", "65536", ":80")
                .rounds(
                        20_000,
                        input -> Authority.parse(input.text()).ifPresent(read -> {
                            assertThat(Authority.parse(read.toString())).contains(read);
                            assertThat(read.host())
                                    .isNotEmpty()
                                    .doesNotContainAnyWhitespaces()
                                    .doesNotContain("@", "/", "\\", "#", "?");
                            assertThat(read.port()).isBetween(-1, 65_535).isNotZero();
                            asTheJdkReads(input.text(), read);
                        }));
    }

    /** It reads what RFC 2396 calls a server; of other names, with an underscore for example, it knows no host. */
    private static void asTheJdkReads(String text, Authority read) {
        try {
            URI uri = new URI("http://" + text + "/");
            if (uri.getHost() != null) {
                assertThat(uri.getHost()).isEqualToIgnoringCase(read.host());
                assertThat(uri.getPort()).isEqualTo(read.port());
            }
        } catch (java.net.URISyntaxException stricter) {
            assertThat(stricter).isNotNull();
        }
    }
}
