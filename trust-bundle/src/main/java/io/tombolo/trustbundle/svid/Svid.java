package io.tombolo.trustbundle.svid;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.SpiffeId;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The identity that this process holds: a chain and its private key, known to fit each other. Immutable; equal only to itself.
 * Its text form shows no key.
 */
public final class Svid {
    private final SvidLeaf leaf;
    private final List<X509Certificate> chain;
    private final PrivateKey privateKey;

    private Svid(SvidLeaf leaf, List<X509Certificate> chain, PrivateKey privateKey) {
        this.leaf = leaf;
        this.chain = chain;
        this.privateKey = privateKey;
    }

    /**
     * Takes what a controller issued.
     * @param chain leaf first, without the root
     * @throws TomboloException {@link Fault#BAD_CERTIFICATE} if the leaf is no SVID; {@link Fault#BAD_KEY} if the key is
     *     another certificate's
     */
    public static Svid of(List<X509Certificate> chain, PrivateKey privateKey) {
        if (chain.isEmpty()) {
            throw new TomboloException(
                    Fault.BAD_CERTIFICATE, "SVID", "its chain is empty", "ask the controller for a new one");
        }
        SvidLeaf leaf = SvidLeaf.read(chain.getFirst());
        if (!fit(privateKey, chain.getFirst().getPublicKey())) {
            throw new TomboloException(
                    Fault.BAD_KEY, "SVID of " + leaf.id(), "its key is not the certificate's", "renew it");
        }
        return new Svid(leaf, List.copyOf(chain), privateKey);
    }

    public SpiffeId id() {
        return leaf.id();
    }

    public Optional<String> dnsName() {
        return leaf.dnsName();
    }

    /** Which process this is, if the DNS SAN says so. */
    public Optional<InstanceName> instanceName() {
        return leaf.dnsName().flatMap(InstanceName::parse);
    }

    public BigInteger serial() {
        return leaf.serial();
    }

    public Instant notBefore() {
        return chain.getFirst().getNotBefore().toInstant();
    }

    public Instant notAfter() {
        return leaf.notAfter();
    }

    /** Leaf first, without the root. */
    public List<X509Certificate> chain() {
        return chain;
    }

    /** The secret: for TLS engines and a {@code SecretFile}, nothing else. */
    public PrivateKey privateKey() {
        return privateKey;
    }

    @Override
    public String toString() {
        return "Svid " + leaf.id() + " serial " + leaf.serial().toString(16) + " until " + leaf.notAfter();
    }

    private static boolean fit(PrivateKey privateKey, PublicKey publicKey) {
        byte[] probe = "tombolo key pair".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(privateKey);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException anotherSort) {
            return false;
        }
    }
}
