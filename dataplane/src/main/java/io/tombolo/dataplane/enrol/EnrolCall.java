package io.tombolo.dataplane.enrol;

import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.trustbundle.proof.ProofText;
import io.tombolo.trustbundle.tls.JdkTls;
import io.tombolo.trustbundle.x509.CertificateRequest;
import io.tombolo.wire.enrol.ChallengeRequest;
import io.tombolo.wire.enrol.EnrolGrpc;
import io.tombolo.wire.enrol.Issued;
import io.tombolo.wire.enrol.RegisterRequest;
import io.tombolo.wire.enrol.RenewRequest;
import io.tombolo.wire.token.WorkloadToken;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The calls of {@code enrol.proto}: one address after the other, each within a deadline. Blocks. */
final class EnrolCall {
    private static final int MAX_ANSWER_BYTES = 1_024 * 1_024;

    private final Ed25519Key nodeKey;
    private final Duration deadline;

    EnrolCall(Ed25519Key nodeKey, Duration deadline) {
        this.nodeKey = nodeKey;
        this.deadline = deadline;
    }

    /** Registers with a token. */
    Issued register(List<HostPort> addresses, JdkTls tls, WorkloadToken token, CertificateRequest request) {
        Ed25519Key tokenKey = Ed25519Key.fromSeed(token.getSeed().toByteArray());
        return firstThatAnswers(addresses, tls, enrol -> {
            ByteString nonce = nonce(enrol);
            byte[] proof = ProofText.register(
                    nonce.toByteArray(), token.getTokenId().toByteArray(), nodeKey.publicKey(), request.der());
            return enrol.register(RegisterRequest.newBuilder()
                    .setNonce(nonce)
                    .setTokenId(token.getTokenId())
                    .setNodePublicKey(ByteString.copyFrom(nodeKey.publicKey().raw()))
                    .setSvidRequest(ByteString.copyFrom(request.der()))
                    .setTokenSignature(ByteString.copyFrom(tokenKey.sign(proof)))
                    .setNodeSignature(ByteString.copyFrom(nodeKey.sign(proof)))
                    .build());
        });
    }

    /** Registers as a pod. */
    Issued registerPod(List<HostPort> addresses, JdkTls tls, String serviceAccountToken, CertificateRequest request) {
        return firstThatAnswers(addresses, tls, enrol -> {
            ByteString nonce = nonce(enrol);
            byte[] proof = ProofText.registerPod(
                    nonce.toByteArray(),
                    serviceAccountToken.getBytes(StandardCharsets.UTF_8),
                    nodeKey.publicKey(),
                    request.der());
            return enrol.register(RegisterRequest.newBuilder()
                    .setNonce(nonce)
                    .setServiceAccountToken(serviceAccountToken)
                    .setNodePublicKey(ByteString.copyFrom(nodeKey.publicKey().raw()))
                    .setSvidRequest(ByteString.copyFrom(request.der()))
                    .setNodeSignature(ByteString.copyFrom(nodeKey.sign(proof)))
                    .build());
        });
    }

    /** Renews with the node key. */
    Issued renew(List<HostPort> addresses, JdkTls tls, CertificateRequest request) {
        return firstThatAnswers(addresses, tls, enrol -> {
            ByteString nonce = nonce(enrol);
            byte[] proof = ProofText.renew(nonce.toByteArray(), nodeKey.publicKey(), request.der());
            return enrol.renew(RenewRequest.newBuilder()
                    .setNonce(nonce)
                    .setNodePublicKey(ByteString.copyFrom(nodeKey.publicKey().raw()))
                    .setSvidRequest(ByteString.copyFrom(request.der()))
                    .setNodeSignature(ByteString.copyFrom(nodeKey.sign(proof)))
                    .build());
        });
    }

    private static ByteString nonce(EnrolGrpc.EnrolBlockingStub enrol) {
        return enrol.challenge(ChallengeRequest.getDefaultInstance()).getNonce();
    }

    /** A refusal is final; only silence makes the next address worth asking. */
    private Issued firstThatAnswers(
            List<HostPort> addresses, JdkTls tls, Function<EnrolGrpc.EnrolBlockingStub, Issued> call) {
        TomboloException last = EnrolFault.noAddress();
        for (HostPort address : addresses) {
            try (var channel = new ControllerChannel(address, tls, Runnable::run, MAX_ANSWER_BYTES)) {
                return call.apply(EnrolGrpc.newBlockingStub(channel.grpc())
                        .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS));
            } catch (StatusRuntimeException failed) {
                last = EnrolFault.of(address, failed);
                if (last.fault() != Fault.CONTROLLER_UNREACHABLE) {
                    throw last;
                }
            }
        }
        throw last;
    }
}
