package io.tombolo.trustbundle.verify;

import static io.tombolo.trustbundle.Faults.assertRefused;
import static io.tombolo.trustbundle.x509.TestMesh.EAST_WEB;
import static io.tombolo.trustbundle.x509.TestMesh.NOW;
import static io.tombolo.trustbundle.x509.TestMesh.WEST;
import static io.tombolo.trustbundle.x509.TestMesh.WEST_API;
import static io.tombolo.trustbundle.x509.TestMesh.WEST_API_NAME;
import static io.tombolo.trustbundle.x509.TestMesh.bundle;
import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.fault.Fault;
import io.tombolo.trustbundle.bundle.BundleSet;
import io.tombolo.trustbundle.bundle.TrustBundle;
import io.tombolo.trustbundle.svid.InstanceName;
import io.tombolo.trustbundle.x509.CertificateAuthority;
import io.tombolo.trustbundle.x509.Forge;
import io.tombolo.trustbundle.x509.TestMesh;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PeerVerifierTest {
    private final TestMesh mesh = new TestMesh();
    private final Forge deep = Forge.root("CN=offline root", NOW);
    private final X509Certificate deepRoot = deep.make();
    private final BundleSet both = BundleSet.of(List.of(bundle(mesh.west), bundle(mesh.east)));

    @Test
    void svidOfAHeldTrustDomainIsVerifiedWithEverythingItSays() {
        // When
        VerifiedPeer peer = PeerVerifier.verify(mesh.westApi().chain(), both, NOW);
        // Then
        assertThat(peer.id()).isEqualTo(WEST_API);
        assertThat(peer.dnsName()).contains(WEST_API_NAME);
        assertThat(peer.instanceName().orElseThrow()).isInstanceOf(InstanceName.Workload.class);
        assertThat(peer.notAfter()).isEqualTo(NOW.plus(Duration.ofHours(24)));
    }

    @Test
    void svidOfATrustDomainWithoutBundleIsUnknown() {
        // Given
        BundleSet westOnly = BundleSet.of(List.of(bundle(mesh.west)));
        // Then
        assertRefused(
                Fault.UNKNOWN_TRUST_DOMAIN,
                () -> PeerVerifier.verify(mesh.eastWeb().chain(), westOnly, NOW));
    }

    @Test
    void anotherMembersRootCannotVouchForAWorkloadHere() {
        // Given a member whose bundle is held signs an id of another member
        X509Certificate forged =
                Forge.signedBy(mesh.east, NOW).uri(WEST_API.toString()).make();
        // Then
        assertRefused(Fault.BAD_CERTIFICATE, () -> PeerVerifier.verify(List.of(forged), both, NOW));
        assertRefused(Fault.BAD_CERTIFICATE, () -> PeerVerifier.verify(List.of(forged, mesh.east.root()), both, NOW));
    }

    @Test
    void aRootThatThePeerBringsIsNotBelieved() {
        // Given a CA that calls itself west's
        CertificateAuthority impostor = TestMesh.authority(WEST);
        List<X509Certificate> chain = impostor.withRoot(
                TestMesh.svid(impostor, WEST_API, Optional.empty()).chain());
        // Then
        assertRefused(Fault.BAD_CERTIFICATE, () -> PeerVerifier.verify(chain, both, NOW));
    }

    @Test
    void theOwnRootAtTheEndOfTheChainDoesNotHarm() {
        // When
        VerifiedPeer peer =
                PeerVerifier.verify(mesh.west.withRoot(mesh.westApi().chain()), both, NOW);
        // Then
        assertThat(peer.id()).isEqualTo(WEST_API);
    }

    @Test
    void expiredAndFutureSvidsAreRefused() {
        List<X509Certificate> chain = mesh.westApi().chain();
        assertRefused(Fault.BAD_CERTIFICATE, () -> PeerVerifier.verify(chain, both, NOW.plus(Duration.ofHours(25))));
        assertRefused(Fault.BAD_CERTIFICATE, () -> PeerVerifier.verify(chain, both, NOW.minus(Duration.ofMinutes(2))));
    }

    @Test
    void anExpiredRootVouchesForNobody() {
        // Given a leaf that was made to outlive its root
        X509Certificate leaf = Forge.signedBy(mesh.west, NOW)
                .uri(WEST_API.toString())
                .valid(NOW, NOW.plus(Duration.ofDays(1_000)))
                .make();
        // Then
        assertRefused(
                Fault.BAD_CERTIFICATE, () -> PeerVerifier.verify(List.of(leaf), both, NOW.plus(Duration.ofDays(400))));
    }

    @Test
    void duringARotationLeavesOfBothRootsAreVerified() {
        // Given
        CertificateAuthority next = TestMesh.authority(WEST);
        BundleSet rotating = both.with(new TrustBundle(WEST, 2, List.of(mesh.west.root(), next.root())));
        // Then
        for (CertificateAuthority authority : List.of(mesh.west, next)) {
            List<X509Certificate> chain =
                    TestMesh.svid(authority, WEST_API, Optional.empty()).chain();
            assertThat(PeerVerifier.verify(chain, rotating, NOW).id()).isEqualTo(WEST_API);
        }
    }

    @Test
    void anIntermediateOfTheSameTrustDomainIsAccepted() {
        // Given
        Forge intermediate = Forge.signedBy(deepRoot, deep.key(), NOW)
                .authority()
                .subject("CN=issuing")
                .uri(WEST.uri());
        X509Certificate issuing = intermediate.make();
        X509Certificate leaf = Forge.signedBy(issuing, intermediate.key(), NOW)
                .uri(WEST_API.toString())
                .make();
        BundleSet bundles = BundleSet.of(List.of(new TrustBundle(WEST, 1, List.of(deepRoot))));
        // Then
        assertThat(PeerVerifier.verify(List.of(leaf, issuing), bundles, NOW).id())
                .isEqualTo(WEST_API);
    }

    @Test
    void anIntermediateOfAnotherTrustDomainIsRefused() {
        // Given
        Forge intermediate = Forge.signedBy(deepRoot, deep.key(), NOW)
                .authority()
                .subject("CN=issuing")
                .uri(EAST_WEB.trustDomain().uri());
        X509Certificate issuing = intermediate.make();
        X509Certificate leaf = Forge.signedBy(issuing, intermediate.key(), NOW)
                .uri(WEST_API.toString())
                .make();
        BundleSet bundles = BundleSet.of(List.of(new TrustBundle(WEST, 1, List.of(deepRoot))));
        // Then
        assertRefused(Fault.BAD_CERTIFICATE, () -> PeerVerifier.verify(List.of(leaf, issuing), bundles, NOW));
    }

    @Test
    void aWorkloadCannotIssueForOthers() {
        // Given a workload signs a second leaf with the key of its own SVID
        Forge workload = Forge.signedBy(mesh.west, NOW).uri(WEST_API.toString()).subject("O=mine");
        X509Certificate mine = workload.make();
        X509Certificate second = Forge.signedBy(mine, workload.key(), NOW)
                .uri("spiffe://west.demo.tombolo/ns/tombolo-system/sa/gateway")
                .make();
        // Then
        assertRefused(Fault.BAD_CERTIFICATE, () -> PeerVerifier.verify(List.of(second, mine), both, NOW));
    }

    @Test
    void aRootOfPathLengthZeroAllowsNoIntermediate() {
        for (int most : List.of(0, 1)) {
            // Given
            Forge shallow = Forge.root("CN=shallow", NOW).pathLength(most);
            X509Certificate root = shallow.make();
            Forge intermediate =
                    Forge.signedBy(root, shallow.key(), NOW).authority().subject("CN=sub");
            X509Certificate issuing = intermediate.make();
            X509Certificate leaf = Forge.signedBy(issuing, intermediate.key(), NOW)
                    .uri(WEST_API.toString())
                    .make();
            BundleSet bundles = BundleSet.of(List.of(new TrustBundle(WEST, 1, List.of(root))));
            // Then
            if (most == 0) {
                assertRefused(Fault.BAD_CERTIFICATE, () -> PeerVerifier.verify(List.of(leaf, issuing), bundles, NOW));
            } else {
                assertThat(PeerVerifier.verify(List.of(leaf, issuing), bundles, NOW)
                                .id())
                        .isEqualTo(WEST_API);
            }
        }
    }

    @Test
    void anIntermediatesNameConstraintsBind() {
        for (String host : List.of("west.demo.tombolo", "other.example")) {
            // Given
            Forge intermediate = Forge.signedBy(deepRoot, deep.key(), NOW)
                    .authority()
                    .subject("CN=issuing")
                    .onlyUriHost(host);
            X509Certificate issuing = intermediate.make();
            X509Certificate leaf = Forge.signedBy(issuing, intermediate.key(), NOW)
                    .uri(WEST_API.toString())
                    .make();
            BundleSet bundles = BundleSet.of(List.of(new TrustBundle(WEST, 1, List.of(deepRoot))));
            // Then
            if (host.equals(WEST.name())) {
                assertThat(PeerVerifier.verify(List.of(leaf, issuing), bundles, NOW)
                                .id())
                        .isEqualTo(WEST_API);
            } else {
                assertRefused(Fault.BAD_CERTIFICATE, () -> PeerVerifier.verify(List.of(leaf, issuing), bundles, NOW));
            }
        }
    }

    @Test
    void chainsThatAreEmptyOrTooLongAreRefused() {
        X509Certificate leaf = mesh.westApi().chain().getFirst();
        assertRefused(Fault.BAD_CERTIFICATE, () -> PeerVerifier.verify(List.of(), both, NOW));
        assertRefused(Fault.BAD_CERTIFICATE, () -> PeerVerifier.verify(Collections.nCopies(9, leaf), both, NOW));
    }
}
