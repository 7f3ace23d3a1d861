package io.tombolo.controller.join;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.key.KeyPin;
import io.tombolo.trustbundle.key.LengthPrefixed;
import io.tombolo.trustbundle.key.Sha256;
import io.tombolo.trustbundle.pem.Der;
import io.tombolo.trustbundle.svid.SubjectNames;
import io.tombolo.trustbundle.x509.CertificateRequest;
import io.tombolo.wire.join.RedeemRequest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;

/** What a joiner asks with, checked: its four requests fit its root and its names. Existing means that they do. */
record JoinRequests(
        ClusterId cluster,
        TrustDomain trustDomain,
        CertificateRequest ca,
        CertificateRequest recordSigning,
        CertificateRequest controller,
        CertificateRequest backbone,
        X509Certificate firstRoot) {
    /** @throws TomboloException BAD_REQUEST, BAD_KEY, BAD_CERTIFICATE, BAD_NAME */
    static JoinRequests of(RedeemRequest wire) {
        var requests = new JoinRequests(
                new ClusterId(wire.getCluster()),
                new TrustDomain(wire.getTrustDomain()),
                CertificateRequest.parse(wire.getCaRequest().toByteArray()),
                CertificateRequest.parse(wire.getRecordSigningRequest().toByteArray()),
                CertificateRequest.parse(wire.getControllerRequest().toByteArray()),
                CertificateRequest.parse(wire.getBackboneRequest().toByteArray()),
                Der.certificate(wire.getFirstRoot().toByteArray()));
        requests.check();
        return requests;
    }

    private void check() {
        require(
                KeyPin.of(ca.p256()).equals(KeyPin.of(firstRoot)),
                "the root certificate is not of the CA request's key");
        require(
                SubjectNames.of(firstRoot).uris().equals(List.of(trustDomain.uri())),
                "the root certificate does not name trust domain " + trustDomain);
        recordSigning.ed25519();
        controller.p256();
        backbone.p256();
    }

    /** In the order in which the proof signs them. */
    List<byte[]> der() {
        return List.of(ca.der(), recordSigning.der(), controller.der(), backbone.der());
    }

    /** Digest of all public keys: who the joiner is, whatever it is called. */
    String joiner() {
        byte[] text = LengthPrefixed.labelled("tombolo-joiner-v1")
                .with(ca.publicKey().getEncoded())
                .with(recordSigning.publicKey().getEncoded())
                .with(controller.publicKey().getEncoded())
                .with(backbone.publicKey().getEncoded())
                .toBytes();
        return HexFormat.of().formatHex(Sha256.of(text));
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new TomboloException(
                    Fault.BAD_REQUEST, "join request", what, "use `tombolo join` of the same version");
        }
    }
}
