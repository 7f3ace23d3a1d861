package io.tombolo.trustbundle.x509;

import static io.tombolo.trustbundle.Faults.assertRefused;
import static io.tombolo.trustbundle.x509.TestMesh.EAST_WEB;
import static io.tombolo.trustbundle.x509.TestMesh.NOW;
import static io.tombolo.trustbundle.x509.TestMesh.WEST;
import static io.tombolo.trustbundle.x509.TestMesh.WEST_API;
import static io.tombolo.trustbundle.x509.TestMesh.WEST_API_NAME;
import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.fault.Fault;
import io.tombolo.trustbundle.bundle.BundleSet;
import io.tombolo.trustbundle.bundle.TrustBundle;
import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.trustbundle.key.KeyPin;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.svid.SubjectNames;
import io.tombolo.trustbundle.verify.PeerVerifier;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CertificateAuthorityTest {
    private static final String KEY_USAGE = "2.5.29.15";
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";

    private final TestMesh mesh = new TestMesh();

    @Test
    void rootIsASelfSignedCaThatNamesItsTrustDomain() throws Exception {
        // When
        X509Certificate root = mesh.west.root();
        // Then
        root.verify(root.getPublicKey());
        assertThat(SubjectNames.of(root).uris()).containsExactly("spiffe://west.demo.tombolo");
        assertThat(root.getBasicConstraints()).isEqualTo(Integer.MAX_VALUE);
        assertThat(root.getCriticalExtensionOIDs()).contains(KEY_USAGE, BASIC_CONSTRAINTS);
        assertThat(root.getKeyUsage()[5]).isTrue();
        assertThat(root.getKeyUsage()[0]).isFalse();
    }

    @Test
    void leafIsAnX509Svid() throws Exception {
        // When
        X509Certificate leaf = mesh.westApi().chain().getFirst();
        // Then
        leaf.verify(mesh.west.root().getPublicKey());
        assertThat(SubjectNames.of(leaf).uris()).containsExactly(WEST_API.toString());
        assertThat(SubjectNames.of(leaf).dnsNames()).containsExactly(WEST_API_NAME);
        assertThat(leaf.getBasicConstraints()).isNegative();
        assertThat(leaf.getKeyUsage()).containsExactly(true, false, false, false, false, false, false, false, false);
        assertThat(leaf.getCriticalExtensionOIDs()).contains(KEY_USAGE);
        assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
        assertThat(leaf.getNotBefore().toInstant()).isEqualTo(NOW.minus(Duration.ofMinutes(1)));
        assertThat(leaf.getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofHours(24)));
    }

    @Test
    void serialsAreLongPositiveAndDifferent() {
        Set<BigInteger> serials = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            BigInteger serial = mesh.westApi().serial();
            assertThat(serial).isPositive();
            assertThat(serial.bitLength()).isEqualTo(127);
            serials.add(serial);
        }
        assertThat(serials).hasSize(100);
    }

    @Test
    void leafNeverOutlivesItsCa() {
        // Given
        Instant late = NOW.plus(Duration.ofDays(364).plusHours(12));
        // When
        X509Certificate leaf = mesh.west
                .issue(new SvidRequest(newKey(), WEST_API, Optional.empty(), late, Duration.ofHours(24)))
                .getFirst();
        // Then
        assertThat(leaf.getNotAfter()).isEqualTo(mesh.west.root().getNotAfter());
    }

    @Test
    void anExpiredCaIssuesNothing() {
        Instant after = NOW.plus(Duration.ofDays(366));
        var request = new SvidRequest(newKey(), WEST_API, Optional.empty(), after, Duration.ofHours(24));
        assertRefused(Fault.BAD_CERTIFICATE, () -> mesh.west.issue(request));
    }

    @Test
    void noCaVouchesForAnotherTrustDomain() {
        var request = new SvidRequest(newKey(), EAST_WEB, Optional.empty(), NOW, Duration.ofHours(24));
        assertRefused(Fault.BAD_CERTIFICATE, () -> mesh.west.issue(request));
    }

    @Test
    void requestsForOtherKeysLivesAndNamesAreRefused() {
        Duration day = Duration.ofDays(1);
        PublicKey ed25519 = Ed25519Key.generate().publicKey().asPublicKey();
        assertRefused(Fault.BAD_KEY, () -> new SvidRequest(ed25519, WEST_API, Optional.empty(), NOW, day));
        assertRefused(Fault.BAD_KEY, () -> new SvidRequest(newKey(), WEST_API, Optional.empty(), NOW, Duration.ZERO));
        assertRefused(
                Fault.BAD_KEY, () -> new SvidRequest(newKey(), WEST_API, Optional.empty(), NOW, Duration.ofDays(31)));
        assertRefused(Fault.BAD_KEY, () -> new SvidRequest(newKey(), WEST_API, Optional.of("*.tombolo"), NOW, day));
    }

    @Test
    void caFromFilesIssuesBelowItsIntermediate() {
        // Given
        Forge forgedRoot = Forge.root("CN=offline root", NOW);
        X509Certificate root = forgedRoot.make();
        Forge intermediate =
                Forge.signedBy(root, forgedRoot.key(), NOW).authority().subject("CN=issuing");
        X509Certificate issuing = intermediate.make();
        var authority = CertificateAuthority.fromParts(WEST, List.of(issuing, root), intermediate.key());
        // When
        List<X509Certificate> chain =
                authority.issue(new SvidRequest(newKey(), WEST_API, Optional.empty(), NOW, Duration.ofHours(24)));
        // Then
        BundleSet bundles = BundleSet.of(List.of(new TrustBundle(WEST, 1, List.of(authority.root()))));
        assertThat(chain).hasSize(2).endsWith(issuing);
        assertThat(PeerVerifier.verify(chain, bundles, NOW).id()).isEqualTo(WEST_API);
        assertThat(authority.pin()).isEqualTo(KeyPin.of(root));
        assertThat(authority.withRoot(chain)).hasSize(3).endsWith(root);
    }

    /** Of a replica, and of one that a replica vouched for. */
    @Test
    void whatACaIssuesThatAnotherOneVouchedForVerifiesWhereTheOthersDoes() {
        // Given
        P256Key second = P256Key.generate();
        P256Key third = P256Key.generate();
        var replica =
                CertificateAuthority.fromParts(WEST, mesh.west.vouchFor(CertificateRequest.make(second), NOW), second);
        var next = CertificateAuthority.fromParts(WEST, replica.vouchFor(CertificateRequest.make(third), NOW), third);
        BundleSet bundles = BundleSet.of(List.of(new TrustBundle(WEST, 1, List.of(mesh.west.root()))));
        for (CertificateAuthority authority : List.of(replica, next)) {
            // When
            List<X509Certificate> chain =
                    authority.issue(new SvidRequest(newKey(), WEST_API, Optional.empty(), NOW, Duration.ofHours(24)));
            // Then
            assertThat(PeerVerifier.verify(chain, bundles, NOW).id()).isEqualTo(WEST_API);
            assertThat(authority.pin()).isEqualTo(mesh.west.pin());
            assertThat(authority.notAfter()).isEqualTo(mesh.west.notAfter());
        }
    }

    @Test
    void aCaVouchesForNoOtherTrustDomainAndForNoOtherKindOfKey() {
        P256Key second = P256Key.generate();
        List<X509Certificate> chain = mesh.west.vouchFor(CertificateRequest.make(second), NOW);
        assertRefused(
                Fault.BAD_CERTIFICATE, () -> CertificateAuthority.fromParts(EAST_WEB.trustDomain(), chain, second));
        assertRefused(Fault.BAD_CERTIFICATE, () -> CertificateAuthority.fromParts(WEST, chain, P256Key.generate()));
        assertRefused(Fault.BAD_KEY, () -> mesh.west.vouchFor(CertificateRequest.make(Ed25519Key.generate()), NOW));
    }

    @Test
    void filesThatDoNotFitEachOtherAreRefused() {
        P256Key key = mesh.west.key();
        X509Certificate west = mesh.west.root();
        X509Certificate east = mesh.east.root();
        P256Key other = mesh.east.key();
        X509Certificate leaf = mesh.westApi().chain().getFirst();
        assertRefused(Fault.BAD_CERTIFICATE, () -> CertificateAuthority.fromParts(WEST, List.of(), key));
        assertRefused(Fault.BAD_CERTIFICATE, () -> CertificateAuthority.fromParts(WEST, List.of(west), other));
        assertRefused(Fault.BAD_CERTIFICATE, () -> CertificateAuthority.fromParts(WEST, List.of(west, east), key));
        assertRefused(Fault.BAD_CERTIFICATE, () -> CertificateAuthority.fromParts(WEST, List.of(east), other));
        assertRefused(Fault.BAD_CERTIFICATE, () -> CertificateAuthority.fromParts(WEST, List.of(leaf, west), key));
    }

    @Test
    void storedCaIsTheSameCa() {
        var again = CertificateAuthority.fromParts(
                WEST, mesh.west.chain(), P256Key.fromPem(mesh.west.key().toPem()));
        assertThat(again.root()).isEqualTo(mesh.west.root());
        assertThat(again.pin()).isEqualTo(mesh.west.pin());
        assertThat(again).hasToString("CertificateAuthority of west.demo.tombolo " + mesh.west.pin());
    }

    private static PublicKey newKey() {
        return P256Key.generate().publicKey();
    }
}
