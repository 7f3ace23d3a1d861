package io.tombolo.trustbundle.tls;

import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The JDK's TLS as the control plane uses it: TLS 1.3 only, AES-GCM or ChaCha20, no resumption (each engine has sessions of
 * its own). Safe on any thread; engines are the caller's.
 */
public final class JdkTls {
    private static final String[] PROTOCOLS = {"TLSv1.3"};

    private final SSLContext context;
    private final boolean isClient;
    private final boolean wantsClientCertificate;

    private JdkTls(SSLContext context, boolean isClient, boolean wantsClientCertificate) {
        this.context = context;
        this.isClient = isClient;
        this.wantsClientCertificate = wantsClientCertificate;
    }

    /** A server that demands and verifies a client's certificate. */
    public static JdkTls server(X509ExtendedKeyManager keys, X509ExtendedTrustManager trust) {
        return new JdkTls(context(new KeyManager[] {keys}, trust), false, true);
    }

    /** A server that asks for no certificate: enrolment, where clients have none yet. */
    public static JdkTls serverForStrangers(X509ExtendedKeyManager keys) {
        var context = FreshContext.context(new KeyManager[] {keys}, new TrustManager[0]);
        return new JdkTls(context, false, false);
    }

    /** A client with an SVID. */
    public static JdkTls client(X509ExtendedKeyManager keys, X509ExtendedTrustManager trust) {
        return new JdkTls(context(new KeyManager[] {keys}, trust), true, false);
    }

    /** A client that has no certificate yet. */
    public static JdkTls clientWithoutIdentity(X509ExtendedTrustManager trust) {
        return new JdkTls(context(new KeyManager[0], trust), true, false);
    }

    /** For libraries that make engines themselves; they must apply {@link #parameters()} too. */
    public SSLContext context() {
        return context;
    }

    /** TLS 1.3, and the client's certificate demanded where that is so. A new object at each call. */
    public SSLParameters parameters() {
        SSLParameters parameters = context.getDefaultSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        if (wantsClientCertificate) {
            parameters.setNeedClientAuth(true);
        }
        return parameters;
    }

    /** A new engine of this side, with {@link #parameters()} applied. */
    public SSLEngine engine() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(isClient);
        engine.setSSLParameters(parameters());
        return engine;
    }

    /** A client's engine that asks for {@code serverName} (SNI). */
    public SSLEngine engine(String serverName) {
        SSLEngine engine = engine();
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(serverName)));
        engine.setSSLParameters(parameters);
        return engine;
    }

    private static SSLContext context(KeyManager[] keys, X509ExtendedTrustManager trust) {
        return FreshContext.context(keys, new TrustManager[] {trust});
    }
}
