package io.tombolo.trustbundle.pem;

import static io.tombolo.trustbundle.Faults.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.fault.Fault;
import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.x509.TestMesh;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PemTest {
    private final TestMesh mesh = new TestMesh();
    private final List<X509Certificate> chain = List.of(mesh.west.root(), mesh.east.root());

    @Test
    void certificatesComeBackInOrder() {
        assertThat(Pem.certificates(Pem.write(chain))).isEqualTo(chain);
    }

    @Test
    void textAndKeysBetweenTheCertificatesAreIgnored() {
        String text = "subject=west\r\n" + Pem.write(chain.getFirst()).replace("\n", "\r\n")
                + P256Key.generate().toPem() + "# east\n" + Pem.write(chain.getLast());
        assertThat(Pem.certificates(text)).isEqualTo(chain);
    }

    @Test
    void privateKeysOfBothSortsComeBack() {
        P256Key p256 = P256Key.generate();
        Ed25519Key ed25519 = Ed25519Key.generate();
        assertThat(Pem.privateKey(p256.toPem())).isEqualTo(p256.privateKey());
        assertThat(Pem.privateKey(Pem.write(ed25519.asPrivateKey()))).isEqualTo(ed25519.asPrivateKey());
    }

    @Test
    void whatIsCutShortGarbledOrMissingIsRefused() {
        String one = Pem.write(chain.getFirst());
        String key = P256Key.generate().toPem();
        assertRefused(Fault.BAD_CERTIFICATE, () -> Pem.certificates(""));
        assertRefused(Fault.BAD_CERTIFICATE, () -> Pem.certificates(key));
        assertRefused(Fault.BAD_CERTIFICATE, () -> Pem.certificates(one.substring(0, one.length() - 10)));
        assertRefused(Fault.BAD_CERTIFICATE, () -> Pem.certificates(one.replaceFirst("M", "*")));
        assertRefused(Fault.BAD_CERTIFICATE, () -> Pem.certificates(" ".repeat(Pem.MAX_LENGTH + 1)));
        assertRefused(Fault.BAD_KEY, () -> Pem.privateKey(one));
        assertRefused(Fault.BAD_KEY, () -> Pem.privateKey(key + key));
    }

    @Test
    void aRefusedKeyIsNotInTheMessage() {
        String body = "c2VjcmV0IHNlY3JldCBzZWNyZXQ=";
        String text = "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
        assertThat(assertRefused(Fault.BAD_KEY, () -> Pem.privateKey(text))).hasMessageNotContaining("c2VjcmV0");
    }

    @Test
    void derIsOneCertificateAndNothingElse() {
        // Given
        byte[] der = Der.bytes(chain.getFirst());
        byte[] longer = Arrays.copyOf(der, der.length + 1);
        byte[] pem = Pem.write(chain.getFirst()).getBytes(StandardCharsets.US_ASCII);
        // Then
        assertThat(Der.certificate(der)).isEqualTo(chain.getFirst());
        assertRefused(Fault.BAD_CERTIFICATE, () -> Der.certificate(longer));
        assertRefused(Fault.BAD_CERTIFICATE, () -> Der.certificate(pem));
        assertRefused(Fault.BAD_CERTIFICATE, () -> Der.certificate(new byte[0]));
        assertRefused(Fault.BAD_CERTIFICATE, () -> Der.certificate(new byte[Der.MAX_CERTIFICATE_BYTES + 1]));
    }

    @Test
    void chainsAreBounded() {
        byte[] der = Der.bytes(chain.getFirst());
        assertThat(Der.certificates(Collections.nCopies(Der.MAX_CHAIN, der))).hasSize(Der.MAX_CHAIN);
        assertRefused(Fault.BAD_CERTIFICATE, () -> Der.certificates(List.of()));
        assertRefused(Fault.BAD_CERTIFICATE, () -> Der.certificates(Collections.nCopies(Der.MAX_CHAIN + 1, der)));
    }
}
