package io.tombolo.controller.enrol;

import com.google.protobuf.ByteString;
import io.tombolo.controller.tokens.ProxyTokenRecord;
import io.tombolo.controller.tokens.ProxyTokens;
import io.tombolo.controller.tokens.TokenId;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import io.tombolo.trustbundle.proof.ProofText;
import io.tombolo.wire.enrol.Issued;
import io.tombolo.wire.enrol.RegisterRequest;
import io.tombolo.wire.enrol.RenewRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;

/** What enrolling means, apart from how it is carried. Safe on any thread but event loops. */
public final class Enrolment {
    private final Challenges challenges = new Challenges();
    private final ProxyTokens tokens;
    private final Pods pods;
    private final Registrations registrations;
    private final SvidIssuer issuer;
    private final InstantSource clock;

    public Enrolment(
            ProxyTokens tokens, Pods pods, Registrations registrations, SvidIssuer issuer, InstantSource clock) {
        this.tokens = tokens;
        this.pods = pods;
        this.registrations = registrations;
        this.issuer = issuer;
        this.clock = clock;
    }

    ByteString challenge() {
        return challenges.issue(clock.instant());
    }

    /** First enrolment, with a token. The token is used up only by a request that is right in every other way. */
    Issued register(RegisterRequest request) {
        Instant now = clock.instant();
        issuer.membership();
        useNonce(request.getNonce(), now);
        var node = new Ed25519PublicKey(request.getNodePublicKey().toByteArray());
        byte[] svidRequest = request.getSvidRequest().toByteArray();
        if (!request.getServiceAccountToken().isEmpty()) {
            return issuer.issue(registeredPod(request, node, svidRequest, now), svidRequest, now);
        }
        ProxyTokenRecord token = tokens.find(TokenId.of(request.getTokenId().toByteArray()));
        byte[] signed = ProofText.register(
                request.getNonce().toByteArray(), request.getTokenId().toByteArray(), node, svidRequest);
        if (!token.key().verify(signed, request.getTokenSignature().toByteArray())) {
            throw refused(Fault.WORKLOAD_TOKEN_REFUSED, "the token's signature does not fit");
        }
        if (!node.verify(signed, request.getNodeSignature().toByteArray())) {
            throw refused(Fault.NODE_KEY_REFUSED, "the node key's signature does not fit");
        }
        tokens.use(token.id(), node, now);
        return issuer.issue(registrations.register(node, token.role(), now), svidRequest, now);
    }

    /** The API server is asked last: by then it is known that the node has its key, and no token was tried twice. */
    private Registration registeredPod(
            RegisterRequest request, Ed25519PublicKey node, byte[] svidRequest, Instant now) {
        String token = request.getServiceAccountToken();
        byte[] signed = ProofText.registerPod(
                request.getNonce().toByteArray(), token.getBytes(StandardCharsets.UTF_8), node, svidRequest);
        if (!node.verify(signed, request.getNodeSignature().toByteArray())) {
            throw refused(Fault.NODE_KEY_REFUSED, "the node key's signature does not fit");
        }
        Pods.Pod pod = pods.of(token);
        return registrations.registerPod(node, pod, now);
    }

    /** Renewal, by the node key alone. */
    Issued renew(RenewRequest request) {
        Instant now = clock.instant();
        useNonce(request.getNonce(), now);
        var node = new Ed25519PublicKey(request.getNodePublicKey().toByteArray());
        byte[] svidRequest = request.getSvidRequest().toByteArray();
        byte[] signed = ProofText.renew(request.getNonce().toByteArray(), node, svidRequest);
        if (!node.verify(signed, request.getNodeSignature().toByteArray())) {
            throw refused(Fault.NODE_KEY_REFUSED, "the node key's signature does not fit");
        }
        return issuer.issue(registrations.renewed(node, now), svidRequest, now);
    }

    private void useNonce(ByteString nonce, Instant now) {
        if (!challenges.use(nonce, now)) {
            throw refused(Fault.NODE_KEY_REFUSED, "the challenge is unknown, used, or older than a minute");
        }
    }

    private static TomboloException refused(Fault fault, String what) {
        return new TomboloException(fault, "enrolment", what, "ask for a new challenge; check the token file");
    }
}
