package io.tombolo.dataplane.delegation;

import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.model.delegation.Challenge;
import io.tombolo.model.delegation.Delegation;
import io.tombolo.model.delegation.Here;
import io.tombolo.model.delegation.Nonce;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.InstanceId;
import io.tombolo.trustbundle.pem.Der;
import io.tombolo.trustbundle.proof.ProofText;
import io.tombolo.trustbundle.svid.Svid;
import io.tombolo.trustbundle.svid.SvidSignature;
import io.tombolo.trustbundle.verify.PeerVerifier;
import io.tombolo.trustbundle.verify.VerifiedPeer;
import io.tombolo.wire.codec.DelegationCodec;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** Challenges, signs and verifies. Whoever believes a delegation made its challenge, so that none is good twice. Any thread. */
public final class Delegations {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Delegations() {}

    /** One that nobody has seen before; for one connection. */
    public static Challenge challenge(InstanceId answersThere) {
        byte[] nonce = new byte[Nonce.BYTES];
        RANDOM.nextBytes(nonce);
        return new Challenge(Nonce.of(nonce), answersThere);
    }

    /** The message that a caller sends. */
    public static byte[] sign(Svid caller, Delegation said) {
        List<byte[]> chain = Der.bytes(caller.chain());
        byte[] bytes = DelegationCodec.bytes(said);
        byte[] signature = SvidSignature.sign(caller, ProofText.delegation(bytes, chain.getFirst()));
        return DelegationCodec.bytes(bytes, signature, chain);
    }

    /**
     * Who says so. The caller's chain is verified as that of a TLS peer is: under the roots of its own trust domain, as far as
     * that cluster is a member and the identity is not revoked.
     * @throws TomboloException DELEGATION_REFUSED or DELEGATION_EXPIRED; EVICTED_PEER; BAD_CERTIFICATE or UNKNOWN_TRUST_DOMAIN
     */
    public static VerifiedPeer verify(DelegationCodec.Signed signed, Here here, ProxyConfig config, Instant now) {
        here.check(signed.said(), now);
        List<X509Certificate> chain = Der.certificates(signed.chain());
        VerifiedPeer caller = PeerVerifier.verify(chain, config.bundles(), now);
        if (config.isRevoked(caller)) {
            throw new TomboloException(
                    Fault.EVICTED_PEER, "caller " + caller.id(), "is not believed any more", "join the cluster again");
        }
        byte[] labelled = ProofText.delegation(signed.bytes(), signed.chain().getFirst());
        if (!SvidSignature.verifies(chain.getFirst(), labelled, signed.signature())) {
            throw new TomboloException(
                    Fault.DELEGATION_REFUSED,
                    "delegation of " + caller.id(),
                    "it is not signed by that caller's key",
                    "somebody makes up callers; find out who sent it");
        }
        return caller;
    }
}
