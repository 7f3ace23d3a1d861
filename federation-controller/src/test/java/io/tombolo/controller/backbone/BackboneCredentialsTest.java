package io.tombolo.controller.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationName;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.x509.BackboneAuthority;
import io.tombolo.trustbundle.x509.CertificateRequest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BackboneCredentialsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final BackboneAuthority authority =
            BackboneAuthority.create("test", P256Key.generate(), NOW, Duration.ofDays(100));
    private final BackboneCredentials credentials = new BackboneCredentials(authority);
    private final BackbonePrincipal west = new BackbonePrincipal(new FederationName("prod"), new ClusterId("west"), 3);

    @Test
    void theCertificateNamesThePrincipalWhateverTheRequestSays() {
        assertThat(leaf().getSubjectX500Principal().getName()).isEqualTo("CN=tombolo.prod.west.3");
    }

    @Test
    void itLivesForAWeekAtMost() {
        assertThat(leaf().getNotAfter().toInstant()).isBeforeOrEqualTo(NOW.plus(Duration.ofDays(7)));
    }

    @Test
    void itIsRenewedAroundHalfOfItsLife() {
        X509Certificate leaf = leaf();
        assertThat(BackboneCredentials.renewalDue(leaf, NOW.plus(Duration.ofDays(3))))
                .isFalse();
        assertThat(BackboneCredentials.renewalDue(leaf, NOW.plus(Duration.ofDays(4))))
                .isTrue();
    }

    private X509Certificate leaf() {
        return credentials
                .issue(west, CertificateRequest.make(P256Key.generate()), NOW)
                .getFirst();
    }
}
