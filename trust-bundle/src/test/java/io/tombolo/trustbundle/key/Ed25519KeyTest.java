package io.tombolo.trustbundle.key;

import static io.tombolo.trustbundle.Faults.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.fault.Fault;
import java.math.BigInteger;
import java.security.Signature;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ed25519KeyTest {
    private static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    private static final byte[] MESSAGE = {1, 2, 3};

    private final Ed25519Key key = Ed25519Key.generate();

    @ParameterizedTest
    @CsvSource({
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
                + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,"
                + "'',"
                + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                + "d25bf5f0595bbe24655141438e7a100b",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
                + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,"
                + "72,"
                + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
                + "387b2eaeb4302aeeb00d291612bb0c00",
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
                + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,"
                + "af82,"
                + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
                + "4a7c15e9716ed28dc027beceea1ec40a"
    })
    void vectorsOfRfc8032AreMet(String seed, String publicKey, String message, String signature) {
        // When
        Ed25519Key vector = Ed25519Key.fromSeed(hex(seed));
        // Then
        assertThat(vector.publicKey().raw()).isEqualTo(hex(publicKey));
        assertThat(vector.sign(hex(message))).isEqualTo(hex(signature));
        assertThat(new Ed25519PublicKey(hex(publicKey)).verify(hex(message), hex(signature)))
                .isTrue();
    }

    @Test
    void theJdkAgreesOnKeysAndSignatures() throws Exception {
        for (int i = 0; i < 20; i++) {
            // Given
            Ed25519Key one = Ed25519Key.generate();
            byte[] message = one.publicKey().keyId();
            Signature jdk = Signature.getInstance("Ed25519");
            // When
            jdk.initSign(one.asPrivateKey());
            jdk.update(message);
            byte[] signature = jdk.sign();
            // Then
            assertThat(one.sign(message)).isEqualTo(signature);
            assertThat(one.publicKey().verify(message, signature)).isTrue();
            jdk.initVerify(one.publicKey().asPublicKey());
            jdk.update(message);
            assertThat(jdk.verify(one.sign(message))).isTrue();
            assertThat(Ed25519PublicKey.of(one.publicKey().asPublicKey())).isEqualTo(one.publicKey());
        }
    }

    @Test
    void keyIsReadBackFromItsSeed() {
        Ed25519Key again = Ed25519Key.fromSeed(key.seed());
        assertThat(again.publicKey()).isEqualTo(key.publicKey());
        assertThat(again.sign(MESSAGE)).isEqualTo(key.sign(MESSAGE));
    }

    @Test
    void anotherMessageKeyOrSignatureDoesNotVerify() {
        // Given
        byte[] signature = key.sign(MESSAGE);
        // Then
        assertThat(key.publicKey().verify(MESSAGE, signature)).isTrue();
        assertThat(key.publicKey().verify(new byte[] {1, 2, 4}, signature)).isFalse();
        assertThat(Ed25519Key.generate().publicKey().verify(MESSAGE, signature)).isFalse();
        for (int i = 0; i < signature.length; i++) {
            byte[] changed = signature.clone();
            changed[i] ^= 1;
            assertThat(key.publicKey().verify(MESSAGE, changed)).as("byte " + i).isFalse();
        }
    }

    @Test
    void aSignatureOfAnotherLengthIsNone() {
        byte[] signature = key.sign(MESSAGE);
        assertThat(key.publicKey().verify(MESSAGE, new byte[0])).isFalse();
        assertThat(key.publicKey().verify(MESSAGE, Arrays.copyOf(signature, 63)))
                .isFalse();
        assertThat(key.publicKey().verify(MESSAGE, Arrays.copyOf(signature, 65)))
                .isFalse();
    }

    @Test
    void aSecondSignatureCannotBeMadeOutOfOne() {
        // Given s + order, which is the same number to a lax verifier
        byte[] signature = key.sign(MESSAGE);
        BigInteger s = new BigInteger(1, reversed(Arrays.copyOfRange(signature, 32, 64)));
        byte[] larger = reversed(fixed(s.add(ORDER)));
        // When
        System.arraycopy(larger, 0, signature, 32, 32);
        // Then
        assertThat(key.publicKey().verify(MESSAGE, signature)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "0200000000000000000000000000000000000000000000000000000000000000"
            })
    void keysThatEverybodyCanSignForOrThatAreNoPointsAreRefused(String raw) {
        assertRefused(Fault.BAD_KEY, () -> new Ed25519PublicKey(hex(raw)));
    }

    @Test
    void keysOfOtherLengthsAndSortsAreRefused() {
        assertRefused(Fault.BAD_KEY, () -> new Ed25519PublicKey(new byte[31]));
        assertRefused(Fault.BAD_KEY, () -> new Ed25519PublicKey(new byte[33]));
        assertRefused(Fault.BAD_KEY, () -> Ed25519Key.fromSeed(new byte[31]));
        assertRefused(
                Fault.BAD_KEY, () -> Ed25519PublicKey.of(P256Key.generate().publicKey()));
    }

    @Test
    void keyIdIsTheBeginningOfTheDigest() {
        assertThat(key.publicKey().keyId())
                .hasSize(16)
                .isEqualTo(Arrays.copyOf(Sha256.of(key.publicKey().raw()), 16));
    }

    @Test
    void textFormShowsTheIdAndNotTheSeed() {
        assertThat(key.toString())
                .isEqualTo(
                        "Ed25519Key " + HexFormat.of().formatHex(key.publicKey().keyId()))
                .doesNotContain(HexFormat.of().formatHex(key.seed()));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static byte[] fixed(BigInteger number) {
        byte[] minimal = number.toByteArray();
        byte[] fixed = new byte[32];
        int copied = Math.min(32, minimal.length);
        System.arraycopy(minimal, minimal.length - copied, fixed, 32 - copied, copied);
        return fixed;
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
