package io.tombolo.kafka.principal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import javax.security.auth.x500.X500Principal;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.auth.PlaintextAuthenticationContext;
import org.junit.jupiter.api.Test;

class CertificatePrincipalsTest {
    private final CertificatePrincipals principals = new CertificatePrincipals();

    @Test
    void theOneCommonNameIsTheUser() {
        assertThat(CertificatePrincipals.commonName(new X500Principal("O=shop,CN=tombolo.prod.west.1")))
                .contains("tombolo.prod.west.1");
    }

    @Test
    void aSubjectWithTwoCommonNamesOrNoneIsNobody() {
        assertThat(CertificatePrincipals.commonName(new X500Principal("CN=west,CN=tombolo-admin")))
                .isEmpty();
        assertThat(CertificatePrincipals.commonName(new X500Principal("CN=west+CN=tombolo-admin")))
                .isEmpty();
        assertThat(CertificatePrincipals.commonName(new X500Principal("CN=west+O=tombolo-admin")))
                .isEmpty();
        assertThat(CertificatePrincipals.commonName(new X500Principal("O=tombolo-admin")))
                .isEmpty();
    }

    @Test
    void aCommonNameIsTakenAsWrittenNotAsAPattern() {
        assertThat(CertificatePrincipals.commonName(new X500Principal("CN=\"a,CN=tombolo-admin\"")))
                .contains("a,CN=tombolo-admin");
    }

    @Test
    void aConnectionWithoutTlsIsNobody() {
        var plain = new PlaintextAuthenticationContext(InetAddress.getLoopbackAddress(), "PLAINTEXT");
        assertThat(principals.build(plain)).isEqualTo(KafkaPrincipal.ANONYMOUS);
    }

    @Test
    void aPrincipalSurvivesTheWayFromBrokerToController() {
        var west = new KafkaPrincipal(KafkaPrincipal.USER_TYPE, "tombolo.prod.west.1");
        assertThat(principals.deserialize(principals.serialize(west))).isEqualTo(west);
    }
}
