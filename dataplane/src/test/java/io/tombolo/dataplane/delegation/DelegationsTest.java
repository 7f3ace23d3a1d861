package io.tombolo.dataplane.delegation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.fixture.Configs;
import io.tombolo.dataplane.fixture.TestCluster;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.delegation.Challenge;
import io.tombolo.model.delegation.Delegation;
import io.tombolo.model.delegation.Here;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Alpn;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.name.Sni;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.trustbundle.pem.Der;
import io.tombolo.trustbundle.proof.ProofText;
import io.tombolo.trustbundle.svid.Svid;
import io.tombolo.trustbundle.svid.SvidSignature;
import io.tombolo.wire.codec.DelegationCodec;
import io.tombolo.wire.codec.FeedEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** An attacker with a terminating gateway's key, at the sidecar that is to believe it. */
class DelegationsTest {
    private static final TestCluster EAST = new TestCluster("east");
    private static final TestCluster WEST = new TestCluster("west");
    private static final Svid CALLER = EAST.workload("frontend");
    private static final Audience GATEWAY = new Audience(SpiffeId.gateway(WEST.trustDomain()), InstanceId.of(7));
    private static final Sni.Service TARGET =
            Sni.Service.any(new ServicePort(Configs.CHECKOUT, 80), WEST.id(), TestCluster.FEDERATION);
    private static final Instant NOW = Instant.now();

    private final Challenge challenge = Delegations.challenge(InstanceId.of(1));

    private static ProxyConfig config(MemberState east, FeedEntry... more) {
        var entries = new ArrayList<>(List.of(
                Configs.own(WEST, Optional.empty()),
                Configs.member(EAST, east),
                Configs.member(WEST, MemberState.ADMITTED),
                Configs.bundle(EAST),
                Configs.bundle(WEST)));
        entries.addAll(List.of(more));
        return ProxyConfig.of(1, entries);
    }

    private Here here() {
        return new Here(GATEWAY.id(), GATEWAY.instance(), TARGET, challenge, Delegation.SPOKEN);
    }

    private Delegation said() {
        return new Delegation(GATEWAY.id(), GATEWAY.instance(), TARGET, challenge, Alpn.H2, NOW.plus(Delegation.USUAL));
    }

    private Fault refusal(byte[] message, ProxyConfig config) {
        return catchThrowableOfType(
                        TomboloException.class,
                        () -> Delegations.verify(DelegationCodec.signed(message), here(), config, NOW))
                .fault();
    }

    @Test
    void theCallerIsWhoSignedAndNotWhoBroughtIt() {
        // When
        var caller = Delegations.verify(
                DelegationCodec.signed(Delegations.sign(CALLER, said())), here(), config(MemberState.ADMITTED), NOW);
        // Then
        assertThat(caller.id()).isEqualTo(CALLER.id());
        assertThat(caller.serial()).isEqualTo(CALLER.serial());
    }

    /** Every byte of the message counts: what was signed, the signature, the chain. */
    @Test
    void noBitCanBeTurnedWithoutARefusal() {
        byte[] message = Delegations.sign(CALLER, said());
        ProxyConfig config = config(MemberState.ADMITTED);
        var random = new SplittableRandom(1);
        for (int at = 0; at < message.length; at++) {
            byte[] forged = message.clone();
            forged[at] ^= (byte) (1 << random.nextInt(8));
            assertThat(catchThrowableOfType(
                            TomboloException.class,
                            () -> Delegations.verify(DelegationCodec.signed(forged), here(), config, NOW)))
                    .as("byte %d of %d", at, message.length)
                    .isNotNull();
        }
    }

    @Test
    void aCallerThatNobodyHasAKeyOfCannotBeMadeUp() {
        // Given: the gateway signs by its own key and shows the caller's chain
        byte[] bytes = DelegationCodec.bytes(said());
        List<byte[]> chain = Der.bytes(CALLER.chain());
        byte[] signature =
                SvidSignature.sign(WEST.gateway(GATEWAY.instance()), ProofText.delegation(bytes, chain.getFirst()));
        // Then
        assertThat(refusal(DelegationCodec.bytes(bytes, signature, chain), config(MemberState.ADMITTED)))
                .isEqualTo(Fault.DELEGATION_REFUSED);
    }

    @Test
    void aSignatureOverTheSameBytesForAnotherPurposeIsNone() {
        byte[] bytes = DelegationCodec.bytes(said());
        byte[] signature = SvidSignature.sign(CALLER, bytes);
        assertThat(refusal(
                        DelegationCodec.bytes(bytes, signature, Der.bytes(CALLER.chain())),
                        config(MemberState.ADMITTED)))
                .isEqualTo(Fault.DELEGATION_REFUSED);
    }

    @Test
    void anotherClusterCannotVouchForACallerOfEast() {
        // Given: another CA that calls itself east
        Svid impostor = new TestCluster("east").workload("frontend");
        // Then
        assertThat(refusal(Delegations.sign(impostor, said()), config(MemberState.ADMITTED)))
                .isEqualTo(Fault.BAD_CERTIFICATE);
        assertThat(refusal(
                        Delegations.sign(new TestCluster("north").workload("frontend"), said()),
                        config(MemberState.ADMITTED)))
                .isEqualTo(Fault.UNKNOWN_TRUST_DOMAIN);
    }

    @Test
    void whoseClusterIsEvictedOrWhoIsRevokedHasNoWord() {
        byte[] message = Delegations.sign(CALLER, said());
        var revoked = new FeedEntry.Revocation(
                "east-0", Optional.empty(), ByteString.copyFrom(CALLER.serial().toByteArray()), EAST.trustDomain());
        assertThat(refusal(message, config(MemberState.EVICTED))).isEqualTo(Fault.UNKNOWN_TRUST_DOMAIN);
        assertThat(refusal(message, config(MemberState.ADMITTED, revoked))).isEqualTo(Fault.EVICTED_PEER);
    }

    @Test
    void whatWasSaidOnAnotherConnectionIsRefusedHere() {
        // Given
        byte[] old = Delegations.sign(CALLER, said());
        var another = new Here(
                GATEWAY.id(), GATEWAY.instance(), TARGET, Delegations.challenge(InstanceId.of(1)), Delegation.SPOKEN);
        // Then
        assertThat(catchThrowableOfType(
                                TomboloException.class,
                                () -> Delegations.verify(
                                        DelegationCodec.signed(old), another, config(MemberState.ADMITTED), NOW))
                        .fault())
                .isEqualTo(Fault.DELEGATION_REFUSED);
    }

    @Test
    void aCallerWhoseCertificateIsOverIsRefused() {
        byte[] message = Delegations.sign(CALLER, said());
        Instant later = CALLER.notAfter().plusSeconds(1);
        var said = DelegationCodec.signed(message);
        var lasting = new Delegation(
                GATEWAY.id(), GATEWAY.instance(), TARGET, challenge, Alpn.H2, later.plus(Duration.ofMinutes(1)));
        assertThat(said.said()).isNotEqualTo(lasting);
        assertThat(catchThrowableOfType(
                                TomboloException.class,
                                () -> Delegations.verify(
                                        DelegationCodec.signed(Delegations.sign(CALLER, lasting)),
                                        here(),
                                        config(MemberState.ADMITTED),
                                        later))
                        .fault())
                .isEqualTo(Fault.BAD_CERTIFICATE);
    }

    @Test
    void noChallengeIsMadeTwice() {
        Set<Challenge> made = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            made.add(Delegations.challenge(InstanceId.of(1)));
        }
        assertThat(made).hasSize(1_000);
    }

    @Test
    void onlyAGatewayOfThatClusterIsAnAudience() {
        var config = config(MemberState.ADMITTED);
        var gateway = peer(WEST.gateway(InstanceId.of(7)), config);
        assertThat(Audience.of(gateway, WEST.id(), TestCluster.FEDERATION)).contains(GATEWAY);
        assertThat(Audience.of(gateway, EAST.id(), TestCluster.FEDERATION)).isEmpty();
        assertThat(Audience.of(peer(WEST.workload("checkout"), config), WEST.id(), TestCluster.FEDERATION))
                .isEmpty();
        assertThat(Audience.of(peer(WEST.controller(), config), WEST.id(), TestCluster.FEDERATION))
                .isEmpty();
    }

    private static io.tombolo.trustbundle.verify.VerifiedPeer peer(Svid svid, ProxyConfig config) {
        return io.tombolo.trustbundle.verify.PeerVerifier.verify(svid.chain(), config.bundles(), NOW);
    }
}
