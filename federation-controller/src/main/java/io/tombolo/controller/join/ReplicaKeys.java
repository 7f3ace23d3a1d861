package io.tombolo.controller.join;

import io.tombolo.trustbundle.key.Ed25519PublicKey;
import io.tombolo.trustbundle.x509.CertificateRequest;
import java.util.Optional;

/**
 * What a replica made for itself and needs others to know.
 * @param replica       its name
 * @param recordSigning signs this cluster's records when it leads
 * @param authority     signs members records then, if this cluster is an authority
 * @param clusterCa     for the CA of its servers' certificates
 * @param meshCa        for the CA of SVIDs
 * @param backbone      for its client certificate for Kafka
 */
public record ReplicaKeys(
        String replica,
        Ed25519PublicKey recordSigning,
        Optional<Ed25519PublicKey> authority,
        CertificateRequest clusterCa,
        CertificateRequest meshCa,
        CertificateRequest backbone) {}
