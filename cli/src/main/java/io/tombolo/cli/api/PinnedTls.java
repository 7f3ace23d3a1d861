package io.tombolo.cli.api;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.key.KeyPin;
import io.tombolo.trustbundle.verify.PinnedTrustManager;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.HexFormat;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** TLS that trusts exactly the CA whose key the context pins. */
public final class PinnedTls {
    private PinnedTls() {}

    /**
     * @param caPinHex     SHA-256 of the CA key, as contexts have it
     * @param certificates what is shown to a server that asks; none = nothing
     */
    public static SSLContext of(String caPinHex, KeyManager... certificates) {
        try {
            var trust =
                    new PinnedTrustManager(KeyPin.ofBytes(HexFormat.of().parseHex(caPinHex)), InstantSource.system());
            SSLContext tls = SSLContext.getInstance("TLSv1.3");
            tls.init(certificates, new TrustManager[] {trust}, null);
            return tls;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new TomboloException(
                    Fault.NO_CONTEXT,
                    "caPin",
                    "cannot be used: " + e.getMessage(),
                    "let the controller write it again",
                    e);
        }
    }
}
