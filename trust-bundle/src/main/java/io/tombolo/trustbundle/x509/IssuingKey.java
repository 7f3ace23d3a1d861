package io.tombolo.trustbundle.x509;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.key.KeyPin;
import io.tombolo.trustbundle.key.P256Key;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * A CA's chain with the private key of its first certificate; known to fit each other.
 * @param chain issuing certificate first, self-signed root last; one certificate when the root issues itself
 */
record IssuingKey(List<X509Certificate> chain, P256Key key) {
    private static final int KEY_CERT_SIGN = 5;

    IssuingKey {
        chain = List.copyOf(chain);
        check(!chain.isEmpty(), "its chain is empty");
        check(chain.getFirst().getPublicKey().equals(key.publicKey()), "its key is not the first certificate's");
        for (int i = 0; i < chain.size(); i++) {
            X509Certificate certificate = chain.get(i);
            X509Certificate issuer = chain.get(Math.min(i + 1, chain.size() - 1));
            check(isAuthority(certificate), "certificate " + (i + 1) + " of its chain is not a CA's");
            check(isIssuedBy(certificate, issuer), "certificate " + (i + 1) + " is not issued by the next one");
        }
    }

    X509Certificate certificate() {
        return chain.getFirst();
    }

    X509Certificate root() {
        return chain.getLast();
    }

    PrivateKey privateKey() {
        return key.privateKey();
    }

    /** Of the root: all that issue below it have one. */
    KeyPin pin() {
        return KeyPin.of(root());
    }

    /** What a leaf is sent with: everything but the root. */
    List<X509Certificate> intermediates() {
        return chain.subList(0, chain.size() - 1);
    }

    /** Nothing that this key issues may live longer than this. */
    Instant notAfter() {
        return chain.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    @Override
    public String toString() {
        return "IssuingKey " + pin();
    }

    private static boolean isAuthority(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        return certificate.getBasicConstraints() >= 0 && usage != null && usage[KEY_CERT_SIGN];
    }

    private static boolean isIssuedBy(X509Certificate certificate, X509Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey());
            return certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal());
        } catch (GeneralSecurityException notIssued) {
            return false;
        }
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new TomboloException(
                    Fault.BAD_CERTIFICATE,
                    "certificate authority",
                    what,
                    "give the issuing certificate first, then each issuer up to the self-signed root, and the first one's key");
        }
    }
}
