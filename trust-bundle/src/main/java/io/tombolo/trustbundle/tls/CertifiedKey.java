package io.tombolo.trustbundle.tls;

import io.tombolo.trustbundle.svid.Svid;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A chain and its private key, as one side of a handshake shows it; an SVID or a plain server's. Its text form shows no key.
 * @param chain leaf first; not empty
 */
public record CertifiedKey(List<X509Certificate> chain, PrivateKey privateKey) {
    public CertifiedKey {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a chain has a leaf");
        }
    }

    public static CertifiedKey of(Svid svid) {
        return new CertifiedKey(svid.chain(), svid.privateKey());
    }

    /** Names this chain among those of one process. */
    String alias() {
        return "k" + chain.getFirst().getSerialNumber().toString(16);
    }

    @Override
    public String toString() {
        return "CertifiedKey " + alias();
    }
}
