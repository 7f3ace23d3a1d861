package io.tombolo.trustbundle.bundle;

import static io.tombolo.trustbundle.Faults.assertRefused;
import static io.tombolo.trustbundle.x509.TestMesh.NOW;
import static io.tombolo.trustbundle.x509.TestMesh.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.fault.Fault;
import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.trustbundle.pem.Der;
import io.tombolo.trustbundle.pem.Pem;
import io.tombolo.trustbundle.x509.Forge;
import io.tombolo.trustbundle.x509.TestMesh;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrustBundleTest {
    private final TestMesh mesh = new TestMesh();
    private final String root = Base64.getEncoder().encodeToString(Der.bytes(mesh.west.root()));
    private final String key = "{\"kty\":\"EC\",\"use\":\"x509-svid\",\"x5c\":[\"" + root + "\"]}";

    @Test
    void bundleComesBackFromItsJwks() {
        var bundle = new TrustBundle(
                WEST, 7, List.of(mesh.west.root(), TestMesh.authority(WEST).root()));
        assertThat(TrustBundle.parse(WEST, bundle.toJwks())).isEqualTo(bundle);
    }

    /** The files were written by the first version and are never written again. */
    @Test
    void bundleOfTheFirstVersionIsReadAndWrittenByteForByte() throws IOException {
        // Given
        byte[] golden = resource("bundle-v1.json");
        List<X509Certificate> roots =
                Pem.certificates(new String(resource("bundle-v1-roots.pem"), StandardCharsets.US_ASCII));
        // When
        TrustBundle bundle = TrustBundle.parse(WEST, golden);
        // Then
        assertThat(bundle).isEqualTo(new TrustBundle(WEST, 3, roots));
        assertThat(bundle.toJwks()).isEqualTo(golden);
    }

    @Test
    void keysOfUnknownTypeOrUseAreIgnored() {
        TrustBundle bundle = parse("{\"keys\":["
                + "{\"kty\":\"OKP\",\"use\":\"x509-svid\",\"x5c\":7},"
                + "{\"kty\":\"EC\",\"use\":\"jwt-svid\",\"kid\":\"a\",\"x\":\"\"},"
                + "{\"kty\":\"EC\",\"use\":\"X509-SVID\"},{\"kty\":\"EC\"},\"text\",null,[]," + key
                + "],\"spiffe_sequence\":12,\"something\":{\"else\":true}}");
        assertThat(bundle).isEqualTo(new TrustBundle(WEST, 12, List.of(mesh.west.root())));
    }

    @Test
    void missingSequenceIsZero() {
        assertThat(parse("{\"keys\":[" + key + "]}").sequence()).isZero();
    }

    @Test
    void bundleWithoutAUsableKeyIsRefused() {
        refused("{\"keys\":[]}");
        refused("{\"keys\":[{\"kty\":\"EC\",\"use\":\"jwt-svid\"}]}");
    }

    @Test
    void whatIsNoJwkSetIsRefused() {
        for (String text :
                List.of("", "null", "[]", "7", "{}", "{\"keys\":{}}", "{\"keys\":[", "\u0000", "{\"keys\":[]}x")) {
            refused(text);
        }
        refused("{\"keys\":[" + key + "]} {}");
        refused("[".repeat(10_000));
    }

    @Test
    void doubledJsonKeysAreRefused() {
        refused("{\"keys\":[" + key + "],\"keys\":[]}");
        refused("{\"spiffe_sequence\":1,\"spiffe_sequence\":2,\"keys\":[" + key + "]}");
    }

    @Test
    void sequenceThatIsNoUnsignedNumberIsRefused() {
        for (String sequence : List.of("-1", "1.5", "\"1\"", "null", "9223372036854775808", "1e3", "true")) {
            refused("{\"keys\":[" + key + "],\"spiffe_sequence\":" + sequence + "}");
        }
    }

    @Test
    void keysThatBreakSpiffesRulesAreRefused() {
        refused("{\"keys\":[" + key.replace("{", "{\"kid\":\"a\",") + "]}");
        refused("{\"keys\":[{\"kty\":\"EC\",\"use\":\"x509-svid\"}]}");
        refused("{\"keys\":[{\"kty\":\"EC\",\"use\":\"x509-svid\",\"x5c\":[]}]}");
        refused("{\"keys\":[" + key.replace("]}", ",\"" + root + "\"]}") + "]}");
        refused("{\"keys\":[" + key.replace(root, "AAAA") + "]}");
        refused("{\"keys\":[" + key.replace(root, "*") + "]}");
        refused("{\"keys\":[" + key.replace("{", "{\"crv\":\"P-384\",") + "]}");
        refused("{\"keys\":[" + key.replace("{", "{\"x\":\"AA\",") + "]}");
        refused("{\"keys\":[" + key + "," + key + "]}");
    }

    @Test
    void certificatesThatAreNoRootsOfThisTrustDomainAreRefused() {
        refused(mesh.westApi().chain().getFirst());
        refused(mesh.east.root());
        refused(Forge.signedBy(mesh.west, NOW).basicAuthority().make());
        refused(Forge.root("CN=malformed", NOW).uri("spiffe://west demo").make());
        refused(Forge.root("CN=other key", NOW)
                .publicKey(Ed25519Key.generate().publicKey().asPublicKey())
                .make());
        refused(Forge.root("CN=constrained", NOW)
                .onlyUriHost("west.demo.tombolo")
                .make());
        refused(Forge.signedBy(mesh.west, NOW)
                .authority()
                .uri(WEST.uri())
                .uri(WEST.uri())
                .make());
    }

    @Test
    void moreBytesOrRootsThanAllowedAreRefused() {
        refused("{\"keys\":[" + key + "]}" + " ".repeat(TrustBundle.MAX_BYTES));
        assertRefused(Fault.BAD_BUNDLE, () -> new TrustBundle(WEST, 1, many(TrustBundle.MAX_ROOTS + 1)));
        assertThat(new TrustBundle(WEST, 1, many(TrustBundle.MAX_ROOTS)).toJwks())
                .hasSizeLessThan(TrustBundle.MAX_BYTES);
    }

    private static List<X509Certificate> many(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> TestMesh.authority(WEST).root())
                .toList();
    }

    private static TrustBundle parse(String json) {
        return TrustBundle.parse(WEST, json.getBytes(StandardCharsets.UTF_8));
    }

    private static void refused(String json) {
        assertRefused(Fault.BAD_BUNDLE, () -> parse(json));
    }

    private static void refused(X509Certificate root) {
        assertRefused(Fault.BAD_BUNDLE, () -> new TrustBundle(WEST, 1, List.of(root)));
    }

    private static byte[] resource(String name) throws IOException {
        try (var in = TrustBundleTest.class.getResourceAsStream("/golden/" + name)) {
            return in.readAllBytes();
        }
    }
}
