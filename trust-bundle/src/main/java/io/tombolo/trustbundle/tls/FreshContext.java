package io.tombolo.trustbundle.tls;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A context whose engines share nothing. The JDK keeps sessions, and the keys that its tickets are sealed with, in the
 * context, and has no switch on a context that stops resumption; so each engine here gets a context of its own, which costs
 * about 20 µs. A ticket or session of one connection is then unknown to every other one, on both sides (ADR-0010).
 */
final class FreshContext extends SSLContextSpi {
    private static final String PROTOCOL = "TLSv1.3";

    private final KeyManager[] keys;
    private final TrustManager[] trust;
    private final SSLContext shown;

    private FreshContext(KeyManager[] keys, TrustManager[] trust) {
        this.keys = keys;
        this.trust = trust;
        this.shown = fresh();
    }

    /** A context that makes engines only; sockets are not what the mesh uses. */
    static SSLContext context(KeyManager[] keys, TrustManager[] trust) {
        var spi = new FreshContext(keys, trust);
        return new Opened(spi, spi.shown.getProvider());
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
        return fresh().createSSLEngine();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String peerHost, int peerPort) {
        return fresh().createSSLEngine(peerHost, peerPort);
    }

    @Override
    protected void engineInit(
            KeyManager @Nullable [] others, TrustManager @Nullable [] otherTrust, @Nullable SecureRandom random) {
        throw new IllegalStateException("this context is initialised already");
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
        throw new UnsupportedOperationException("engines only: sockets of one factory would share sessions");
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
        throw new UnsupportedOperationException("engines only: sockets of one factory would share sessions");
    }

    /** Always empty: sessions live in the contexts of their engines. */
    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
        return shown.getServerSessionContext();
    }

    /** Always empty, too. */
    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
        return shown.getClientSessionContext();
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
        return shown.getDefaultSSLParameters();
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
        return shown.getSupportedSSLParameters();
    }

    private SSLContext fresh() {
        try {
            SSLContext context = SSLContext.getInstance(PROTOCOL);
            context.init(keys, trust, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the JDK has " + PROTOCOL, impossible);
        }
    }

    private static final class Opened extends SSLContext {
        Opened(SSLContextSpi spi, Provider provider) {
            super(spi, provider, PROTOCOL);
        }
    }
}
