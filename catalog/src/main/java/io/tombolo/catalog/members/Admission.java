package io.tombolo.catalog.members;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.record.Grants;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import java.util.List;

/**
 * What an authority admits.
 * @param firstRoot   the cluster's first root certificate, DER
 * @param signingKeys fresh ones, never used in another epoch
 */
public record Admission(
        ClusterId cluster,
        TrustDomain trustDomain,
        ByteString firstRoot,
        List<Ed25519PublicKey> signingKeys,
        Grants grants,
        boolean backboneHost) {
    public Admission {
        signingKeys = List.copyOf(signingKeys);
    }
}
