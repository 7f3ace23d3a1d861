package io.tombolo.trustbundle;

import static io.tombolo.trustbundle.x509.TestMesh.NOW;
import static io.tombolo.trustbundle.x509.TestMesh.WEST;
import static io.tombolo.trustbundle.x509.TestMesh.bundle;
import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.bundle.BundleSet;
import io.tombolo.trustbundle.bundle.TrustBundle;
import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.pem.Der;
import io.tombolo.trustbundle.pem.Pem;
import io.tombolo.trustbundle.svid.InstanceName;
import io.tombolo.trustbundle.svid.SvidLeaf;
import io.tombolo.trustbundle.verify.PeerVerifier;
import io.tombolo.trustbundle.x509.CertificateRequest;
import io.tombolo.trustbundle.x509.TestMesh;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * A stranger's bytes give a value or a {@link TomboloException}, never anything else. Each round is named by its seed; a seed
 * that once failed stays here as a test of its own.
 */
class FuzzTest {
    private static final int ROUNDS = Boolean.getBoolean("tombolo.deep") ? 200_000 : 3_000;

    private final TestMesh mesh = new TestMesh();
    private final BundleSet bundles = BundleSet.of(List.of(bundle(mesh.west), bundle(mesh.east)));

    @Test
    void jwksGiveABundleOrAFault() {
        byte[] good = bundle(mesh.west).toJwks();
        rounds(good, Mutation::bytes, bytes -> TrustBundle.parse(WEST, bytes));
        rounds(good, Mutation::json, bytes -> TrustBundle.parse(WEST, bytes));
    }

    @Test
    void requestsGiveAKeyThatIsProvenOrAFault() {
        P256Key p256 = P256Key.generate();
        Ed25519Key ed25519 = Ed25519Key.generate();
        rounds(
                CertificateRequest.make(p256).der(),
                Mutation::bytes,
                bytes -> assertThat(CertificateRequest.parse(bytes).publicKey()).isEqualTo(p256.publicKey()));
        rounds(
                CertificateRequest.make(ed25519).der(),
                Mutation::bytes,
                bytes -> assertThat(CertificateRequest.parse(bytes).ed25519()).isEqualTo(ed25519.publicKey()));
    }

    @Test
    void certificatesGiveALeafOrAFault() {
        byte[] good = Der.bytes(mesh.westApi().chain().getFirst());
        rounds(good, Mutation::bytes, bytes -> SvidLeaf.read(Der.certificate(bytes)));
    }

    @Test
    void onlyTheGenuineCertificateIsVerified() {
        byte[] good = Der.bytes(mesh.westApi().chain().getFirst());
        rounds(good, Mutation::bytes, bytes -> {
            X509Certificate leaf = Der.certificate(bytes);
            PeerVerifier.verify(List.of(leaf), bundles, NOW);
            assertThat(bytes).as("verified after a change").isEqualTo(good);
        });
    }

    @Test
    void rootsGiveABundleOrAFault() {
        byte[] good = Der.bytes(mesh.west.root());
        rounds(good, Mutation::bytes, bytes -> new TrustBundle(WEST, 1, List.of(Der.certificate(bytes))).toJwks());
    }

    @Test
    void pemGivesCertificatesAndKeysOrAFault() {
        String good = Pem.write(mesh.west.root()) + P256Key.generate().toPem();
        byte[] bytes = good.getBytes(StandardCharsets.US_ASCII);
        rounds(bytes, Mutation::bytes, text -> Pem.certificates(new String(text, StandardCharsets.ISO_8859_1)));
        rounds(bytes, Mutation::bytes, text -> P256Key.fromPem(new String(text, StandardCharsets.ISO_8859_1)));
    }

    @Test
    void publicKeysAndSignaturesGiveAnAnswerOrAFault() {
        Ed25519Key key = Ed25519Key.generate();
        byte[] message = {1, 2, 3};
        byte[] signature = key.sign(message);
        rounds(key.publicKey().raw(), Mutation::bytes, raw -> {
            var changed = new Ed25519PublicKey(raw);
            assertThat(changed.verify(message, signature)).isEqualTo(changed.equals(key.publicKey()));
        });
        rounds(
                signature,
                Mutation::bytes,
                changed -> assertThat(key.publicKey().verify(message, changed))
                        .isEqualTo(Arrays.equals(changed, signature)));
    }

    @Test
    void instanceNamesAreReadBackAsWrittenOrNotAtAll() {
        byte[] good = TestMesh.WEST_API_NAME.getBytes(StandardCharsets.US_ASCII);
        rounds(good, Mutation::bytes, bytes -> {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            InstanceName.parse(text).ifPresent(name -> assertThat(name).hasToString(text));
        });
    }

    private static void rounds(byte[] good, Function<Random, UnaryOperator<byte[]>> mutation, Consumer<byte[]> reader) {
        for (int seed = 0; seed < ROUNDS; seed++) {
            byte[] bytes = mutation.apply(new Random(seed)).apply(good.clone());
            try {
                reader.accept(bytes);
            } catch (TomboloException refused) {
                assertThat(refused.fault()).isNotNull();
            } catch (RuntimeException | Error broken) {
                throw new AssertionError("seed " + seed, broken);
            }
        }
    }
}
