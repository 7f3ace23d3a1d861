package io.tombolo.trustbundle.svid;

import static io.tombolo.trustbundle.Faults.assertRefused;
import static io.tombolo.trustbundle.x509.TestMesh.NOW;
import static io.tombolo.trustbundle.x509.TestMesh.WEST_API;
import static io.tombolo.trustbundle.x509.TestMesh.WEST_API_NAME;
import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.fault.Fault;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.x509.Forge;
import io.tombolo.trustbundle.x509.TestMesh;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;

class SvidLeafTest {
    private final TestMesh mesh = new TestMesh();

    @Test
    void whatTheCaIssuesIsReadBack() {
        // Given
        Svid svid = mesh.westApi();
        // When
        SvidLeaf leaf = SvidLeaf.read(svid.chain().getFirst());
        // Then
        assertThat(leaf.id()).isEqualTo(WEST_API);
        assertThat(leaf.dnsName()).contains(WEST_API_NAME);
        assertThat(leaf.serial()).isEqualTo(svid.serial());
        assertThat(leaf.notAfter()).isEqualTo(svid.notAfter());
    }

    @Test
    void leafWithoutPurposesAndWithOtherSortsOfNamesIsFine() {
        SvidLeaf leaf =
                SvidLeaf.read(good().withoutPurposes().email("api@west.example").make());
        assertThat(leaf.id()).isEqualTo(WEST_API);
        assertThat(leaf.dnsName()).isEmpty();
    }

    @Test
    void twoUrisAreRefusedEvenWhenTheyAreTheSame() {
        refused(good().uri("spiffe://east.demo.tombolo/ns/shop/sa/web"));
        refused(good().uri(WEST_API.toString()));
        refused(good().uri("https://west.example/"));
    }

    @Test
    void noUriIsRefused() {
        refused(forge());
        refused(forge().dns(WEST_API_NAME));
    }

    @Test
    void urisThatAreNoWorkloadsAreRefused() {
        for (String uri : List.of(
                "spiffe://west.demo.tombolo",
                "spiffe://west.demo.tombolo/",
                "spiffe://west.demo.tombolo/ns/payments",
                "spiffe://west.demo.tombolo/ns/payments/sa/api/more",
                "spiffe://west.demo.tombolo/ns/payments/sa/api?x=1",
                "spiffe://west.demo.tombolo:443/ns/payments/sa/api",
                "spiffe://me@west.demo.tombolo/ns/payments/sa/api",
                "spiffe://west.demo.tombolo/ns/../sa/api",
                "spiffe://west.demo.tombolo/ns/payments/sa/%61pi",
                "SPIFFE://west.demo.tombolo/ns/payments/sa/api",
                "https://west.demo.tombolo/ns/payments/sa/api")) {
            refused(forge().uri(uri));
        }
    }

    @Test
    void twoDnsNamesAreRefused() {
        refused(good().dns(WEST_API_NAME).dns("i-bbbbbbbbbbbbb.west.demo.tombolo"));
        refused(good().dns(WEST_API_NAME).dns(WEST_API_NAME));
    }

    @Test
    void authoritiesAreNoLeaves() {
        refused(good().basicAuthority());
        refused(good().usage(KeyUsage.digitalSignature | KeyUsage.keyCertSign));
        refused(good().usage(KeyUsage.digitalSignature | KeyUsage.cRLSign));
    }

    @Test
    void keyUsageMustBeThereCriticalAndForSignatures() {
        refused(good().usage(0));
        refused(good().usage(KeyUsage.keyAgreement));
        refused(good().usageNotCritical());
    }

    @Test
    void purposesMustBeBoth() {
        refused(good().forClientsOnly());
    }

    @Test
    void anotherCertificatesKeyMakesNoSvid() {
        Svid svid = mesh.westApi();
        assertRefused(
                Fault.BAD_KEY, () -> Svid.of(svid.chain(), P256Key.generate().privateKey()));
        assertRefused(Fault.BAD_CERTIFICATE, () -> Svid.of(List.of(), svid.privateKey()));
    }

    @Test
    void textFormShowsWhoseItIsAndNoKey() {
        assertThat(mesh.westApi().toString())
                .startsWith("Svid spiffe://west.demo.tombolo/ns/payments/sa/api serial ")
                .doesNotContainIgnoringCase("private");
    }

    private Forge forge() {
        return Forge.signedBy(mesh.west, NOW);
    }

    private Forge good() {
        return forge().uri(WEST_API.toString());
    }

    private static void refused(Forge forge) {
        assertRefused(Fault.BAD_CERTIFICATE, () -> SvidLeaf.read(forge.make()));
    }
}
