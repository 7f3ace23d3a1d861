package io.tombolo.trustbundle.verify;

import static io.tombolo.trustbundle.Faults.faultBehind;
import static io.tombolo.trustbundle.x509.TestMesh.NOW;
import static io.tombolo.trustbundle.x509.TestMesh.WEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.x509.CertificateAuthority;
import io.tombolo.trustbundle.x509.CertificateRequest;
import io.tombolo.trustbundle.x509.EnrolmentCertificate;
import io.tombolo.trustbundle.x509.Forge;
import io.tombolo.trustbundle.x509.ServerNames;
import io.tombolo.trustbundle.x509.TestMesh;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PinnedTrustManagerTest {
    private final TestMesh mesh = new TestMesh();
    private final PinnedTrustManager pinned = at(NOW);

    @Test
    void enrolmentCertificateAndControllerSvidAreAccepted() {
        // Given
        List<X509Certificate> controller = mesh.west.withRoot(
                TestMesh.svid(mesh.west, SpiffeId.controller(WEST), Optional.of("control.west.demo.tombolo"))
                        .chain());
        // Then
        assertThatCode(() -> check(pinned, enrolment())).doesNotThrowAnyException();
        assertThatCode(() -> check(pinned, controller)).doesNotThrowAnyException();
    }

    /** A replica of the controller that stands by takes over with a CA below the one that tokens pin. */
    @Test
    void aServerOfACaBelowThePinnedOneIsAccepted() {
        P256Key second = P256Key.generate();
        var replica =
                CertificateAuthority.fromParts(WEST, mesh.west.vouchFor(CertificateRequest.make(second), NOW), second);
        List<X509Certificate> controller = replica.withRoot(
                TestMesh.svid(replica, SpiffeId.controller(WEST), Optional.of("control.west.demo.tombolo"))
                        .chain());
        assertThatCode(() -> check(pinned, controller)).doesNotThrowAnyException();
        assertThat(refusal(
                        pinned,
                        replica.withRoot(TestMesh.svid(replica, TestMesh.WEST_API, Optional.empty())
                                .chain())))
                .isEqualTo(Fault.BAD_CERTIFICATE);
    }

    @Test
    void aWorkloadOfTheSameCaCannotPoseAsTheEnrolmentServer() {
        List<X509Certificate> workload = mesh.west.withRoot(mesh.westApi().chain());
        assertThat(refusal(pinned, workload)).isEqualTo(Fault.BAD_CERTIFICATE);
    }

    @Test
    void thePinnedCertificateBesideAForeignChainHelpsNobody() {
        // Given a stranger's leaf, followed by the genuine CA certificate, which is public
        X509Certificate foreign =
                Forge.signedBy(mesh.east, NOW).dns("authority.example").make();
        // Then
        assertThat(refusal(pinned, List.of(foreign, mesh.west.root()))).isEqualTo(Fault.BAD_CERTIFICATE);
        assertThat(refusal(pinned, List.of(foreign, mesh.east.root(), mesh.west.root())))
                .isEqualTo(Fault.BAD_CERTIFICATE);
    }

    @Test
    void aLeafWithThePinnedKeyItselfIsNotACa() {
        // Given the pinned key in a leaf, presented alone
        X509Certificate leaf = Forge.signedBy(mesh.west, NOW)
                .publicKey(mesh.west.key().publicKey())
                .make();
        // Then
        assertThat(refusal(pinned, List.of(leaf))).isEqualTo(Fault.WRONG_ENROLMENT_CA);
    }

    @Test
    void certificatesForClientsAndExpiredOnesAreRefused() {
        // Given
        X509Certificate forClients =
                Forge.signedBy(mesh.west, NOW).forClientsOnly().make();
        PinnedTrustManager later = at(NOW.plus(Duration.ofDays(2)));
        // Then
        assertThat(refusal(pinned, List.of(forClients, mesh.west.root()))).isEqualTo(Fault.BAD_CERTIFICATE);
        assertThat(refusal(later, enrolment())).isEqualTo(Fault.BAD_CERTIFICATE);
    }

    @Test
    void aChainWithoutThePinnedCaIsAnotherEnrolmentCa() {
        List<X509Certificate> leafOnly = enrolment().subList(0, 1);
        assertThat(refusal(pinned, leafOnly)).isEqualTo(Fault.WRONG_ENROLMENT_CA);
        assertThat(refusal(pinned, mesh.east.withRoot(mesh.eastWeb().chain()))).isEqualTo(Fault.WRONG_ENROLMENT_CA);
    }

    @Test
    void clientsAreNeverAccepted() {
        X509Certificate[] chain = enrolment().toArray(X509Certificate[]::new);
        Throwable thrown = catchThrowable(() -> pinned.checkClientTrusted(chain, "UNKNOWN"));
        assertThat(faultBehind(thrown)).isEqualTo(Fault.BAD_CERTIFICATE);
    }

    @Test
    void theListOfIssuersTellsNothing() {
        assertThat(pinned.getAcceptedIssuers()).isEmpty();
    }

    private List<X509Certificate> enrolment() {
        return EnrolmentCertificate.issue(
                mesh.west,
                P256Key.generate().publicKey(),
                ServerNames.of(List.of("authority.example", "10.0.0.1", "::1")),
                NOW,
                Duration.ofDays(1));
    }

    private PinnedTrustManager at(Instant now) {
        return new PinnedTrustManager(mesh.west.pin(), InstantSource.fixed(now));
    }

    private static void check(PinnedTrustManager manager, List<X509Certificate> chain) throws Exception {
        manager.checkServerTrusted(chain.toArray(X509Certificate[]::new), "UNKNOWN");
    }

    private static Fault refusal(PinnedTrustManager manager, List<X509Certificate> chain) {
        return faultBehind(catchThrowable(() -> check(manager, chain)));
    }
}
