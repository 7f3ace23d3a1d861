package io.tombolo.trustbundle.key;

import static io.tombolo.trustbundle.Faults.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.fault.Fault;
import io.tombolo.trustbundle.pem.Pem;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class P256KeyTest {
    /** Made for this test with: openssl ec -no_public | openssl pkcs8 -topk8 -nocrypt. */
    private static final String OPENSSL_WITHOUT_PUBLIC_HALF =
            "MEECAQAwEwYHKoZIzj0CAQYIKoZIzj0DAQcEJzAlAgEBBCBVne0qeFfGfh9tEGWZGPJssnndh88JpETjK62ldxCTJw==";

    private static final String ITS_PUBLIC_HALF = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEo0n3mPqEOuZLJZY/aJiOkhNpsXsA"
            + "QhEtK79Vfm6/lWFw7vQhOYSaQLxr3FB6+gfivc3K/+omiwrklXB9Pptrjw==";

    @Test
    void everyKeyComesBackFromItsPemWithItsPublicHalf() {
        for (int i = 0; i < 50; i++) {
            P256Key key = P256Key.generate();
            assertThat(P256Key.fromPem(key.toPem()).publicKey()).isEqualTo(key.publicKey());
        }
    }

    @Test
    void keyOfOpensslGetsItsPublicHalf() {
        // When
        P256Key key = P256Key.fromPem(block(OPENSSL_WITHOUT_PUBLIC_HALF));
        // Then
        assertThat(key.publicKey().getEncoded()).isEqualTo(Base64.getDecoder().decode(ITS_PUBLIC_HALF));
    }

    @Test
    void keysOfOtherCurvesAndSortsAreRefused() throws Exception {
        // Given
        var p384 = KeyPairGenerator.getInstance("EC");
        p384.initialize(new ECGenParameterSpec("secp384r1"));
        var pair = p384.generateKeyPair();
        // Then
        assertRefused(Fault.BAD_KEY, () -> P256Key.of(pair.getPrivate()));
        assertRefused(Fault.BAD_KEY, () -> P256Key.of(Ed25519Key.generate().asPrivateKey()));
        assertThat(P256Key.isP256(pair.getPublic())).isFalse();
        assertThat(P256Key.isP256(P256Key.generate().publicKey())).isTrue();
    }

    @Test
    void theScalarZeroIsRefused() {
        // Given the PKCS#8 of a key whose scalar was overwritten
        byte[] der = Base64.getDecoder().decode(OPENSSL_WITHOUT_PUBLIC_HALF);
        Arrays.fill(der, der.length - 32, der.length, (byte) 0);
        // Then
        assertRefused(
                Fault.BAD_KEY, () -> P256Key.fromPem(block(Base64.getEncoder().encodeToString(der))));
    }

    @Test
    void textFormShowsThePinAndNotTheKey() {
        P256Key key = P256Key.generate();
        assertThat(key).hasToString("P256Key " + KeyPin.of(key.publicKey()));
    }

    @Test
    void pinIsTheDigestOfTheSubjectPublicKeyInfo() {
        // Given
        P256Key key = P256Key.generate();
        KeyPin pin = KeyPin.of(key.publicKey());
        // Then
        assertThat(pin.bytes()).isEqualTo(Sha256.of(key.publicKey().getEncoded()));
        assertThat(pin).isEqualTo(KeyPin.ofBytes(pin.bytes())).hasSameHashCodeAs(KeyPin.ofBytes(pin.bytes()));
        assertThat(pin).hasToString(HexFormat.of().formatHex(pin.bytes()));
        assertThat(pin).isNotEqualTo(KeyPin.of(P256Key.generate().publicKey()));
        assertRefused(Fault.BAD_KEY, () -> KeyPin.ofBytes(new byte[31]));
    }

    @Test
    void privateKeyIsWrittenAsPkcs8() {
        assertThat(Pem.write(P256Key.generate().privateKey())).startsWith("-----BEGIN PRIVATE KEY-----\n");
    }

    private static String block(String base64) {
        return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
    }
}
