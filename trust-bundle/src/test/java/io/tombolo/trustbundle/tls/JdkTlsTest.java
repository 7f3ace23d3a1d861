package io.tombolo.trustbundle.tls;

import static io.tombolo.trustbundle.Faults.faultBehind;
import static io.tombolo.trustbundle.x509.TestMesh.EAST_WEB;
import static io.tombolo.trustbundle.x509.TestMesh.NOW;
import static io.tombolo.trustbundle.x509.TestMesh.WEST_API;
import static io.tombolo.trustbundle.x509.TestMesh.bundle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tombolo.model.fault.Fault;
import io.tombolo.trustbundle.bundle.BundleSet;
import io.tombolo.trustbundle.key.KeyPin;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.svid.Svid;
import io.tombolo.trustbundle.svid.SvidLeaf;
import io.tombolo.trustbundle.verify.PinnedTrustManager;
import io.tombolo.trustbundle.verify.SpiffeTrustManager;
import io.tombolo.trustbundle.x509.EnrolmentCertificate;
import io.tombolo.trustbundle.x509.ServerNames;
import io.tombolo.trustbundle.x509.TestMesh;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;

class JdkTlsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);

    private final TestMesh mesh = new TestMesh();
    private final BundleSet both = BundleSet.of(List.of(bundle(mesh.west), bundle(mesh.east)));
    private final BundleSet westOnly = BundleSet.of(List.of(bundle(mesh.west)));

    @Test
    void bothSidesSeeWhoTheOtherIsAndShareTheChannelBinding() throws Exception {
        // When
        EnginePair pair = pair(server(both), client(both)).shakeHands();
        pair.exchange();
        // Then
        assertThat(SvidLeaf.read(peer(pair.client)).id()).isEqualTo(WEST_API);
        assertThat(SvidLeaf.read(peer(pair.server)).id()).isEqualTo(EAST_WEB);
        assertThat(TlsExporter.channelBinding(pair.client.getSession()))
                .hasSize(TlsExporter.LENGTH)
                .isEqualTo(TlsExporter.channelBinding(pair.server.getSession()));
        assertThat(pair.client.getSession().getProtocol()).isEqualTo("TLSv1.3");
    }

    @Test
    void everyConnectionHasAnotherChannelBinding() throws Exception {
        EnginePair one = pair(server(both), client(both)).shakeHands();
        EnginePair other = pair(server(both), client(both)).shakeHands();
        assertThat(TlsExporter.channelBinding(one.client.getSession()))
                .isNotEqualTo(TlsExporter.channelBinding(other.client.getSession()));
    }

    @Test
    void noBindingBeforeTheHandshake() {
        SSLEngine fresh = client(both).engine();
        assertThat(faultBehind(catchThrowable(() -> TlsExporter.channelBinding(fresh.getSession()))))
                .isEqualTo(Fault.PROOF_INVALID);
    }

    @Test
    void clientOfAnUnknownTrustDomainIsRefusedAndTheServerKnowsWhy() {
        Throwable thrown =
                catchThrowable(() -> pair(server(westOnly), client(both)).shakeHands());
        assertThat(faultBehind(thrown)).isEqualTo(Fault.UNKNOWN_TRUST_DOMAIN);
    }

    @Test
    void serverOfAnUnknownTrustDomainIsRefusedAndTheClientKnowsWhy() {
        BundleSet eastOnly = BundleSet.of(List.of(bundle(mesh.east)));
        Throwable thrown =
                catchThrowable(() -> pair(server(both), client(eastOnly)).shakeHands());
        assertThat(faultBehind(thrown)).isEqualTo(Fault.UNKNOWN_TRUST_DOMAIN);
    }

    @Test
    void serverThatIsAnotherWorkloadThanDemandedIsRefused() {
        // Given
        var trust = new SpiffeTrustManager(() -> both, CLOCK).demanding(Set.of(EAST_WEB));
        JdkTls client = JdkTls.client(keys(mesh.eastWeb()), trust);
        // Then
        assertThat(faultBehind(catchThrowable(() -> pair(server(both), client).shakeHands())))
                .isEqualTo(Fault.WRONG_SERVER);
    }

    @Test
    void clientWithoutCertificateIsRefused() {
        JdkTls nobody = JdkTls.clientWithoutIdentity(new SpiffeTrustManager(() -> both, CLOCK));
        assertThatThrownBy(() -> pair(server(both), nobody).shakeHands()).isInstanceOf(SSLException.class);
    }

    @Test
    void olderProtocolIsRefused() {
        SSLEngine old = client(both).engine();
        old.setEnabledProtocols(new String[] {"TLSv1.2"});
        assertThatThrownBy(() -> new EnginePair(old, server(both).engine()).shakeHands())
                .isInstanceOf(SSLException.class);
    }

    @Test
    void enrolmentServerIsKnownByThePinOfItsCa() throws Exception {
        // When
        EnginePair pair = pair(enrolment(), pinned(mesh.west.pin())).shakeHands();
        pair.exchange();
        // Then
        assertThat(TlsExporter.channelBinding(pair.client.getSession()))
                .isEqualTo(TlsExporter.channelBinding(pair.server.getSession()));
        assertThatThrownBy(() -> pair.server.getSession().getPeerCertificates())
                .isInstanceOf(SSLPeerUnverifiedException.class);
    }

    @Test
    void enrolmentServerWithAnotherPinIsRefused() {
        Throwable thrown =
                catchThrowable(() -> pair(enrolment(), pinned(mesh.east.pin())).shakeHands());
        assertThat(faultBehind(thrown)).isEqualTo(Fault.WRONG_ENROLMENT_CA);
    }

    @Test
    void renewedSvidIsShownFromTheNextHandshakeOn() throws Exception {
        // Given
        var held = new AtomicReference<>(mesh.westApi());
        JdkTls server = JdkTls.server(new SvidKeyManager(held::get), new SpiffeTrustManager(() -> both, CLOCK));
        pair(server, client(both)).shakeHands();
        // When
        Svid renewed = mesh.westApi();
        held.set(renewed);
        // Then
        EnginePair pair = pair(server, client(both)).shakeHands();
        assertThat(peer(pair.client).getSerialNumber()).isEqualTo(renewed.serial());
    }

    private JdkTls server(BundleSet bundles) {
        return JdkTls.server(keys(mesh.westApi()), new SpiffeTrustManager(() -> bundles, CLOCK));
    }

    private JdkTls client(BundleSet bundles) {
        return JdkTls.client(keys(mesh.eastWeb()), new SpiffeTrustManager(() -> bundles, CLOCK));
    }

    private JdkTls enrolment() {
        P256Key key = P256Key.generate();
        List<X509Certificate> chain = EnrolmentCertificate.issue(
                mesh.west, key.publicKey(), ServerNames.of(List.of("localhost", "127.0.0.1")), NOW, Duration.ofDays(1));
        return JdkTls.serverForStrangers(new CurrentKeyManager(() -> new CertifiedKey(chain, key.privateKey())));
    }

    private static JdkTls pinned(KeyPin pin) {
        return JdkTls.clientWithoutIdentity(new PinnedTrustManager(pin, CLOCK));
    }

    private static SvidKeyManager keys(Svid svid) {
        return new SvidKeyManager(() -> svid);
    }

    private static EnginePair pair(JdkTls server, JdkTls client) {
        return new EnginePair(client.engine("1.api.payments.west.demo.tombolo"), server.engine());
    }

    private static X509Certificate peer(SSLEngine engine) throws SSLPeerUnverifiedException {
        return (X509Certificate) engine.getSession().getPeerCertificates()[0];
    }
}
