package io.tombolo.trustbundle.verify;

import io.tombolo.model.fault.TomboloException;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** The six doors of the JDK's trust manager, led to two. A refusal is the cause of the {@link CertificateException}. */
abstract class VerifyingTrustManager extends X509ExtendedTrustManager {
    /** Verifies a chain that a client presented; throws to refuse. */
    abstract void verifyClient(List<X509Certificate> chain);

    /** Verifies a chain that a server presented; throws to refuse. */
    abstract void verifyServer(List<X509Certificate> chain);

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        try {
            verifyClient(List.of(chain));
        } catch (TomboloException refused) {
            throw new CertificateException(refused.getMessage(), refused);
        }
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        try {
            verifyServer(List.of(chain));
        } catch (TomboloException refused) {
            throw new CertificateException(refused.getMessage(), refused);
        }
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    /** None: a list of issuers would tell strangers whom this process believes. */
    @Override
    public final X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
