package io.tombolo.controller.replica;

import com.google.protobuf.ByteString;
import io.tombolo.controller.join.ReplicaKeys;
import io.tombolo.controller.join.Vouched;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import io.tombolo.trustbundle.pem.Der;
import io.tombolo.trustbundle.x509.CertificateRequest;
import io.tombolo.wire.replica.Keys;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Keys and certificates as replicas tell each other; reading checks what a stranger could have sent. */
final class KeysOnWire {
    private KeysOnWire() {}

    static Keys of(ReplicaKeys keys) {
        return Keys.newBuilder()
                .setRecordSigning(ByteString.copyFrom(keys.recordSigning().raw()))
                .setAuthority(keys.authority()
                        .map(key -> ByteString.copyFrom(key.raw()))
                        .orElse(ByteString.EMPTY))
                .setClusterCaRequest(ByteString.copyFrom(keys.clusterCa().der()))
                .setMeshCaRequest(ByteString.copyFrom(keys.meshCa().der()))
                .setBackboneRequest(ByteString.copyFrom(keys.backbone().der()))
                .build();
    }

    /** @throws io.tombolo.model.fault.TomboloException BAD_KEY */
    static ReplicaKeys of(String replica, Keys wire) {
        return new ReplicaKeys(
                replica,
                new Ed25519PublicKey(wire.getRecordSigning().toByteArray()),
                wire.getAuthority().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Ed25519PublicKey(wire.getAuthority().toByteArray())),
                CertificateRequest.parse(wire.getClusterCaRequest().toByteArray()),
                CertificateRequest.parse(wire.getMeshCaRequest().toByteArray()),
                CertificateRequest.parse(wire.getBackboneRequest().toByteArray()));
    }

    static io.tombolo.wire.replica.Vouched of(Vouched vouched) {
        return io.tombolo.wire.replica.Vouched.newBuilder()
                .addAllClusterCa(bytes(vouched.clusterCa()))
                .addAllMeshCa(bytes(vouched.meshCa()))
                .setBackbone(vouched.backbone())
                .build();
    }

    /** @throws io.tombolo.model.fault.TomboloException BAD_CERTIFICATE */
    static Vouched of(io.tombolo.wire.replica.Vouched wire) {
        return new Vouched(
                certificates(wire.getClusterCaList()), certificates(wire.getMeshCaList()), wire.getBackbone());
    }

    private static List<ByteString> bytes(List<X509Certificate> chain) {
        return Der.bytes(chain).stream().map(ByteString::copyFrom).toList();
    }

    private static List<X509Certificate> certificates(List<ByteString> chain) {
        return Der.certificates(chain.stream().map(ByteString::toByteArray).toList());
    }
}
