package io.tombolo.terraform.mesh;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.key.KeyPin;
import io.tombolo.trustbundle.pem.Pem;
import io.tombolo.trustbundle.tls.CertifiedKey;
import io.tombolo.trustbundle.tls.FixedKeyManager;
import io.tombolo.trustbundle.verify.PinnedTrustManager;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** TLS 1.3 towards the API: which servers are believed, and which certificate is shown. */
final class ConnectionTls {
    private static final char[] NO_PASSWORD = new char[0];

    private ConnectionTls() {}

    /** By {@code ca}, else by {@code pin}; one of them is there. */
    static SSLContext of(
            Optional<String> ca, Optional<String> pin, Optional<String> certificate, Optional<String> key) {
        try {
            SSLContext tls = SSLContext.getInstance("TLSv1.3");
            TrustManager[] trust = ca.isPresent() ? byAuthority(ca.get()) : byPin(pin.orElseThrow());
            tls.init(certificate.isPresent() ? shown(certificate.get(), key.orElse("")) : null, trust, null);
            return tls;
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new TomboloException(
                    Fault.BAD_SETTING,
                    "provider tombolo",
                    "its certificates cannot be used: " + e.getMessage(),
                    "write PEM; a client key as PKCS #8",
                    e);
        }
    }

    private static TrustManager[] byPin(String pin) {
        return new TrustManager[] {
            new PinnedTrustManager(KeyPin.ofBytes(HexFormat.of().parseHex(pin)), InstantSource.system())
        };
    }

    private static TrustManager[] byAuthority(String pem) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        List<X509Certificate> authorities = Pem.certificates(pem);
        for (int i = 0; i < authorities.size(); i++) {
            store.setCertificateEntry("ca-" + i, authorities.get(i));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        return trust.getTrustManagers();
    }

    private static KeyManager[] shown(String certificate, String key) {
        return new KeyManager[] {
            new FixedKeyManager(new CertifiedKey(Pem.certificates(certificate), Pem.privateKey(key)))
        };
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }
}
