package io.tombolo.trustbundle.x509;

import static io.tombolo.trustbundle.Faults.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.fault.Fault;
import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.key.Sha256;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;

class CertificateRequestTest {
    @Test
    void requestForP256IsReadBack() {
        // Given
        P256Key key = P256Key.generate();
        byte[] der = CertificateRequest.make(key).der();
        // When
        CertificateRequest request = CertificateRequest.parse(der);
        // Then
        assertThat(request.p256()).isEqualTo(key.publicKey());
        assertThat(request.sha256()).isEqualTo(Sha256.of(der));
        assertThat(request.der()).isEqualTo(der);
        assertRefused(Fault.BAD_KEY, request::ed25519);
    }

    @Test
    void requestForEd25519IsReadBack() {
        // Given
        Ed25519Key key = Ed25519Key.generate();
        // When
        CertificateRequest request =
                CertificateRequest.parse(CertificateRequest.make(key).der());
        // Then
        assertThat(request.ed25519()).isEqualTo(key.publicKey());
        assertRefused(Fault.BAD_KEY, request::p256);
    }

    @Test
    void requestWithAKeyThatItsSenderDoesNotHoldIsRefused() throws Exception {
        // Given somebody else's public key, signed with the own private one
        byte[] der = new JcaPKCS10CertificationRequestBuilder(
                        new X500Name("O=Tombolo"), P256Key.generate().publicKey())
                .build(new JcaContentSignerBuilder("SHA256withECDSA")
                        .build(P256Key.generate().privateKey()))
                .getEncoded();
        // Then
        assertRefused(Fault.BAD_KEY, () -> CertificateRequest.parse(der));
    }

    @Test
    void requestForAnotherSortOfKeyIsRefused() throws Exception {
        // Given
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2_048);
        KeyPair rsa = generator.generateKeyPair();
        byte[] der = new JcaPKCS10CertificationRequestBuilder(new X500Name("O=Tombolo"), rsa.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withRSA").build(rsa.getPrivate()))
                .getEncoded();
        // Then
        assertRefused(Fault.BAD_KEY, () -> CertificateRequest.parse(der));
    }

    @Test
    void bytesThatAreEmptyTooManyOrFollowedBySomethingAreRefused() {
        byte[] der = CertificateRequest.make(P256Key.generate()).der();
        assertRefused(Fault.BAD_KEY, () -> CertificateRequest.parse(new byte[0]));
        assertRefused(Fault.BAD_KEY, () -> CertificateRequest.parse(new byte[CertificateRequest.MAX_BYTES + 1]));
        assertRefused(Fault.BAD_KEY, () -> CertificateRequest.parse(Arrays.copyOf(der, der.length + 1)));
        assertRefused(Fault.BAD_KEY, () -> CertificateRequest.parse(Arrays.copyOf(der, der.length - 1)));
    }
}
