package io.tombolo.controller.api;

import static io.tombolo.controller.api.TestCa.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.controller.tokens.AccessRole;
import io.tombolo.controller.tokens.Caller;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientCertificatesTest {
    private final TestCa people = new TestCa("people");
    private final ClientCertificates known = new ClientCertificates(List.of(people.root()));

    @Test
    void theSubjectSaysWhoAndWhat() {
        assertThat(caller("CN=alice,O=operator")).contains(new Caller("cn=alice", AccessRole.OPERATOR, ""));
        assertThat(caller("CN=bob,O=viewer")).contains(new Caller("cn=bob", AccessRole.VIEWER, ""));
        assertThat(caller("O=owner:shop,CN=carol")).contains(new Caller("cn=carol", AccessRole.OWNER, "shop"));
    }

    @Test
    void aSubjectThatSaysLessOrMoreIsNobody() {
        for (String subject : List.of(
                "CN=alice",
                "O=operator",
                "CN=alice,O=Operator",
                "CN=alice,O=owner",
                "CN=alice,O=owner:",
                "CN=alice,O=owner:a/b",
                "CN=alice,O=root",
                "CN=alice,O=operator,O=viewer",
                "CN=alice,CN=bob,O=operator",
                "CN=Alice Cooper,O=operator")) {
            assertThat(caller(subject)).as(subject).isEmpty();
        }
    }

    @Test
    void onlyTheNamedAuthorityCountsWhateverACertificateSays() {
        // A CA of the same name with another key
        X509Certificate foreign = new TestCa("people").client("CN=alice,O=operator");
        assertThat(known.authenticate(List.of(foreign), NOW)).isEmpty();
        assertThat(known.authenticate(List.of(foreign, people.root()), NOW)).isEmpty();
        assertThat(new ClientCertificates(List.of()).authenticate(List.of(people.client("CN=a,O=operator")), NOW))
                .isEmpty();
        assertThat(known.authenticate(List.of(), NOW)).isEmpty();
    }

    @Test
    void itMustBeForClientsAndNoAuthorityItselfAndOfNow() {
        assertThat(known.authenticate(List.of(people.server("CN=alice,O=operator")), NOW))
                .isEmpty();
        assertThat(known.authenticate(List.of(people.intermediate("CN=alice,O=operator")), NOW))
                .isEmpty();
        X509Certificate alice = people.client("CN=alice,O=operator");
        assertThat(known.authenticate(List.of(alice), NOW.plus(Duration.ofHours(2))))
                .isEmpty();
        assertThat(known.authenticate(List.of(alice), NOW.minus(Duration.ofHours(2))))
                .isEmpty();
        assertThat(known.authenticate(List.of(alice, people.root()), NOW)).isPresent();
    }

    private java.util.Optional<Caller> caller(String subject) {
        return known.authenticate(List.of(people.client(subject)), NOW);
    }
}
