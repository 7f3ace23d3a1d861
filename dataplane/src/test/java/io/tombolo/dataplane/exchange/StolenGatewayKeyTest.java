package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.dataplane.delegation.Delegations;
import io.tombolo.dataplane.fixture.TestCluster;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.delegation.Challenge;
import io.tombolo.model.delegation.Delegation;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.name.Alpn;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.trustbundle.pem.Der;
import io.tombolo.trustbundle.proof.ProofText;
import io.tombolo.trustbundle.svid.InstanceName;
import io.tombolo.trustbundle.svid.Svid;
import io.tombolo.trustbundle.svid.SvidSignature;
import io.tombolo.wire.codec.DelegationCodec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who has the key of a gateway of west, and what was said to it, at the sidecars of west. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StolenGatewayKeyTest {
    private static final InstanceId STOLEN = Mesh.instance(90);
    private static final InstanceId OTHER = Mesh.instance(91);

    private final Mesh mesh = new Mesh(1);
    private final Svid gateway = mesh.west.gateway(STOLEN);
    private final Svid frontend = mesh.east.workload("frontend");
    private RawApp app;
    private TestSidecar server;

    @BeforeEach
    void serve() throws Exception {
        app = RawApp.answering(RawApp.ok("answer"));
        server = mesh.inWest(1, app.port());
        mesh.westMode = ExportMode.TERMINATE;
        mesh.push();
    }

    @AfterEach
    void end() {
        mesh.close();
        app.close();
    }

    private interface Lie {
        byte[] to(Challenge challenge) throws Exception;
    }

    /** Hands over whatever {@code lie} makes, and asks. */
    private String handsOver(TestSidecar to, Svid as, ServicePort port, Lie lie) throws Exception {
        try (Spoken spoken = Spoken.with(as, to.address(), Spoken.name(port, mesh.west), Alpn.TOMBOLO_FWD)) {
            spoken.delegates(lie.to(spoken.challenge()));
            spoken.says(Spoken.REQUEST);
            return spoken.rest();
        }
    }

    private String handsOver(Lie lie) throws Exception {
        return handsOver(server, gateway, Mesh.http(), lie);
    }

    private byte[] word(Svid caller, Challenge to) {
        return Spoken.word(caller, gateway, STOLEN, Mesh.http(), mesh.west, to);
    }

    private void refused(String answer, Fault why) {
        assertThat(answer).isEmpty();
        assertThat(app.heads).isEmpty();
        assertThat(server.metrics.fault(why).value()).isEqualTo(1);
    }

    @Test
    void aLiveCallersWordIsTakenElseThisShowsNothing() throws Exception {
        assertThat(handsOver(challenge -> word(frontend, challenge))).endsWith("answer");
    }

    @Test
    void aCallerCannotBeMadeUp() throws Exception {
        // When: the shown chain is the caller's, the signature the gateway's
        String answer = handsOver(challenge -> {
            byte[] said = DelegationCodec.bytes(new Delegation(
                    gateway.id(),
                    STOLEN,
                    Spoken.name(Mesh.http(), mesh.west),
                    challenge,
                    Alpn.HTTP_1_1,
                    Instant.now().plus(Delegation.USUAL)));
            var chain = Der.bytes(frontend.chain());
            byte[] signature = SvidSignature.sign(gateway, ProofText.delegation(said, chain.getFirst()));
            return DelegationCodec.bytes(said, signature, chain);
        });
        // Then
        refused(answer, Fault.DELEGATION_REFUSED);
    }

    @Test
    void theGatewayIsNobodysCallerNeitherByItsOwnWordNorWithoutOne() throws Exception {
        // When
        String byWord = handsOver(challenge -> word(gateway, challenge));
        String direct = Intruder.says(gateway, server, Mesh.http(), "http/1.1", Spoken.REQUEST);
        // Then
        assertThat(byWord).startsWith("HTTP/1.1 403 ").contains("TB-2013");
        assertThat(direct).startsWith("HTTP/1.1 403 ").contains("TB-2013");
        assertThat(app.heads).isEmpty();
    }

    @Test
    void whatWasSaidOnceIsWorthNothingTheNextTime() throws Exception {
        // Given
        byte[][] old = new byte[1][];
        assertThat(handsOver(challenge -> old[0] = word(frontend, challenge))).endsWith("answer");
        app.heads.clear();
        // When
        String again = handsOver(challenge -> old[0]);
        // Then
        refused(again, Fault.DELEGATION_REFUSED);
    }

    @Test
    void whatWasSaidToOneInstanceIsWorthNothingAtAnother() throws Exception {
        // Given: it was withheld, not used
        TestSidecar second = mesh.inWest(2, app.port());
        mesh.push();
        try (Spoken held =
                Spoken.with(gateway, second.address(), Spoken.name(Mesh.http(), mesh.west), Alpn.TOMBOLO_FWD)) {
            byte[] forSecond = word(frontend, held.challenge());
            // When
            String elsewhere = handsOver(challenge -> forSecond);
            // Then
            refused(elsewhere, Fault.DELEGATION_REFUSED);
        }
    }

    @Test
    void theCallersChallengeCannotBeReplacedByAnOlderOne() throws Exception {
        // When: the caller was made to sign what the attacker chose
        String answer = handsOver(challenge -> word(frontend, Delegations.challenge(challenge.instance())));
        // Then
        refused(answer, Fault.DELEGATION_REFUSED);
    }

    @Test
    void whatIsOverIsRefused() throws Exception {
        String answer = handsOver(challenge -> Spoken.word(
                frontend,
                gateway,
                STOLEN,
                Mesh.http(),
                mesh.west,
                challenge,
                Instant.now().minusSeconds(1)));
        refused(answer, Fault.DELEGATION_EXPIRED);
    }

    @Test
    void whatIsToHoldForTooLongIsRefused() throws Exception {
        String answer = handsOver(challenge -> Spoken.word(
                frontend,
                gateway,
                STOLEN,
                Mesh.http(),
                mesh.west,
                challenge,
                Instant.now().plus(Delegation.LONGEST).plusSeconds(60)));
        refused(answer, Fault.DELEGATION_EXPIRED);
    }

    @Test
    void whatWasSaidToAnotherGatewayIsRefused() throws Exception {
        String answer =
                handsOver(challenge -> Spoken.word(frontend, gateway, OTHER, Mesh.http(), mesh.west, challenge));
        refused(answer, Fault.DELEGATION_REFUSED);
    }

    @Test
    void whatWasSaidAboutAnotherPortOrClusterIsRefused() throws Exception {
        String port = handsOver(challenge -> Spoken.word(frontend, gateway, STOLEN, Mesh.tcp(), mesh.west, challenge));
        refused(port, Fault.DELEGATION_REFUSED);
        String cluster =
                handsOver(challenge -> Spoken.word(frontend, gateway, STOLEN, Mesh.http(), mesh.east, challenge));
        assertThat(cluster).isEmpty();
        assertThat(server.metrics.fault(Fault.DELEGATION_REFUSED).value()).isEqualTo(2);
    }

    @Test
    void whatIsNoDelegationIsRefused() throws Exception {
        refused(handsOver(challenge -> new byte[] {1, 2, 3}), Fault.BAD_DELEGATION);
    }

    @Test
    void nobodyButTheClustersOwnGatewaysSpeaksForOthers() throws Exception {
        Svid misnamed = mesh.east.svid( // its CA may write any name into the certificate
                SpiffeId.gateway(mesh.east.trustDomain()),
                Optional.of(new InstanceName.Gateway(STOLEN, mesh.west.id(), TestCluster.FEDERATION).toString()));
        for (Svid nobody : List.of(
                mesh.west.workload("checkout"),
                mesh.west.controller(),
                mesh.east.gateway(STOLEN),
                frontend,
                misnamed)) {
            try (Spoken spoken =
                    Spoken.with(nobody, server.address(), Spoken.name(Mesh.http(), mesh.west), Alpn.TOMBOLO_FWD)) {
                assertThat(spoken.rest()).isEmpty();
            }
        }
        assertThat(server.metrics.fault(Fault.NOT_OWN_GATEWAY).value()).isEqualTo(5);
    }

    @Test
    void nobodyIsHandedOverToAServiceThatIsNotExportedSo() throws Exception {
        // Given
        mesh.westMode = ExportMode.PASSTHROUGH;
        mesh.push();
        // When
        try (Spoken spoken =
                Spoken.with(gateway, server.address(), Spoken.name(Mesh.http(), mesh.west), Alpn.TOMBOLO_FWD)) {
            // Then
            assertThat(spoken.rest()).isEmpty();
        }
        assertThat(server.counted("tombolo_forwarded_connections_total")).isZero();
    }
}
