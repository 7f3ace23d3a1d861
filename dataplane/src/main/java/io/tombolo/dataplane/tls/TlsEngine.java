package io.tombolo.dataplane.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;

/** Which TLS implementation works for the data path. */
public enum TlsEngine {
    /** BoringSSL: about half of the CPU time per byte. */
    BORINGSSL,
    /** The JDK's own: everywhere. */
    JDK;

    /** BoringSSL where its library loads and speaks TLS 1.3, else the JDK. */
    public static TlsEngine best() {
        return OpenSsl.isAvailable() && SslProvider.isTlsv13Supported(SslProvider.OPENSSL) ? BORINGSSL : JDK;
    }
}
