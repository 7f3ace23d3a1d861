package io.tombolo.controller.join;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.members.MembersLog;
import io.tombolo.controller.identity.ClusterSettings;
import io.tombolo.controller.identity.MemberKeys;
import io.tombolo.controller.identity.Membership;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationId;
import io.tombolo.model.name.FederationName;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.trustbundle.key.KeyPin;
import io.tombolo.trustbundle.pem.Der;
import io.tombolo.trustbundle.proof.ProofText;
import io.tombolo.trustbundle.x509.CertificateAuthority;
import io.tombolo.trustbundle.x509.CertificateRequest;
import io.tombolo.wire.join.Proof;
import io.tombolo.wire.join.RedeemRequest;
import io.tombolo.wire.join.RedeemResponse;
import io.tombolo.wire.token.JoinToken;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One join with one token, from the joiner's side. Repeated with the same token after an interruption, it goes on. */
final class Joining implements AutoCloseable {
    private final JoinToken token;
    private final ClusterSettings settings;
    private final Supplier<CertificateAuthority> ca;
    private final StateDirectory state;
    private final FederationName federation;
    private final FederationId federationId;
    private @Nullable EnrolmentClient client;

    /** @param ca of the coming epoch; @throws TomboloException TOKEN_OTHER_CLUSTER, TOKEN_MALFORMED */
    Joining(JoinToken token, ClusterSettings settings, Supplier<CertificateAuthority> ca, StateDirectory state) {
        this.token = token;
        this.settings = settings;
        this.ca = ca;
        this.state = state;
        this.federation = new FederationName(token.getFederationName());
        this.federationId = FederationId.of(token.getFederationId().toByteArray());
        checkToken();
    }

    private void checkToken() {
        if (!token.getCluster().equals(settings.cluster().value())) {
            throw new TomboloException(
                    Fault.TOKEN_OTHER_CLUSTER,
                    "token",
                    "it is for cluster " + new ClusterId(token.getCluster()) + ", this is " + settings.cluster(),
                    "ask the authority for a token for " + settings.cluster());
        }
        if (token.getEnrolmentAddressesCount() == 0) {
            throw new TomboloException(Fault.TOKEN_MALFORMED, "token", "it names no authority", "ask for another one");
        }
        // An expired token may have been redeemed in time by this very cluster: the authority decides.
    }

    FederationName federation() {
        return federation;
    }

    FederationId federationId() {
        return federationId;
    }

    TrustDomain trustDomain() {
        return settings.trustDomainIn(federation);
    }

    /** Finds an authority that answers; its name for the step. */
    String reach() {
        @Nullable TomboloException last = null;
        for (String text : token.getEnrolmentAddressesList()) {
            HostPort address = HostPort.parse(text);
            var next =
                    new EnrolmentClient(address, KeyPin.ofBytes(token.getCaPin().toByteArray()));
            try {
                next.hello(federationId);
                client = next;
                return "authority " + address + ", its key is the one that the token pins";
            } catch (TomboloException failed) {
                next.close();
                last = failed;
            }
        }
        throw last == null
                ? new TomboloException(Fault.TOKEN_MALFORMED, "token", "it names no authority", "ask for another one")
                : last;
    }

    /** What redeeming would meet. */
    List<String> check() {
        List<String> problems = checked();
        if (problems.stream().noneMatch(problem -> problem.contains(Fault.BOUND_ELSEWHERE.code()))) {
            return problems;
        }
        MemberKeys.dropNext(state);
        return checked();
    }

    private List<String> checked() {
        return connected().call(stub -> stub.check(request()).getProblemsList());
    }

    /** Redeems and verifies the answer: genesis, every signature, and that this cluster was admitted with its own keys. */
    RedeemResponse redeem() {
        RedeemResponse answer = redeemed();
        MembersLog members = MembersBook.applyAll(MembersLog.of(federationId), answer.getMembersList());
        boolean admitted = members.member(settings.cluster())
                .filter(m -> m.state() == MemberState.ADMITTED && m.epoch() == answer.getEpoch())
                .filter(m -> m.signingKeys().contains(keys().recordSigning().publicKey()))
                .filter(m -> m.trustDomain().equals(trustDomain()))
                .isPresent();
        if (!admitted) {
            throw new TomboloException(
                    Fault.NOT_A_MEMBER,
                    "answer of the authority",
                    "its members list does not admit this cluster with its own keys",
                    "do not trust this authority; tell the others");
        }
        return answer;
    }

    /** Keys that an epoch had which is over by now can never join again: others are made then. */
    private RedeemResponse redeemed() {
        try {
            return connected().call(stub -> stub.redeem(request()));
        } catch (TomboloException refused) {
            if (refused.fault() != Fault.BOUND_ELSEWHERE) {
                throw refused;
            }
            MemberKeys.dropNext(state);
            return connected().call(stub -> stub.redeem(request()));
        }
    }

    private MemberKeys keys() {
        return MemberKeys.next(state);
    }

    /** How many members the answer names. */
    static int memberCount(RedeemResponse answer, FederationId federation) {
        return MembersBook.applyAll(MembersLog.of(federation), answer.getMembersList())
                .admitted()
                .size();
    }

    Membership membership(RedeemResponse answer) {
        return new Membership(
                settings.cluster(),
                federation,
                federationId,
                answer.getEpoch(),
                trustDomain(),
                false,
                Membership.Ended.NO);
    }

    private EnrolmentClient connected() {
        return Objects.requireNonNull(client, "an authority was reached first");
    }

    private RedeemRequest request() {
        ClusterId cluster = settings.cluster();
        MemberKeys keys = keys();
        CertificateAuthority authority = ca.get();
        List<byte[]> requests = List.of(
                CertificateRequest.make(authority.key()).der(),
                CertificateRequest.make(keys.recordSigning()).der(),
                CertificateRequest.make(keys.controller()).der(),
                CertificateRequest.make(keys.backbone()).der());
        byte[] tokenId = token.getTokenId().toByteArray();
        byte[] proof = Ed25519Key.fromSeed(token.getSeed().toByteArray())
                .sign(ProofText.join(connected().exporter(), tokenId, federationId, cluster, requests));
        return RedeemRequest.newBuilder()
                .setTokenId(token.getTokenId())
                .setFederationId(token.getFederationId())
                .setCluster(cluster.value())
                .setTrustDomain(trustDomain().name())
                .setCaRequest(ByteString.copyFrom(requests.get(0)))
                .setRecordSigningRequest(ByteString.copyFrom(requests.get(1)))
                .setControllerRequest(ByteString.copyFrom(requests.get(2)))
                .setBackboneRequest(ByteString.copyFrom(requests.get(3)))
                .setFirstRoot(ByteString.copyFrom(Der.bytes(authority.root())))
                .setRegion(settings.locality().region())
                .setZone(settings.locality().zone())
                .setProof(Proof.newBuilder().setSignature(ByteString.copyFrom(proof)))
                .build();
    }

    @Override
    public void close() {
        @Nullable EnrolmentClient open = client;
        if (open != null) {
            open.close();
        }
    }
}
