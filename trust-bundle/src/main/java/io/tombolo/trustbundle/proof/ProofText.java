package io.tombolo.trustbundle.proof;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationId;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import io.tombolo.trustbundle.key.LengthPrefixed;
import io.tombolo.trustbundle.key.Sha256;
import java.util.List;

/** What is signed where, as {@code enrolment.proto} and {@code enrol.proto} say it. Requests are given as their DER. */
public final class ProofText {
    private ProofText() {}

    /**
     * Redeeming a join token; signed by the token's key.
     * @param exporter the channel binding of the connection, 32 bytes
     * @param requests CA, record signing, controller, backbone, in this order
     */
    public static byte[] join(
            byte[] exporter, byte[] tokenId, FederationId federation, ClusterId cluster, List<byte[]> requests) {
        var text = LengthPrefixed.labelled("tombolo-join-v1")
                .with(exporter)
                .with(tokenId)
                .with(federation.bytes())
                .with(cluster.value());
        requests.forEach(request -> text.with(Sha256.of(request)));
        return text.toBytes();
    }

    /** A new backbone credential; signed by a record-signing key of (cluster, epoch). */
    public static byte[] renewBackbone(
            byte[] exporter,
            FederationId federation,
            ClusterId cluster,
            long epoch,
            long issuedAtMillis,
            byte[] request) {
        return member("tombolo-renew-backbone-v1", exporter, federation, cluster, epoch, issuedAtMillis)
                .with(Sha256.of(request))
                .toBytes();
    }

    /** Leaving; signed by a record-signing key of (cluster, epoch). */
    public static byte[] leave(
            byte[] exporter, FederationId federation, ClusterId cluster, long epoch, long issuedAtMillis) {
        return member("tombolo-leave-v1", exporter, federation, cluster, epoch, issuedAtMillis)
                .toBytes();
    }

    /**
     * Other record-signing keys; signed by one that (cluster, epoch) has, and by each that it does not have yet.
     * @param keys all that it wants to have
     */
    public static byte[] changeSigningKeys(
            byte[] exporter,
            FederationId federation,
            ClusterId cluster,
            long epoch,
            long issuedAtMillis,
            List<Ed25519PublicKey> keys) {
        var text = member("tombolo-change-signing-keys-v1", exporter, federation, cluster, epoch, issuedAtMillis);
        keys.forEach(key -> text.with(key.raw()));
        return text.toBytes();
    }

    /** First enrolment of a workload or gateway; signed by the token's key and by the node key. */
    public static byte[] register(byte[] nonce, byte[] tokenId, Ed25519PublicKey nodeKey, byte[] svidRequest) {
        return LengthPrefixed.labelled("tombolo-register-v1")
                .with(nonce)
                .with(tokenId)
                .with(nodeKey.raw())
                .with(Sha256.of(svidRequest))
                .toBytes();
    }

    /** First enrolment of a pod; signed by the node key. */
    public static byte[] registerPod(
            byte[] nonce, byte[] serviceAccountToken, Ed25519PublicKey nodeKey, byte[] svidRequest) {
        return LengthPrefixed.labelled("tombolo-register-pod-v1")
                .with(nonce)
                .with(Sha256.of(serviceAccountToken))
                .with(nodeKey.raw())
                .with(Sha256.of(svidRequest))
                .toBytes();
    }

    /** Renewal of an SVID; signed by the node key. */
    public static byte[] renew(byte[] nonce, Ed25519PublicKey nodeKey, byte[] svidRequest) {
        return LengthPrefixed.labelled("tombolo-renew-v1")
                .with(nonce)
                .with(nodeKey.raw())
                .with(Sha256.of(svidRequest))
                .toBytes();
    }

    /** What a terminating gateway may say for a caller; signed by the key of the caller's SVID. */
    public static byte[] delegation(byte[] delegation, byte[] leaf) {
        return LengthPrefixed.labelled("tombolo-delegation-v1")
                .with(delegation)
                .with(Sha256.of(leaf))
                .toBytes();
    }

    private static LengthPrefixed member(
            String label,
            byte[] exporter,
            FederationId federation,
            ClusterId cluster,
            long epoch,
            long issuedAtMillis) {
        return LengthPrefixed.labelled(label)
                .with(exporter)
                .with(federation.bytes())
                .with(cluster.value())
                .withU64(epoch)
                .withU64(issuedAtMillis);
    }
}
