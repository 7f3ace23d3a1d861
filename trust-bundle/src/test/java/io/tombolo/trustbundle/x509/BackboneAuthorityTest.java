package io.tombolo.trustbundle.x509;

import static io.tombolo.trustbundle.Faults.assertRefused;
import static io.tombolo.trustbundle.x509.TestMesh.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.fault.Fault;
import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.svid.SvidLeaf;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackboneAuthorityTest {
    private static final String PRINCIPAL = "tombolo.demo.west.1";
    private static final Duration DAY = Duration.ofDays(1);

    private final BackboneAuthority authority =
            BackboneAuthority.create("tombolo.demo backbone", P256Key.generate(), NOW, Duration.ofDays(3_650));
    private final PublicKey key = P256Key.generate().publicKey();

    @Test
    void commonNameOfAClientIsItsPrincipalAndNothingElse() throws Exception {
        // When
        X509Certificate client = authority.issueClient(key, PRINCIPAL, NOW, DAY).getFirst();
        // Then
        client.verify(authority.root().getPublicKey());
        assertThat(client.getSubjectX500Principal().getName()).isEqualTo("CN=" + PRINCIPAL);
        assertThat(client.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(client.getSubjectAlternativeNames()).isNull();
    }

    @Test
    void principalsMayBeLongerThanCommonNamesUsuallyAre() {
        String longest = "tombolo." + "f".repeat(47) + "." + "c".repeat(63) + ".18446744073709551615";
        X509Certificate client = authority.issueClient(key, longest, NOW, DAY).getFirst();
        assertThat(client.getSubjectX500Principal().getName()).isEqualTo("CN=" + longest);
    }

    @Test
    void clientsLiveSevenDaysAtMost() {
        X509Certificate client =
                authority.issueClient(key, PRINCIPAL, NOW, Duration.ofDays(30)).getFirst();
        assertThat(client.getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(7)));
    }

    @Test
    void brokersHaveNamesAndAddresses() throws Exception {
        // When
        X509Certificate broker = authority
                .issueServer(key, "broker-1", ServerNames.of(List.of("kafka.example", "10.0.0.1", "::1")), NOW, DAY)
                .getFirst();
        // Then
        assertThat(broker.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(
                        List.of(2, "kafka.example"), List.of(7, "10.0.0.1"), List.of(7, "0:0:0:0:0:0:0:1"));
        assertThat(broker.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
    }

    @Test
    void nothingItIssuesIsAnIdentityInTheMesh() {
        X509Certificate client = authority.issueClient(key, PRINCIPAL, NOW, DAY).getFirst();
        assertRefused(Fault.BAD_CERTIFICATE, () -> SvidLeaf.read(client));
    }

    @Test
    void principalsThatCouldBeReadAsSomethingElseAreRefused() {
        for (String principal : List.of("", "a,CN=b", "a=b", "a b", "User:a", "a+b", "ä", "a".repeat(250))) {
            assertRefused(Fault.BAD_NAME, () -> authority.issueClient(key, principal, NOW, DAY));
        }
    }

    @Test
    void keysOfOtherSortsAreRefused() {
        PublicKey ed25519 = Ed25519Key.generate().publicKey().asPublicKey();
        assertRefused(Fault.BAD_KEY, () -> authority.issueClient(ed25519, PRINCIPAL, NOW, DAY));
    }

    @Test
    void hostsThatAreNoneOrTooManyAreRefused() {
        assertRefused(Fault.BAD_NAME, () -> ServerNames.of(List.of()));
        assertRefused(Fault.BAD_NAME, () -> ServerNames.of(List.of("*.example")));
        assertRefused(Fault.BAD_NAME, () -> ServerNames.of(List.of("host:9092")));
        assertRefused(
                Fault.BAD_NAME,
                () -> new ServerNames(Collections.nCopies(ServerNames.MAX + 1, "a.example"), List.of()));
    }

    @Test
    void storedAuthorityIsTheSame() {
        var again = BackboneAuthority.fromParts(
                authority.chain(), P256Key.fromPem(authority.key().toPem()));
        assertThat(again.root()).isEqualTo(authority.root());
        assertThat(again.pin()).isEqualTo(authority.pin());
    }
}
